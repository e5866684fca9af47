"""Match lists as files. The same list gives the same bytes, whenever and wherever it is written."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields

# OWASP's list of what a spreadsheet may take for a formula, leading TAB and CR among it.
_FORMULA_OPENERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class MatchedPerson:
    """One end of a match, as far as the list may say it: no address, no telephone."""

    id: str
    name: str
    name_native: str
    organisation: str
    country: str


@dataclass(frozen=True)
class Match:
    """One row of a match list; ``score`` is in (0, 1), ``grade`` its name."""

    left: MatchedPerson
    right: MatchedPerson
    score: float
    grade: str


@dataclass(frozen=True)
class MatchList:
    """The matches of one round of one edition, in the order of the people's ids."""

    edition: str
    round: int
    matches: tuple[Match, ...]


def columns() -> tuple[str, ...]:
    """Name the columns of a match list, in their order."""
    person = [field.name for field in fields(MatchedPerson)]
    sides = tuple(f"{side}_{name}" for side in ("left", "right") for name in person)
    return ("edition", "round", *sides, "score", "grade")


def rows(matches: MatchList) -> list[tuple[str | int | float, ...]]:
    """Give one row a match, in the order of ``columns``; scores to six places."""
    return [
        (
            matches.edition,
            matches.round,
            *asdict(match.left).values(),
            *asdict(match.right).values(),
            round(match.score, 6),
            match.grade,
        )
        for match in matches.matches
    ]


def harmless(cell: str) -> str:
    """Keep a spreadsheet from reading a person's text as a formula.

    A leading apostrophe marks the cell as text; everything else stays as it was written.
    """
    return "'" + cell if cell.lstrip(" ").startswith(_FORMULA_OPENERS) else cell


def to_csv(matches: MatchList) -> bytes:
    """Write the list as CSV that spreadsheets open right, Korean too: UTF-8 with its mark."""
    return table_to_csv(columns(), rows(matches))


def table_to_csv(header: Sequence[str], body: Sequence[Sequence[str | int | float]]) -> bytes:
    """Write any table as CSV, every text made harmless."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    for row in body:
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return text.getvalue().encode("utf-8-sig")


def to_json(matches: MatchList) -> bytes:
    """Write the list as ``{edition, round, pairs: [{left, right, score, grade}]}``."""
    pairs = [asdict(match) | {"score": round(match.score, 6)} for match in matches.matches]
    whole = {"edition": matches.edition, "round": matches.round, "pairs": pairs}
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
