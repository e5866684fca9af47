"""Mails: written in the transaction of the act that causes them, sent later by the worker.

At most once: one event has one mail, and services/mail_delivery.py hands each over once.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models import Mail
from services.calendar_entry import MeetingEntry, SessionEntry
from services.errors import NotFound, ServiceError

KEPT = timedelta(days=7)
INTERRUPTED = "interrupted"
# A mail to somebody who is erased leaves no trace once it is out.
FAREWELL = "farewell:"
# A mail that somebody may do without: events that begin so need the consent to mails.
NOTICE = "notice:"
_ADDRESS = re.compile(r"<?[^\s<>@:;,]+@[^\s<>@:;,]+>?")


class MailRefused(ServiceError):
    """The server will never take this mail; its words say why."""

    code = "mail-refused"


class MailDeferred(ServiceError):
    """The server does not take this mail now, and may later."""

    code = "mail-deferred"


class NotResendable(ServiceError):
    """A mail that has gone out, still waits, or whose text is no longer kept."""

    code = "mail-not-resendable"


@dataclass(frozen=True)
class Letter:
    """What a mail is to say; a door turns it into words.

    Parameters
    ----------
    kind
        The name of its template.
    event
        Names the act once, such as ``confirm:12:...``; a second letter of that event is not sent.
    token
        Goes into the mail's one link, if that needs one.
    place
        What the link needs to know, such as which meeting.
    meeting
        Comes along as a file for the calendar.
    mailing_id, profile_id
        The mailing that it is part of, and whom it is for.
    """

    kind: str
    event: str
    recipient: str
    account_id: int | None = None
    language: str | None = None
    token: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    place: dict[str, int | str] = field(default_factory=dict)
    meeting: MeetingEntry | SessionEntry | None = None
    mailing_id: int | None = None
    profile_id: int | None = None


@dataclass(frozen=True)
class Written:
    """A letter in words; the file for the calendar that it carries and a link that ends such mails.

    Either is empty where there is none.
    """

    subject: str
    body: str
    calendar_file: str = ""
    unsubscribe_link: str = ""


Write = Callable[[Letter], Written]


def without_addresses(words: str) -> str:
    """Give a server's words without the mail addresses in them."""
    return _ADDRESS.sub("…", words)


def post(
    session: Session,
    write: Write,
    letter: Letter,
    now: datetime,
    *,
    after: timedelta = timedelta(0),
) -> bool:
    """Put a letter into the queue, unless one of the same event is there; tells whether it did.

    Parameters
    ----------
    after
        How long it waits there at least, so that what caused it can still be undone.
    """
    return queue(session, write, letter, now, after=after) is not None


def queue(
    session: Session,
    write: Write,
    letter: Letter,
    now: datetime,
    *,
    after: timedelta = timedelta(0),
) -> Mail | None:
    """Put a letter into the queue as ``post`` does; returns its row, if it is a new one."""
    written = write(letter)
    row = Mail(
        event=letter.event,
        recipient=letter.recipient,
        account_id=letter.account_id,
        mailing_id=letter.mailing_id,
        profile_id=letter.profile_id,
        subject=written.subject,
        body=written.body,
        calendar_file=written.calendar_file,
        unsubscribe_link=written.unsubscribe_link,
        next_attempt_at=now + after,
        created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return None
    return row


def resend(session: Session, mail_id: int, now: datetime) -> None:
    """Put a mail that was given up into the queue again.

    Raises
    ------
    NotFound, NotResendable
    """
    mail = session.get(Mail, mail_id)
    if mail is None:
        raise NotFound("there is no such mail")
    if mail.state != "refused" or not mail.body:
        raise NotResendable("this mail has gone out, still waits, or its text is no longer kept")
    mail.state, mail.attempts, mail.problem, mail.next_attempt_at = "waiting", 0, "", now
    session.flush()


def given_up(session: Session, limit: int = 100) -> list[Mail]:
    """List the mails that did not go out, newest first."""
    query = select(Mail).where(Mail.state == "refused").order_by(col(Mail.id).desc()).limit(limit)
    return list(session.exec(query))
