"""Known good pairs from a table that an organiser sends: left_id and right_id, line by line."""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session

from models import Edition
from services.errors import ServiceError
from services.evaluation_files import opened
from services.participants import participants

COLUMNS = ("left_id", "right_id")
MOST_PAIRS = 100_000
MOST_PROBLEMS = 100
_SIDES = ("left", "right")


@dataclass(frozen=True, slots=True)
class PairProblem:
    """What is wrong in one line: a code, and the column and the value that it is about."""

    line: int
    code: str
    field: str = ""
    value: str = ""


class BadPairsFile(ServiceError):
    """A table that cannot be used; ``problems`` has a code for each wrong line."""

    code = "bad-pairs-file"

    def __init__(self, problems: Sequence[PairProblem]) -> None:
        super().__init__(f"{len(problems)} lines cannot be used: mend them and send the file again")
        self.problems = tuple(problems[:MOST_PROBLEMS])


@dataclass(frozen=True, slots=True)
class _Known:
    """Participants by what a file may call them, with the side on which they stand."""

    people: Mapping[str, frozenset[tuple[str, int]]]

    def find(self, name: str) -> frozenset[tuple[str, int]]:
        """Find who goes by a sender's id, or else by an e-mail address."""
        return self.people.get(name) or self.people.get(name.casefold(), frozenset())


def read_good_pairs(session: Session, edition: Edition, path: Path) -> list[tuple[int, int]]:
    """Read pairs of an edition's participants, by the senders' ids or by e-mail addresses.

    Either column may hold either side, because last year's table may be of other sides.

    Returns
    -------
    Profile ids (left, right) in the order of the file, each pair once.

    Raises
    ------
    BadPairsFile
        With every line that names nobody, or two people of one side; then nothing is read.
    """
    known = _known(session, edition)
    pairs: dict[tuple[int, int], None] = {}
    problems: list[PairProblem] = []
    try:
        for line, cells in _lines(path):
            found = _pair(line, cells, known)
            if isinstance(found, PairProblem):
                problems.append(found)
            else:
                pairs.setdefault(found)
    except (UnicodeDecodeError, csv.Error):
        problems.append(PairProblem(0, "unreadable"))
    if not pairs and not problems:
        problems.append(PairProblem(0, "empty"))
    if len(pairs) > MOST_PAIRS:
        problems.append(PairProblem(0, "too-many"))
    if problems:
        raise BadPairsFile(problems)
    return list(pairs)


def _lines(path: Path) -> list[tuple[int, dict[str, str]]]:
    with opened(path) as file:
        table = csv.DictReader(file)
        names = [name.strip().casefold() for name in table.fieldnames or ()]
        missing = [name for name in COLUMNS if name not in names]
        if missing:
            raise BadPairsFile([PairProblem(1, "missing-column", name) for name in missing])
        table.fieldnames = names
        return [
            (table.line_num, {name: cells.get(name) or "" for name in COLUMNS}) for cells in table
        ]


def _known(session: Session, edition: Edition) -> _Known:
    people: defaultdict[str, set[tuple[str, int]]] = defaultdict(set)
    for side in _SIDES:
        for person in participants(session, edition.id, side):
            people[person.source_key].add((side, person.id))
            if person.email:
                people[person.email.casefold()].add((side, person.id))
    return _Known({name: frozenset(found) for name, found in people.items()})


def _pair(line: int, cells: Mapping[str, str], known: _Known) -> tuple[int, int] | PairProblem:
    places: dict[str, int] = {}
    for name in COLUMNS:
        value = cells[name].strip()
        if not value:
            return PairProblem(line, "missing", name)
        found = known.find(value)
        if len(found) != 1:
            return PairProblem(line, "ambiguous" if found else "unknown-person", name, value[:80])
        side, profile_id = next(iter(found))
        places[side] = profile_id
    if len(places) < len(_SIDES):
        return PairProblem(line, "one-side")
    return places["left"], places["right"]
