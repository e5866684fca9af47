"""Messages that their readers brought before the organisers, who see these and no others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, true, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models import Message, MessageReport, Participation, Profile
from models.message import REPORT_OUTCOMES
from services.errors import NotFound
from services.profile_values import plain_text
from services.roles import Roles

REASON_LIMIT = 1000
REMOVED, KEPT = REPORT_OUTCOMES


@dataclass(frozen=True, slots=True)
class OpenReport:
    """A report that waits: the one message, who wrote it, and why it was reported."""

    id: int
    text: str
    sent_at: datetime
    writer: str
    reporter: str
    reason: str
    reported_at: datetime


def report(session: Session, me_id: int, message_id: int, reason: str, now: datetime) -> Message:
    """Bring a message that somebody got before the organisers; twice is once.

    Raises
    ------
    NotFound
        When it is no message to them.
    """
    message = message_to(session, me_id, message_id)
    if message is None:
        raise NotFound("there is no such message")
    known = select(MessageReport.id).where(
        MessageReport.message_id == message_id, MessageReport.reporter_id == me_id
    )
    if session.exec(known).first() is None:
        row = MessageReport(message_id=message_id, reporter_id=me_id, reported_at=now)
        row.reason = plain_text(reason, REASON_LIMIT)
        session.add(row)
        session.flush()
    return message


def message_to(session: Session, me_id: int, message_id: int) -> Message | None:
    """Find a message that somebody got."""
    message = session.get(Message, message_id)
    return message if message is not None and message.recipient_id == me_id else None


def open_reports(session: Session, roles: Roles) -> Sequence[OpenReport]:
    """List the reports that wait for an organiser of these roles, the oldest first; one query."""
    writer, reporter = aliased(Profile), aliased(Profile)
    query = (
        select(MessageReport, Message, writer.name, reporter.name)
        .join(Message, col(Message.id) == MessageReport.message_id)
        .join(writer, col(writer.id) == Message.sender_id)
        .join(reporter, col(reporter.id) == MessageReport.reporter_id)
        .where(col(MessageReport.decided_at).is_(None), _for_organiser(roles))
        .order_by(col(MessageReport.id))
    )
    return [
        OpenReport(row.id, message.text, message.sent_at, wrote, told, row.reason, row.reported_at)
        for row, message, wrote, told in session.exec(query)
    ]


def decide(
    session: Session, roles: Roles, account_id: int, report_id: int, outcome: str, now: datetime
) -> None:
    """Remove the text of a reported message, or let it stand.

    Raises
    ------
    NotFound
        When no such report waits for this organiser.
    """
    query = (
        select(MessageReport)
        .join(Message, col(Message.id) == MessageReport.message_id)
        .where(
            MessageReport.id == report_id,
            col(MessageReport.decided_at).is_(None),
            _for_organiser(roles),
        )
    )
    row = session.exec(query).first()
    if row is None or outcome not in REPORT_OUTCOMES:
        raise NotFound("no such report waits")
    row.outcome, row.decided_at, row.decided_by = outcome, now, account_id
    if outcome == REMOVED:
        gone = update(Message).where(col(Message.id) == row.message_id)
        session.execute(gone.values(text="", removed_at=now))
    session.flush()


def _for_organiser(roles: Roles) -> ColumnElement[bool]:
    """Make the condition that the writer of a ``Message`` takes part where one organises."""
    if roles.administrator or roles.organises_all:
        return true()
    place = aliased(Participation)
    return exists().where(
        col(place.profile_id) == Message.sender_id, col(place.edition_id).in_(roles.organises)
    )
