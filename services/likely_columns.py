"""What the columns of a foreign file most likely mean, all of them together."""

from collections.abc import Mapping, Sequence

from matchmaking.column_names import likely_field
from services.imports_record import COLUMNS
from services.imports_rows import JOINED, LEFT_OUT, column_name


def likely_columns(names: Sequence[str], known: Mapping[str, str]) -> dict[str, str]:
    """Say what each column means or most likely means, no field twice that can be there once."""
    found = {name: _certain(name, known) for name in names}
    taken = set(found.values())
    for name in names:
        likely = likely_field(name) if not found[name] else ""
        if likely and (likely not in taken or (likely in JOINED and likely not in _own(names))):
            found[name] = likely
            taken.add(likely)
    if "name" not in taken:
        # A list of Koreans often has one name only, and everybody needs one.
        native = next((name for name in names if found[name] == "name_native"), None)
        if native is not None:
            found[native] = "name"
    return {name: field or LEFT_OUT for name, field in found.items()}


def _certain(name: str, known: Mapping[str, str]) -> str:
    own = column_name(name)
    return known.get(own) or (own if own in COLUMNS else "")


def _own(names: Sequence[str]) -> set[str]:
    return {column_name(name) for name in names}
