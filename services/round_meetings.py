"""How the meetings that a round proposed are answered, in numbers."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, func
from sqlmodel import Session, col, select

from models import Meeting, Round
from services.meeting_rules import ACCEPTED, PLANNED, PROPOSED


@dataclass(frozen=True, slots=True)
class RoundAnswers:
    """How many proposals of a round both accepted, wait, were declined, or ran out of time.

    A meeting that was called off later counts as declined.
    """

    accepted: int = 0
    waiting: int = 0
    declined: int = 0
    unanswered: int = 0

    @property
    def total(self) -> int:
        """How many meetings the round proposed."""
        return self.accepted + self.waiting + self.declined + self.unanswered


def answers_to(session: Session, row: Round, now: datetime) -> RoundAnswers:
    """Count how the proposals of a round were answered; one query."""
    answer: ColumnElement[str] = case(
        (col(Meeting.state) == ACCEPTED, "accepted"),
        (col(Meeting.state) != PROPOSED, "declined"),
        (col(Meeting.starts_at) > now, "waiting"),
        else_="unanswered",
    ).label("answer")
    counted = select(answer).where(Meeting.round_id == row.id, Meeting.state != PLANNED).subquery()
    rows = session.execute(select(counted.c.answer, func.count()).group_by(counted.c.answer))
    return RoundAnswers(**{str(name): int(count) for name, count in rows})
