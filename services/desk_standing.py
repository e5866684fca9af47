"""How far an edition is, in numbers, for the path of stages above every page of its organisers."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ScalarSelect, func
from sqlmodel import Session, col, select

from models import Edition, Meeting, MeetingReview, Participation, Round
from services.editions import CLOSED, DRAFT, MATCHED, OPEN, OVER, state_now
from services.meeting_rules import ACCEPTED, PLANNED, PROPOSED
from services.rounds import UNDER_WAY


@dataclass(frozen=True, slots=True)
class DeskStanding:
    """What there is of an edition.

    Parameters
    ----------
    state
        Where the edition stands, its dates counted.
    people
        How many take part.
    slots
        Whether the programme has any.
    under_way, newest, published
        Numbers of rounds: the one that waits or runs, the newest finished, the published one.
    meetings, reviews
        How many of its meetings are planned, wait or are agreed, and how many were told about.
    """

    state: str
    people: int
    slots: bool
    under_way: int | None
    newest: int | None
    published: int | None
    meetings: int
    reviews: int


def standing_of(session: Session, edition: Edition, now: datetime) -> DeskStanding:
    """Read how far an edition is, in one query."""
    mine = Round.edition_id == edition.id
    people = select(func.count()).where(Participation.edition_id == edition.id)
    shown = col(Round.published_at).is_not(None), col(Round.withdrawn_at).is_(None)
    meetings = select(func.count()).where(
        Meeting.edition_id == edition.id, col(Meeting.state).in_((PLANNED, PROPOSED, ACCEPTED))
    )
    reviews = (
        select(func.count())
        .select_from(MeetingReview)
        .join(Meeting, col(Meeting.id) == MeetingReview.meeting_id)
        .where(Meeting.edition_id == edition.id)
    )
    row = session.execute(
        select(  # type: ignore[call-overload] # more columns than its stubs know
            people.scalar_subquery(),
            _newest(mine, col(Round.state).in_(UNDER_WAY)),
            _newest(mine, Round.state == "done"),
            _newest(mine, *shown),
            meetings.scalar_subquery(),
            reviews.scalar_subquery(),
        )
    ).one()
    slots = bool(edition.programme.get("half_days"))
    return DeskStanding(state_now(edition, now), row[0], slots, *row[1:])


def next_thing(at: DeskStanding, lacks: tuple[str, ...]) -> str:
    """Name the next thing for an organiser to do, as a code.

    Parameters
    ----------
    lacks
        What a draft lacks before it can be opened.
    """
    if at.state == DRAFT:
        return "complete" if lacks else "open"
    if at.people == 0 and at.state in (OPEN, CLOSED):
        return "bring-people"
    if at.under_way is not None:
        return "watch"
    if at.state == OPEN:
        return "wait" if at.slots else "programme"
    if at.state == CLOSED:
        return "run" if at.newest is None else "review"
    if at.state == MATCHED:
        return "publish"
    return "outcome" if at.state == OVER else "schedule"


def _newest(*conditions: object) -> ScalarSelect[int | None]:
    query = select(func.max(Round.number)).where(*conditions)  # type: ignore[arg-type] # conditions
    return query.scalar_subquery()
