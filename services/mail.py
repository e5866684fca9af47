"""Mails: written in the transaction of the act that causes them, sent later by the worker.

At most once: a mail is claimed before it is handed over, so a worker that dies in between leaves it
claimed. Such a mail is not sent again by itself; an administrator sees it and decides.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models import Mail
from services.calendar_entry import MeetingEntry, SessionEntry
from services.errors import NotFound, ServiceError

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720))
CLAIM_LASTS = timedelta(minutes=10)
KEPT = timedelta(days=7)
AT_ONCE = 100
INTERRUPTED = "interrupted"
# A mail to somebody who is erased leaves no trace once it is out.
FAREWELL = "farewell:"
# A mail that somebody may do without: events that begin so need the consent to mails.
NOTICE = "notice:"

Sessions = Callable[[], Session]
Send = Callable[[str, str, str, str], None]


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


@dataclass(frozen=True)
class Written:
    """A letter in words, and the file for the calendar that it carries, if any."""

    subject: str
    body: str
    calendar_file: str = ""


Write = Callable[[Letter], Written]


@dataclass(frozen=True)
class Delivery:
    """How many mails a run of the worker sent, put off, and gave up."""

    sent: int = 0
    put_off: int = 0
    given_up: int = 0


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
    written = write(letter)
    row = Mail(
        event=letter.event,
        recipient=letter.recipient,
        account_id=letter.account_id,
        subject=written.subject,
        body=written.body,
        calendar_file=written.calendar_file,
        next_attempt_at=now + after,
        created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return False
    return True


def deliver_waiting(sessions: Sessions, send: Send, now: datetime) -> Delivery:
    """Send the mails that are due, oldest first, each in transactions of its own.

    Parameters
    ----------
    sessions
        Makes sessions; this is the one service that commits, because what the mail server was
        handed cannot be taken back.
    send
        ``send(recipient, subject, body, calendar_file)`` raises MailRefused or MailDeferred for
        this mail alone, and OSError when the server is out of reach, which ends the run.
    """
    with sessions() as session:
        _give_up_interrupted(session, now)
        _forget_texts(session, now)
        due = select(Mail.id).where(Mail.state == "waiting", Mail.next_attempt_at <= now)
        ids = session.exec(due.order_by(col(Mail.next_attempt_at), col(Mail.id)).limit(AT_ONCE))
        numbers = list(ids)
        session.commit()
    counts = {"sent": 0, "put_off": 0, "given_up": 0}
    for number in numbers:
        outcome, reachable = _deliver(sessions, send, number, now)
        if outcome:
            counts[outcome] += 1
        if not reachable:
            break
    return Delivery(**counts)


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


def _deliver(sessions: Sessions, send: Send, number: int, now: datetime) -> tuple[str, bool]:
    with sessions() as session:
        mail = _claim(session, number, now)
        session.commit()
        if mail is None:
            return "", True
        reachable = True
        try:
            send(mail.recipient, mail.subject, mail.body, mail.calendar_file)
        except MailRefused as error:
            mail.state, mail.problem, mail.body = "refused", str(error)[:300], ""
            outcome = "given_up"
        except MailDeferred as error:
            outcome = _put_off(mail, str(error), now)
        except OSError as error:
            outcome = _put_off(mail, str(error) or type(error).__name__, now)
            reachable = False
        else:
            mail.state, mail.sent_at, mail.body, mail.problem = "sent", now, "", ""
            outcome = "sent"
        if outcome != "put_off":
            mail.calendar_file = ""
        if outcome != "put_off" and mail.event.startswith(FAREWELL):
            session.delete(mail)
        session.commit()
    return outcome, reachable


def _claim(session: Session, number: int, now: datetime) -> Mail | None:
    # One statement, so that of two workers only one gets the mail.
    claim = (
        update(Mail)
        .where(col(Mail.id) == number, col(Mail.state) == "waiting")
        .values(state="sending", attempts=col(Mail.attempts) + 1, next_attempt_at=now)
    )
    if not session.exec(claim).rowcount:
        return None
    return session.get(Mail, number)


def _put_off(mail: Mail, problem: str, now: datetime) -> str:
    mail.problem = problem[:300]
    if mail.attempts > len(PAUSES):
        mail.state = "refused"
        return "given_up"
    mail.state, mail.next_attempt_at = "waiting", now + PAUSES[mail.attempts - 1]
    return "put_off"


def _give_up_interrupted(session: Session, now: datetime) -> None:
    stuck = col(Mail.state) == "sending", col(Mail.next_attempt_at) <= now - CLAIM_LASTS
    values = {"state": "refused", "problem": INTERRUPTED}
    session.exec(update(Mail).where(*stuck).values(values))


def _forget_texts(session: Session, now: datetime) -> None:
    # A link in the text has expired by then, and nobody needs it any more.
    old = col(Mail.state) == "refused", col(Mail.created_at) <= now - KEPT
    session.exec(update(Mail).where(*old).values(body="", calendar_file=""))
