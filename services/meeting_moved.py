"""Telling people that organisers moved their meeting: once, a little later, and not if undone.

A letter waits some minutes before it may go out. Another move meanwhile takes its place, and a move
back to where people know the meeting to be takes it away, so that nobody reads of what was a slip.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from models import Edition, Mail, Meeting
from services.mail import Letter, Write, post
from services.meeting_entries import entry_of
from services.meeting_letters import account_of, facts_of

MOVED = "meeting-moved"
_PAUSE = timedelta(minutes=3)

Where = tuple[datetime, int | None]


def tell_of_move(
    session: Session, write: Write, edition: Edition, row: Meeting, before: Where, now: datetime
) -> None:
    """Put letters into the queue for both people, unless the meeting is back where they know it.

    Parameters
    ----------
    before
        The start and the table that it had just now.
    """
    waiting = select(Mail.event).where(
        col(Mail.event).like(f"{MOVED}:{row.id}:%"), col(Mail.state) == "waiting"
    )
    known = _told(session.exec(waiting).first()) or _key(before)
    session.execute(
        delete(Mail).where(
            col(Mail.event).like(f"{MOVED}:{row.id}:%"), col(Mail.state) == "waiting"
        )
    )
    if known == _key((row.starts_at, row.table_number)):
        return
    for profile_id in (row.left_id, row.right_id):
        account = account_of(session, profile_id)
        if account is None:
            continue
        agreed = row.left_agrees and row.right_agrees
        table = {"table": str(row.table_number)} if row.table_number else {}
        letter = Letter(
            kind=MOVED,
            event=f"{MOVED}:{row.id}:{row.sequence}:{known}:{profile_id}",
            recipient=account.email,
            account_id=account.id,
            language=account.language,
            facts={**facts_of(edition, row.starts_at), **table},
            place={"meeting_id": row.id},
            meeting=entry_of(session, row, profile_id) if agreed else None,
        )
        post(session, write, letter, now, after=_PAUSE)


def _key(where: Where) -> str:
    start, table = where
    return f"{int(start.timestamp())}-{table or 0}"


def _told(event: str | None) -> str:
    """Read from a letter that still waits where its people know the meeting to be."""
    return event.split(":")[3] if event else ""
