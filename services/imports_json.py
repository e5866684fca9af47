"""Profiles from JSON Lines: one object on each line."""

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, BinaryIO

from services.imports_lines import Line, read_lines
from services.imports_report import Problem, UnreadableFile
from services.imports_rows import JOINED, LEFT_OUT, Row, column_name

_LOOKED_AT = 200


def json_rows(file: BinaryIO, columns: Mapping[str, str] | None = None) -> Iterator[Row | Problem]:
    """Read the rows; a line that is no object gives a problem, and reading goes on.

    Parameters
    ----------
    columns
        The fields that foreign names stand for.

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
        yield _row(line, columns or {})


def json_header(file: BinaryIO) -> dict[str, object]:
    """Give the names in the first objects, each with its first value, in their order.

    Raises
    ------
    UnreadableFile
    """
    found: dict[str, object] = {}
    for line in islice(read_lines(file), _LOOKED_AT):
        try:
            item = json.loads(line.text) if line.text.strip() else {}
        except (ValueError, RecursionError):
            continue
        for name, value in item.items() if isinstance(item, dict) else ():
            found[name] = found.get(name) or value
    return found


def _row(line: Line, columns: Mapping[str, str]) -> Row | Problem:
    try:
        found = json.loads(line.text)
    except json.JSONDecodeError as error:
        return Problem(line.number, "", "bad-json", {"column": error.colno, "why": error.msg})
    except (ValueError, RecursionError):  # a number of thousands of digits; endless nesting
        return Problem(line.number, "", "bad-json", {"column": 1, "why": "too deep or too long"})
    if not isinstance(found, dict):
        return Problem(line.number, "", "not-an-object")
    own = {column_name(key): value for key, value in found.items()}
    return Row(line.number, _renamed(own, columns) if columns else own, joined=False)


def _renamed(own: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, object]:
    values: dict[str, Any] = {}
    for key, value in own.items():
        name = columns.get(key, key)
        before = values.get(name)
        if name == LEFT_OUT:
            continue
        if before and value and isinstance(before, str) and isinstance(value, str):
            values[name] = f"{before}{JOINED.get(name, ' ')}{value}"
        else:
            values[name] = before or value
    return values
