"""Meetings for the pairs of a round: placed into the programme, and proposed to both people.

Neither of the two has agreed to such a proposal; it is agreed when both accept. What is there
already, agreed or proposed, stays where it is, so that a second run proposes only what is missing.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from matchmaking.export import MatchedPerson
from matchmaking.free_time import Span
from matchmaking.schedule_result import Schedule
from matchmaking.schedule_seats import Seat, seated
from models import Edition, Meeting, Round
from services.board_around import read_around
from services.errors import ServiceError
from services.mail import Write
from services.match_list import people_of
from services.meeting_hold import hold
from services.meeting_letters import tell_of_round
from services.meeting_rules import PROPOSED
from services.programme import programme_of
from services.round_standing import (
    RoundPair,
    RoundStanding,
    people_in,
    read_standing,
    round_pairs,
)
from services.rounds import find_round

CLOSED = "closed"


class NothingToPlace(ServiceError):
    """There is no finished round, or no slot to come; the text says what to do."""

    code = "nothing-to-place"

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(text)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class PlacedPair:
    """A pair and the slot in which they are to meet."""

    pair: RoundPair
    span: Span


@dataclass(frozen=True, slots=True)
class UnplacedPair:
    """Two people who get no meeting, and why.

    ``why`` is a code of matchmaking.schedule_result, or ``closed``: one of the two is not open to
    this meeting (any more). That may be a private choice, so nothing else says more.
    """

    left: MatchedPerson
    right: MatchedPerson
    why: str


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """What a run would propose, or has proposed.

    Parameters
    ----------
    proposed
        The new meetings.
    arranged
        How many pairs had a meeting before, agreed or proposed; they stay as they are.
    slots
        How many different times all these meetings have.
    """

    proposed: tuple[PlacedPair, ...]
    arranged: int
    unplaced: tuple[UnplacedPair, ...]
    slots: int

    @property
    def placed(self) -> int:
        """How many pairs of the round have a meeting with this plan."""
        return len(self.proposed) + self.arranged

    @property
    def people(self) -> int:
        """How many people are asked."""
        return len({who for one in self.proposed for who in (one.pair.left_id, one.pair.right_id)})


def round_to_place(
    session: Session, edition: Edition, number: int | None = None, *, now: datetime
) -> Round:
    """Find the round whose pairs can get meetings: the newest finished one, or that of a number.

    Raises
    ------
    NotFound
        When there is no such round.
    NothingToPlace
        When it is not finished, or the edition has no slot to come.
    """
    row = find_round(session, edition, number)
    if row.state != "done":
        raise NothingToPlace(
            f"Round {row.number} of {edition.slug} is {row.state}: wait until it is done, or take"
            " another round.",
            "not-done",
        )
    slots = programme_of(edition).slots
    if not slots:
        raise NothingToPlace(
            f"Edition {edition.slug} has no programme: give it half-days, the minutes of a slot and"
            " tables first.",
            "no-programme",
        )
    if all(slot.start <= now for slot in slots):
        raise NothingToPlace(
            f"Every slot of {edition.slug} has begun: give the programme later half-days first.",
            "programme-over",
        )
    return row


def plan_meetings(session: Session, edition: Edition, row: Round, now: datetime) -> RoundPlan:
    """Say what would be proposed now, and write nothing; eight queries for any number of pairs.

    The same state gives the same plan.
    """
    standing = read_standing(session, edition, row, now)
    found = _schedule(standing)
    proposed = tuple(
        PlacedPair(pair, standing.slots[slot])
        for pair, slot in zip(standing.waiting, found.slot.tolist(), strict=True)
        if slot >= 0
    )
    reasons = dict.fromkeys(standing.closed, CLOSED)
    reasons |= {standing.waiting[one.meeting]: one.why for one in found.unplaced}
    people = people_of(session, row)
    starts = {*standing.arranged.values(), *(one.span.start for one in proposed)}
    return RoundPlan(
        proposed=proposed,
        arranged=len(standing.arranged),
        unplaced=tuple(
            UnplacedPair(people[pair.left_id], people[pair.right_id], why)
            for pair, why in reasons.items()
        ),
        slots=len(starts),
    )


def propose_meetings(
    session: Session, write: Write, edition: Edition, row: Round, now: datetime
) -> RoundPlan:
    """Propose what is missing of a round's meetings, and put the letters into the queue.

    Everybody in the round and the edition's tables are held against other writers meanwhile.
    """
    plan, meetings = place_meetings(session, edition, row, now, PROPOSED)
    tell_of_round(session, write, edition, meetings, now)
    return plan


def place_meetings(
    session: Session, edition: Edition, row: Round, now: datetime, state: str
) -> tuple[RoundPlan, list[Meeting]]:
    """Write what is missing of a round's meetings, each with a table, and tell nobody."""
    hold(session, edition.id, people_in(round_pairs(session, row)))
    plan = plan_meetings(session, edition, row, now)
    tables = _tables(session, edition, plan, now)
    meetings = [
        _meeting(edition, row, one, now, (state, table))
        for one, table in zip(plan.proposed, tables, strict=True)
    ]
    session.add_all(meetings)
    session.flush()
    return plan, meetings


def _tables(
    session: Session, edition: Edition, plan: RoundPlan, now: datetime
) -> Sequence[int | None]:
    """Choose the tables that the board shows for new meetings."""
    tables = programme_of(edition).tables
    if tables is None:
        return [None] * len(plan.proposed)
    around = read_around(session, edition, (), now)
    taken = {start: around.taken_tables(start) for start in around.tables}
    seats = [Seat(one.span.start, one.pair.left_id) for one in plan.proposed]
    return seated(seats, taken, tables)


def _schedule(standing: RoundStanding) -> Schedule:
    # Late, because it loads the solvers, which a process that serves other pages can spare.
    from matchmaking.schedule import schedule

    return schedule(standing.problem)


def _meeting(
    edition: Edition, row: Round, placed: PlacedPair, now: datetime, kept: tuple[str, int | None]
) -> Meeting:
    state, table = kept
    return Meeting(
        uid=secrets.token_hex(16),
        edition_id=edition.id,
        round_id=row.id,
        left_id=placed.pair.left_id,
        right_id=placed.pair.right_id,
        starts_at=placed.span.start,
        ends_at=placed.span.end,
        state=state,
        table_number=table,
        created_at=now,
        changed_at=now,
    )
