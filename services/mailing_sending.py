"""Sending a mailing, once: pressed by an organiser, spread over its people by the worker.

A part of the people at a time, each part in one transaction with the mark of how far it is. So a
worker that is killed goes on behind the last part that was finished. A row for each person and a
mail's event keep anybody from getting two.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, func, update
from sqlmodel import Session, col, select

from models import Edition, Mail, Mailing, MailingRecipient
from services import audit
from services.address_keys import AddressKeys
from services.audit import Subject
from services.errors import ServiceError
from services.mail import INTERRUPTED, NOTICE, Letter, Write, queue
from services.mailing_audience import count_audience
from services.mailing_readers import (
    CANCELLED,
    SAME_ADDRESS,
    Reader,
    readers,
    with_counts,
)
from services.mailings import DONE, DRAFT, QUEUED, SENDING, UNDER_WAY

BATCH = 200
_UNSENT = ("waiting", "sending")

WriterOf = Callable[[Edition, Mailing], Write]


class AlreadySent(ServiceError):
    """The mailing is on its way or has gone out: somebody else, or an earlier press, sent it."""

    code = "mailing-already-sent"


@dataclass(frozen=True, slots=True)
class _Earlier:
    """What an earlier turn, or another person of the same address, got of a mailing."""

    rows: Mapping[int, tuple[MailingRecipient, Mail | None]]
    addresses: set[str]


def send_mailing(
    session: Session, row: Mailing, now: datetime, *, actor_id: int | None = None
) -> None:
    """Have a mailing sent to everybody it is for. Wake the lane of mailings after the commit.

    Raises
    ------
    AlreadySent
        Also for the second of two organisers at once.
    """
    _begin(session, row, (DRAFT,), "sent", now, actor_id)


def send_again(
    session: Session, row: Mailing, now: datetime, *, actor_id: int | None = None
) -> None:
    """Have it sent to those who have not got it: new people, refused mails, a cancelled rest.

    Who may have got it, because sending was interrupted at its very end, gets no second one.

    Raises
    ------
    AlreadySent
        While it is still on its way.
    """
    _begin(session, row, (DONE, CANCELLED), "sent-again", now, actor_id)


def cancel_mailing(
    session: Session, row: Mailing, now: datetime, *, actor_id: int | None = None
) -> bool:
    """Stop a mailing: whoever has not got it yet does not get it; False when it is over."""
    session.refresh(row, with_for_update=True)
    if row.state not in UNDER_WAY:
        return False
    mine = col(Mail.mailing_id) == row.id, col(Mail.state).in_(_UNSENT)
    unsent = select(Mail.id).where(*mine)
    session.execute(
        update(MailingRecipient)
        .where(col(MailingRecipient.mail_id).in_(unsent))
        .values(left_out=CANCELLED)
    )
    session.execute(delete(Mail).where(*mine))
    row.state, row.finished_at = CANCELLED, now
    _note(session, row, "cancelled", now, actor_id)
    return True


def spread_mailings(
    sessions: Callable[[], Session],
    writer_of: WriterOf,
    keys: AddressKeys,
    now: Callable[[], datetime],
    stopping: Callable[[], bool] = lambda: False,
) -> int:
    """Write the mails of all queued mailings; return how many, and close those that are over.

    Parameters
    ----------
    writer_of
        Makes what turns a letter of a mailing into words.
    """
    written = 0
    while not stopping():
        with sessions() as session:
            query = select(Mailing.id).where(Mailing.state == QUEUED).order_by(col(Mailing.id))
            number = session.exec(query).first()
            if number is not None:
                written += _spread_part(session, number, writer_of, keys, now())
            session.commit()
        if number is None:
            break
    with sessions() as session:
        finish_mailings(session, now())
        session.commit()
    return written


def finish_mailings(session: Session, now: datetime) -> None:
    """Close the mailings of which no mail waits any more."""
    waits = exists().where(
        col(Mail.mailing_id) == Mailing.id, col(Mail.state).in_((*_UNSENT, "handing"))
    )
    over = update(Mailing).where(col(Mailing.state) == SENDING, ~waits)
    session.execute(over.values(state=DONE, finished_at=now))


def _begin(
    session: Session,
    row: Mailing,
    states: Sequence[str],
    act: str,
    now: datetime,
    actor_id: int | None,
) -> None:
    session.refresh(row, with_for_update=True)
    if row.state not in states:
        raise AlreadySent("the mailing is on its way or has gone out")
    row.state, row.turn, row.reached = QUEUED, row.turn + 1, 0
    row.found = count_audience(session, row.edition_id, row.audience, row.side)
    row.sent_at, row.finished_at = now, None
    _note(session, row, act, now, actor_id, people=row.found)


def _spread_part(
    session: Session, number: int, writer_of: WriterOf, keys: AddressKeys, now: datetime
) -> int:
    # Locked, so that two workers do not take the same part, and cancelling waits for its end.
    locked = select(Mailing).where(Mailing.id == number, Mailing.state == QUEUED).with_for_update()
    row = session.exec(locked.execution_options(populate_existing=True)).first()
    if row is None:
        return 0
    edition = session.get_one(Edition, row.edition_id)
    people = readers(session, edition, row.audience, row.side, keys, after=row.reached, limit=BATCH)
    if not people:
        row.state = SENDING
        return 0
    earlier = _earlier(session, row, people)
    write = writer_of(edition, row)
    written = sum(
        _give(session, row, one, earlier, write, now)
        for one in with_counts(session, edition, people)
    )
    row.reached = people[-1].profile_id
    session.flush()
    return written


def _earlier(session: Session, row: Mailing, people: Sequence[Reader]) -> _Earlier:
    ids = [one.profile_id for one in people]
    found = session.exec(
        select(MailingRecipient, Mail)
        .outerjoin(Mail, col(Mail.id) == MailingRecipient.mail_id)
        .where(MailingRecipient.mailing_id == row.id, col(MailingRecipient.profile_id).in_(ids))
    )
    addresses = {one.address.casefold() for one in people}
    taken = session.exec(
        select(Mail.recipient).where(
            Mail.mailing_id == row.id,
            func.lower(Mail.recipient).in_(addresses),
            col(Mail.state).not_in(("refused", "bounced")),
        )
    )
    return _Earlier(
        {recipient.profile_id: (recipient, mail) for recipient, mail in found},
        {address.casefold() for address in taken},
    )


def _give(
    session: Session, row: Mailing, one: Reader, earlier: _Earlier, write: Write, now: datetime
) -> int:
    """Write one person's mail, or down why there is none; 1 if it is written."""
    recipient, mail = earlier.rows.get(one.profile_id, (None, None))
    if mail is not None and not _is_lost(mail):
        return 0
    why = one.left_out
    if not why and one.address.casefold() in earlier.addresses:
        why = SAME_ADDRESS
    if why and mail is not None:
        return 0
    if recipient is None:
        recipient = MailingRecipient(mailing_id=row.id, profile_id=one.profile_id)
        session.add(recipient)
    recipient.left_out = why
    if why:
        return 0
    written = queue(session, write, letter_of(row, one), now)
    if written is None:
        return 0
    earlier.addresses.add(one.address.casefold())
    recipient.mail_id = written.id
    session.flush()
    if mail is not None:
        session.delete(mail)
    return 1


def _is_lost(mail: Mail) -> bool:
    """Tell whether a mail is known not to have reached its reader."""
    return mail.state == "bounced" or (mail.state == "refused" and mail.problem != INTERRUPTED)


def letter_of(row: Mailing, one: Reader) -> Letter:
    """Make the letter of a mailing to one person, of its present turn."""
    return Letter(
        kind="mailing",
        event=f"{NOTICE}mailing:{row.id}:{one.profile_id}:{row.turn}",
        recipient=one.address,
        account_id=one.account_id,
        language=one.language,
        facts={
            "name": one.name,
            "name_native": one.name_native,
            "partners": str(one.partners),
            "meetings": str(one.meetings),
            "side": one.side,
        },
        mailing_id=row.id,
        profile_id=one.profile_id,
    )


def _note(
    session: Session,
    row: Mailing,
    act: str,
    now: datetime,
    actor_id: int | None,
    **after: int,
) -> None:
    about = Subject("mailing", row.id)
    audit.record(session, row.edition_id, act, about, now, actor_id=actor_id, after=after)
