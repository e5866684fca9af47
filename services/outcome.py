"""The report on what came of an edition: for its organisers and its funder, naming nobody."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from matchmaking.outcome import answer_table, meeting_table, people_table
from matchmaking.outcome_values import OutcomeTable
from models import Edition
from models.meeting import FOLLOW_UP_MONTHS, NEXT_STEPS
from services.outcome_facts import outcome_facts

_ASKED = {"asked": "", "answered": "asked"}
_ANSWERED = {"answered": ""}
ASKED_FOR = ("review", *map(str, FOLLOW_UP_MONTHS))
"""The questions: right after a meeting, and after so many months."""

USEFULNESS = ("not-met", "1", "2", "3", "4")
"""What people may say right after a meeting."""


@dataclass(frozen=True, slots=True)
class OutcomeReport:
    """What came of an edition, at a moment.

    Parameters
    ----------
    round
        The number of the round whose pairs are counted; None without any.
    published
        Whether that round is the published one.
    """

    at: datetime
    round: int | None
    published: bool
    people: OutcomeTable
    meetings: OutcomeTable
    asked: OutcomeTable
    useful: OutcomeTable
    next_steps: OutcomeTable

    @property
    def tables(self) -> tuple[OutcomeTable, ...]:
        """All tables."""
        return (self.people, self.meetings, self.asked, self.useful, self.next_steps)

    @property
    def hides(self) -> bool:
        """Whether something is not told."""
        return any(table.hides for table in self.tables)


def outcome_report(session: Session, edition: Edition, now: datetime) -> OutcomeReport:
    """Count what came of an edition; ten queries for any number of people and meetings."""
    facts = outcome_facts(session, edition, now)
    row = facts.round
    return OutcomeReport(
        at=now,
        round=row.number if row else None,
        published=row is not None and row.published_at is not None and row.withdrawn_at is None,
        people=people_table(facts.people),
        meetings=meeting_table(facts.meetings),
        asked=answer_table(facts.asked, _ASKED, ASKED_FOR),
        useful=answer_table(facts.useful, _ANSWERED, USEFULNESS),
        next_steps=answer_table(facts.next_steps, _ANSWERED, NEXT_STEPS),
    )
