"""The result of a round as an organiser reads it: who fares worst first, then the pairs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, SQLModel, col, select

from matchmaking.export import MatchedPerson
from models import Pairing, Round, UnmetNeed
from services.matched_people import matched_people

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
class LiftForbid:
    """A way out: an organiser lets these two meet again."""

    left: MatchedPerson
    right: MatchedPerson


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
    lifts: tuple[LiftForbid, ...] = ()
    lower_least: int = 0
    profile_id: int = 0


@dataclass(frozen=True)
class RoundReport:
    """One page of a round's result."""

    unmet: tuple[UnmetRow, ...]
    unmet_count: int
    unmet_page: int
    unmet_pages: int
    pairs: tuple[PairRow, ...]
    pair_count: int
    page: int
    pages: int


def round_report(session: Session, row: Round, page: int = 1, unmet_page: int = 1) -> RoundReport:
    """Read a page of a round's pairs, the least promising first, and one of who is short.

    Five queries for any number of either.
    """
    pairs = Paging.of(session, col(Pairing.round_id) == row.id, Pairing, page)
    short = Paging.of(session, col(UnmetNeed.round_id) == row.id, UnmetNeed, unmet_page)
    chosen = session.exec(
        select(Pairing)
        .where(Pairing.round_id == row.id)
        .order_by(col(Pairing.score), col(Pairing.id))
        .offset(pairs.first)
        .limit(PAGE_SIZE)
    ).all()
    needs = session.exec(
        select(UnmetNeed)
        .where(UnmetNeed.round_id == row.id)
        .order_by(col(UnmetNeed.missing).desc(), col(UnmetNeed.id))
        .offset(short.first)
        .limit(PAGE_SIZE)
    ).all()
    named = {one for pair in chosen for one in (pair.left_id, pair.right_id)}
    people = matched_people(session, named | people_in_needs(needs))
    return RoundReport(
        unmet=unmet_rows(people, needs),
        unmet_count=short.count,
        unmet_page=short.page,
        unmet_pages=short.pages,
        pairs=tuple(_pair_row(people, one) for one in chosen),
        pair_count=pairs.count,
        page=pairs.page,
        pages=pairs.pages,
    )


def people_in_needs(needs: Iterable[UnmetNeed]) -> set[int]:
    """Find everybody who is named in what a round could not meet, by profile id."""
    found: set[int] = set()
    for need in needs:
        change = need.change or {"raises": (), "lifts": ()}
        found |= {need.profile_id, *(way["profile_id"] for way in change["raises"])}
        found |= {one for pair in change["lifts"] for one in (pair["left_id"], pair["right_id"])}
    return found


@dataclass(frozen=True)
class Paging:
    """How many rows there are, and which page of them is shown."""

    count: int
    page: int

    @classmethod
    def of(
        cls, session: Session, mine: ColumnElement[bool], table: type[SQLModel], page: int
    ) -> "Paging":
        """Count the rows of a table, and bring the page into range."""
        count = session.exec(select(func.count()).select_from(table).where(mine)).one()
        return cls(count, min(max(1, page), max(1, -(-count // PAGE_SIZE))))

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.count // PAGE_SIZE))

    @property
    def first(self) -> int:
        """How many rows come before this page."""
        return (self.page - 1) * PAGE_SIZE


def _pair_row(people: Mapping[int, MatchedPerson], one: Pairing) -> PairRow:
    return PairRow(
        people[one.left_id],
        people[one.right_id],
        one.left_id,
        one.right_id,
        one.score,
        one.grade,
        one.reasons,
    )


def unmet_rows(
    people: Mapping[int, MatchedPerson], rows: Sequence[UnmetNeed]
) -> tuple[UnmetRow, ...]:
    """Name the people in what a round could not meet."""
    return tuple(_unmet_row(people, row) for row in rows)


def _unmet_row(people: Mapping[int, MatchedPerson], row: UnmetNeed) -> UnmetRow:
    person = people[row.profile_id]
    # Whoever was erased since is no way out any more.
    gone = row.change and not people_in_needs([row]) <= people.keys()
    if row.change is None or gone:
        return UnmetRow(person, row.missing, row.why, known=False, profile_id=row.profile_id)
    change = row.change
    return UnmetRow(
        person,
        row.missing,
        row.why,
        known=True,
        raises=tuple(
            RaiseMost(people[item["profile_id"]], item["by"]) for item in change["raises"]
        ),
        lifts=tuple(
            LiftForbid(people[item["left_id"]], people[item["right_id"]])
            for item in change["lifts"]
        ),
        lower_least=change["lower_least"],
        profile_id=row.profile_id,
    )
