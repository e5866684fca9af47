"""Rows of a table as they stand in a file, and what a header must hold."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.imports_report import UnreadableFile

REQUIRED = ("id", "name", "country")
LEFT_OUT = "-"
"""What a column is called whose cells are passed over."""
JOINED = {
    "name": " ",
    "name_native": " ",
    "research": "\n\n",
    **dict.fromkeys(("fields", "topics", "languages", "offers", "needs", "publications"), ";"),
}
"""Fields that several foreign columns may make up together, and what is put between them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One person's row.

    Parameters
    ----------
    line
        Where it begins.
    values
        By column; what a file does not mention is absent.
    joined
        Whether every value is text, with lists joined by ";", as in CSV and XLSX.
    """

    line: int
    values: Mapping[str, object]
    joined: bool


def read_header(
    cells: Sequence[str], line: int, columns: Mapping[str, str] | None = None
) -> list[str]:
    """Return the names of the columns; capitals, spaces and hyphens do not matter.

    Parameters
    ----------
    columns
        The fields that foreign names stand for.

    Raises
    ------
    UnreadableFile
        When a column is missing or stands there twice.
    """
    own = [column_name(cell) for cell in cells]
    names = [(columns or {}).get(name, name) for name in own]
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        found = ", ".join(name for name in own if name)[:300]
        raise UnreadableFile(line, "missing-column", columns=", ".join(missing), found=found)
    counted = Counter(_alone(own, names)).items()
    twice = [name for name, count in counted if count > 1]
    if twice:
        raise UnreadableFile(line, "column-twice", columns=", ".join(twice))
    return names


def column_name(cell: str) -> str:
    """Return the name of a column as the formats write it."""
    return cell.strip().lower().replace(" ", "_").replace("-", "_")


def cells_by_name(names: Sequence[str], cells: Sequence[str]) -> dict[str, object]:
    """Put the cells of a row under the names of their columns.

    Several columns may be one field, such as a first and a last name; a column that is left out,
    and an empty cell without a column, are nothing.
    """
    values: dict[str, object] = {}
    for number, cell in enumerate(cells):
        name = names[number] if number < len(names) else ""
        if name == LEFT_OUT or not (name or cell.strip()):
            continue
        before = str(values.get(name, ""))
        both = before.strip() and cell.strip() and name in JOINED
        values[name] = f"{before.strip()}{JOINED[name]}{cell.strip()}" if both else before or cell
    return values


def _alone(own: Sequence[str], names: Sequence[str]) -> list[str]:
    """List the columns of which there may be one only."""
    pairs = zip(own, names, strict=True)
    return [n for o, n in pairs if n and n != LEFT_OUT and not (n in JOINED and n != o)]
