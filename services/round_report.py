"""The result of a round as an organiser reads it: who fares worst first, then the pairs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from matchmaking.export import MatchedPerson
from models import Pairing, Round, UnmetNeed
from services.match_list import people_of
from services.rounds import unmet_of

PAGE_SIZE = 50


@dataclass(frozen=True)
class PairRow:
    """A pair of the result, with its reasons as they were when the round ran."""

    left: MatchedPerson
    right: MatchedPerson
    left_id: int
    right_id: int
    score: float
    grade: str
    reasons: list[Any]


@dataclass(frozen=True)
class RaiseMost:
    """A way out: this person takes so many partners more."""

    person: MatchedPerson
    by: int


@dataclass(frozen=True)
class UnmetRow:
    """Who got fewer partners than promised, why (a code), and the smallest change that serves them.

    ``known`` is False when no change was worked out, or when it would touch a private choice.
    """

    person: MatchedPerson
    missing: int
    why: str
    known: bool
    raises: tuple[RaiseMost, ...] = ()
    lower_least: int = 0


@dataclass(frozen=True)
class RoundReport:
    """One page of a round's result."""

    unmet: tuple[UnmetRow, ...]
    pairs: tuple[PairRow, ...]
    pair_count: int
    page: int
    pages: int


def round_report(session: Session, row: Round, page: int = 1) -> RoundReport:
    """Read a page of a round's pairs, the least promising first; five queries for any number."""
    count = session.exec(select(func.count()).where(Pairing.round_id == row.id)).one()
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(max(1, page), pages)
    people = people_of(session, row)
    chosen = session.exec(
        select(Pairing)
        .where(Pairing.round_id == row.id)
        .order_by(col(Pairing.score), col(Pairing.id))
        .offset((page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    ).all()
    return RoundReport(
        unmet=unmet_rows(people, unmet_of(session, row)),
        pairs=tuple(
            PairRow(
                people[one.left_id],
                people[one.right_id],
                one.left_id,
                one.right_id,
                one.score,
                one.grade,
                one.reasons,
            )
            for one in chosen
        ),
        pair_count=count,
        page=page,
        pages=pages,
    )


def unmet_rows(
    people: Mapping[int, MatchedPerson], rows: Sequence[UnmetNeed]
) -> tuple[UnmetRow, ...]:
    """Name the people in what a round could not meet."""
    return tuple(_unmet_row(people, row) for row in rows)


def _unmet_row(people: Mapping[int, MatchedPerson], row: UnmetNeed) -> UnmetRow:
    person = people[row.profile_id]
    # Whoever was erased since is no way out any more.
    gone = row.change and any(item["profile_id"] not in people for item in row.change["raises"])
    if row.change is None or gone:
        return UnmetRow(person, row.missing, row.why, known=False)
    raises = tuple(
        RaiseMost(people[item["profile_id"]], item["by"]) for item in row.change["raises"]
    )
    lower = row.change["lower_least"]
    return UnmetRow(person, row.missing, row.why, known=True, raises=raises, lower_least=lower)
