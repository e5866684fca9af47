"""Tables that an evaluation reads: known good pairs, ratings. Nothing here knows a database."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import TextIO, TypeVar

from services.errors import ServiceError

Raw = TypeVar("Raw")
Read = TypeVar("Read")
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class FileProblem:
    """What is wrong in a file, and where; the line is counted from 1, and 0 is the whole file."""

    file: str
    line: int
    field: str
    problem: str


class BadEvaluationFile(ServiceError):
    """A file that an evaluation cannot use; ``problems`` says where and why."""

    code = "bad-evaluation-file"

    def __init__(self, problems: Sequence[FileProblem]) -> None:
        first = problems[0]
        super().__init__(f"{first.file} cannot be used: mend line {first.line} first.")
        self.problems = tuple(problems[:_SHOWN])


class WrongValue(ServiceError):
    """One value of a row, on its way to becoming a FileProblem."""

    code = "wrong-value"

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(field, problem)
        self.field, self.problem = field, problem


def read_pairs(path: Path) -> list[tuple[str, str]]:
    """Read known good pairs from a table with the columns left_id and right_id.

    Raises
    ------
    BadEvaluationFile
        As all readers here, with every line that is wrong.
    """

    def read(cells: Mapping[str, str]) -> tuple[str, str]:
        return _cell(cells, "left_id"), _cell(cells, "right_id")

    return _table(path, ("left_id", "right_id"), read)


def read_ratings(path: Path) -> list[tuple[str, str, float]]:
    """Read ratings from a table with the columns profile_id, item_id and rating."""

    def read(cells: Mapping[str, str]) -> tuple[str, str, float]:
        return _cell(cells, "profile_id"), _cell(cells, "item_id"), _number(cells, "rating")

    return _table(path, ("profile_id", "item_id", "rating"), read)


def read_each(
    path: Path, rows: Iterable[tuple[int, Raw]], read: Callable[[Raw], Read]
) -> list[Read]:
    """Read numbered rows; what is wrong is gathered and told at once."""
    found: list[Read] = []
    problems: list[FileProblem] = []
    try:
        for line, row in rows:
            try:
                found.append(read(row))
            except WrongValue as wrong:
                problems.append(FileProblem(path.name, line, wrong.field, wrong.problem))
    except (UnicodeDecodeError, csv.Error) as error:
        problems.append(FileProblem(path.name, 0, "", f"it cannot be read as a table: {error}"))
    if not found and not problems:
        problems.append(FileProblem(path.name, 0, "", "there is no row in it"))
    if problems:
        raise BadEvaluationFile(problems)
    return found


@contextmanager
def opened(path: Path) -> Iterator[TextIO]:
    """Open a text file, with or without the mark that spreadsheets write first."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield file


def _table(
    path: Path, columns: Sequence[str], read: Callable[[Mapping[str, str]], Read]
) -> list[Read]:
    with opened(path) as lines:
        table = csv.DictReader(lines)
        try:
            names = [name.strip() for name in table.fieldnames or ()]
        except (UnicodeDecodeError, csv.Error) as error:
            told = FileProblem(path.name, 1, "", f"it cannot be read as a table: {error}")
            raise BadEvaluationFile([told]) from None
        missing = [name for name in columns if name not in names]
        if missing:
            told = FileProblem(path.name, 1, missing[0], "the header lacks this column")
            raise BadEvaluationFile([told])
        table.fieldnames = names
        return read_each(path, ((table.line_num, cells) for cells in table), read)


def _cell(cells: Mapping[str, str], name: str) -> str:
    value = (cells.get(name) or "").strip()
    if not value:
        raise WrongValue(name, "it is missing")
    return value


def _number(cells: Mapping[str, str], name: str) -> float:
    text = _cell(cells, name)
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not isfinite(number):
        raise WrongValue(name, f"{text[:40]!r} is no number")
    return number
