"""A round's meetings on the board: planned in peace, taken off again, and announced when ready."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models import Edition, Meeting, Round
from services.audit import Subject, record
from services.board import BoardMeeting, described
from services.errors import NotFound
from services.mail import Write
from services.meeting_hold import hold
from services.meeting_letters import tell_of_round
from services.meeting_rules import PLANNED, PROPOSED
from services.round_publishing import published_round
from services.round_schedule import RoundPlan, place_meetings
from services.rounds import find_round

_ROUND = "round"


@dataclass(frozen=True, slots=True)
class Announcement:
    """Planned meetings: those that can be announced, and those in whose way something stands."""

    ready: tuple[BoardMeeting, ...]
    blocked: tuple[BoardMeeting, ...]

    @property
    def people(self) -> int:
        """How many people would be asked."""
        return len({who for one in self.ready for who in (one.row.left_id, one.row.right_id)})


def board_round(session: Session, edition: Edition) -> Round | None:
    """Find the round that the board is about: the published one, or else the newest finished."""
    published = published_round(session, edition.id)
    if published is not None:
        return published
    try:
        return find_round(session, edition)
    except NotFound:
        return None


def plan_round(
    session: Session, edition: Edition, row: Round, now: datetime, *, actor_id: int | None
) -> RoundPlan:
    """Put what is missing of a round's meetings on the board; nobody is told yet."""
    plan, meetings = place_meetings(session, edition, row, now, PLANNED)
    record(
        session,
        edition.id,
        "planned",
        Subject(_ROUND, row.id),
        now,
        actor_id=actor_id,
        after={"meetings": len(meetings)},
    )
    return plan


def clear_plan(session: Session, edition: Edition, now: datetime, *, actor_id: int | None) -> int:
    """Take everything that is only planned off the board; returns how many meetings."""
    rows = _planned(session, edition)
    for row in rows:
        session.delete(row)
    session.flush()
    record(
        session,
        edition.id,
        "cleared",
        Subject("meeting"),
        now,
        actor_id=actor_id,
        before={"meetings": len(rows)},
    )
    return len(rows)


def announcement(session: Session, edition: Edition, now: datetime) -> Announcement:
    """Tell what would be announced now."""
    rows = [row for row in _planned(session, edition) if row.starts_at > now]
    found = described(session, edition, rows, now)
    return Announcement(
        tuple(one for one in found if not one.blocks), tuple(one for one in found if one.blocks)
    )


def announce(
    session: Session, write: Write, edition: Edition, now: datetime, *, actor_id: int | None
) -> int:
    """Propose the planned meetings to their people, and write to them; returns how many meetings.

    One in whose way something stands by now stays planned.
    """
    rows = _planned(session, edition)
    hold(session, edition.id, {one for row in rows for one in (row.left_id, row.right_id)})
    session.expire_all()
    ready = [one.row for one in announcement(session, edition, now).ready]
    for row in ready:
        row.state, row.changed_at = PROPOSED, now
    session.flush()
    tell_of_round(session, write, edition, ready, now)
    if ready:
        record(
            session,
            edition.id,
            "announced",
            Subject("meeting"),
            now,
            actor_id=actor_id,
            after={"meetings": len(ready)},
        )
    return len(ready)


def _planned(session: Session, edition: Edition) -> list[Meeting]:
    query = (
        select(Meeting)
        .where(Meeting.edition_id == edition.id, Meeting.state == PLANNED)
        .order_by(col(Meeting.starts_at), col(Meeting.id))
    )
    return list(session.exec(query))
