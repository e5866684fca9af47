"""Rows of a table as they stand in a file, and what a header must hold."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.imports_report import UnreadableFile

REQUIRED = ("id", "name", "country")


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


def read_header(cells: Sequence[str], line: int) -> list[str]:
    """Return the names of the columns; capitals, spaces and hyphens do not matter.

    Raises
    ------
    UnreadableFile
        When a column is missing or stands there twice.
    """
    names = [column_name(cell) for cell in cells]
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        found = ", ".join(name for name in names if name)[:300]
        raise UnreadableFile(line, "missing-column", columns=", ".join(missing), found=found)
    twice = [name for name, count in Counter(filter(None, names)).items() if count > 1]
    if twice:
        raise UnreadableFile(line, "column-twice", columns=", ".join(twice))
    return names


def column_name(cell: str) -> str:
    """Return the name of a column as the formats write it."""
    return cell.strip().lower().replace(" ", "_").replace("-", "_")
