"""Messages between two matches: writing, and who may write to whom."""

from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from models import Account, Message, MessageBlock, Profile
from services.consents_reading import MAILS, has_consent
from services.errors import ServiceError
from services.mail import NOTICE, Letter, Write, post
from services.matches import matches_among
from services.profile_values import BadValue, plain_text

TEXT_LIMIT = 4000
MOST_AN_HOUR = 30
MOST_UNANSWERED = 5


class NoMessages(ServiceError):
    """Somebody takes no messages of this person. Why is not told: blocked, hidden, or no match."""

    code = "no-messages"


class TooManyMessages(ServiceError):
    """Somebody wrote much in an hour, or many in a row without an answer: let them wait."""

    code = "too-many-messages"


def may_write(session: Session, me_id: int, other_id: int) -> bool:
    """Tell whether somebody may write to another: a match, and blocked by neither."""
    if me_id == other_id or is_blocked(session, me_id, other_id):
        return False
    if is_blocked(session, other_id, me_id):
        return False
    return other_id in matches_among(session, me_id, [other_id])


def send(
    session: Session, write: Write, sender: Profile, other_id: int, text: str, now: datetime
) -> Message:
    """Write to somebody; they get a mail without the text, once until they have read it.

    Raises
    ------
    BadValue
        When the text is empty or too long.
    NoMessages, TooManyMessages
    """
    clean = plain_text(text.replace("\r\n", "\n"), TEXT_LIMIT)
    if not clean:
        raise BadValue("missing")
    # Held against a second message at the same moment, so that the limits count both.
    session.get(Profile, sender.id, with_for_update=True)
    if not may_write(session, sender.id, other_id):
        raise NoMessages("this person takes no messages")
    _check_pace(session, sender.id, other_id, now)
    message = Message(sender_id=sender.id, recipient_id=other_id, text=clean, sent_at=now)
    session.add(message)
    session.flush()
    _notify(session, write, message, now)
    return message


def block(session: Session, me_id: int, other_id: int, now: datetime) -> None:
    """Take no more messages of somebody, who is not told."""
    if me_id == other_id or is_blocked(session, me_id, other_id):
        return
    session.add(MessageBlock(profile_id=me_id, other_id=other_id, created_at=now))
    session.flush()


def unblock(session: Session, me_id: int, other_id: int) -> None:
    """Take messages of somebody again."""
    row = session.get(MessageBlock, (me_id, other_id))
    if row is not None:
        session.delete(row)
        session.flush()


def is_blocked(session: Session, me_id: int, other_id: int) -> bool:
    """Tell whether somebody takes no messages of another."""
    return session.get(MessageBlock, (me_id, other_id)) is not None


def _check_pace(session: Session, me_id: int, other_id: int, now: datetime) -> None:
    lately = select(func.count()).where(
        Message.sender_id == me_id, Message.sent_at > now - timedelta(hours=1)
    )
    answered = select(func.coalesce(func.max(Message.id), 0)).where(
        Message.sender_id == other_id, Message.recipient_id == me_id
    )
    in_a_row = select(func.count()).where(
        Message.sender_id == me_id,
        Message.recipient_id == other_id,
        col(Message.id) > answered.scalar_subquery(),
    )
    many = session.exec(lately).one() >= MOST_AN_HOUR
    if many or session.exec(in_a_row).one() >= MOST_UNANSWERED:
        raise TooManyMessages("wait for an answer, or an hour")


def _notify(session: Session, write: Write, message: Message, now: datetime) -> None:
    """Post the notice; named after the first unread message, so that it goes out once."""
    recipient = session.get_one(Profile, message.recipient_id)
    account = session.get(Account, recipient.account_id) if recipient.account_id else None
    if account is None or not has_consent(session, account.id, MAILS):
        return
    first = session.exec(
        select(func.min(Message.id)).where(
            Message.sender_id == message.sender_id,
            Message.recipient_id == message.recipient_id,
            col(Message.read_at).is_(None),
        )
    ).one()
    letter = Letter(
        kind="message",
        event=f"{NOTICE}message:{first}",
        recipient=account.email,
        account_id=account.id,
        language=account.language,
    )
    post(session, write, letter, now)
