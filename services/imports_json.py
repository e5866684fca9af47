"""Profiles from JSON Lines: one object on each line."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from services.imports_lines import Line, read_lines
from services.imports_report import Problem, UnreadableFile
from services.imports_rows import Row, column_name


def json_rows(file: BinaryIO) -> Iterator[Row | Problem]:
    """Read the rows; a line that is no object gives a problem, and reading goes on.

    Raises
    ------
    UnreadableFile
        When the file is one JSON array, or as ``read_lines``.
    """
    begun = False
    for line in read_lines(file):
        if not line.text.strip():
            continue
        if not begun and line.text.lstrip().startswith("["):
            raise UnreadableFile(line.number, "json-array")
        begun = True
        yield _row(line)


def _row(line: Line) -> Row | Problem:
    try:
        found = json.loads(line.text)
    except json.JSONDecodeError as error:
        return Problem(line.number, "", "bad-json", {"column": error.colno, "why": error.msg})
    except (ValueError, RecursionError):  # a number of thousands of digits; endless nesting
        return Problem(line.number, "", "bad-json", {"column": 1, "why": "too deep or too long"})
    if not isinstance(found, dict):
        return Problem(line.number, "", "not-an-object")
    return Row(line.number, {column_name(key): value for key, value in found.items()}, joined=False)
