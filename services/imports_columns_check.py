"""Whether the columns of a file, as they were understood, can make people."""

from collections import Counter
from collections.abc import Sequence

from services.errors import ServiceError
from services.imports_columns import Columns
from services.imports_record import COLUMNS
from services.imports_rows import JOINED, REQUIRED, column_name


class ColumnsIncomplete(ServiceError):
    """Fields that every person needs and that no column was chosen for."""

    code = "columns-incomplete"

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(f"choose a column for {', '.join(missing)}")
        self.missing = tuple(missing)


class ColumnsTwice(ServiceError):
    """Fields that were chosen for several columns and cannot be put together from them."""

    code = "columns-twice"

    def __init__(self, fields: Sequence[str]) -> None:
        super().__init__(f"choose one column only for {', '.join(fields)}")
        self.fields = tuple(fields)


def check_columns(names: Sequence[str], columns: Columns) -> None:
    """Check that the columns of a file, so understood, can make people.

    Raises
    ------
    ColumnsIncomplete, ColumnsTwice
    """
    meant = [columns.get(column_name(name), column_name(name)) for name in names]
    missing = [field for field in REQUIRED if field not in meant]
    if missing:
        raise ColumnsIncomplete(missing)
    counted = Counter(field for field in meant if field in COLUMNS and field not in JOINED)
    if twice := [field for field, count in counted.items() if count > 1]:
        raise ColumnsTwice(twice)
