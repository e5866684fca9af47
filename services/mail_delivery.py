"""Sending what waits: each mail is claimed, handed over in two steps, and its end written down.

A mail is ``sending`` while a connection is made and the text goes over: whoever dies here has sent
nothing, and the mail waits again. It is ``handing`` from just before the line that ends it, and
only if the claim still stands. Whoever dies there may have sent it, so nobody does it again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from models import Mail
from services.mail import FAREWELL, INTERRUPTED, KEPT, MailDeferred, MailRefused

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720))
CLAIM_LASTS = timedelta(minutes=2)
AT_ONCE = 100
_NO_TEXT = {"body": "", "calendar_file": "", "unsubscribe_link": ""}

Sessions = Callable[[], Session]
HandOver = Callable[[], None]


class ClaimLost(Exception):
    """Another worker has this mail by now: do not end it."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A mail as a server is to get it."""

    id: int
    recipient: str
    subject: str
    body: str
    calendar_file: str = ""
    unsubscribe_link: str = ""


@dataclass(frozen=True)
class Delivery:
    """How many mails a run of the worker sent, put off, and gave up."""

    sent: int = 0
    put_off: int = 0
    given_up: int = 0
    reachable: bool = True

    @property
    def total(self) -> int:
        """How many mails the run took in hand."""
        return self.sent + self.put_off + self.given_up


@dataclass(frozen=True, slots=True)
class _Claim:
    mail: Outgoing
    attempt: int
    event: str


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of a mail: a field of ``Delivery``, and the values of its row."""

    name: str
    values: dict[str, Any]


Send = Callable[[Outgoing, HandOver], None]


def deliver_waiting(sessions: Sessions, send: Send, now: datetime) -> Delivery:
    """Send the mails that are due: those of single acts first, then mailings, oldest first.

    Parameters
    ----------
    sessions
        Makes sessions; this is the one service that commits, because what the mail server was
        handed cannot be taken back.
    send
        ``send(mail, hand_over)`` calls ``hand_over`` just before what cannot be taken back. It
        raises MailRefused or MailDeferred for this mail alone, and OSError when the server is out
        of reach, which ends the run.
    """
    with sessions() as session:
        _look_after_the_interrupted(session, now)
        _forget_texts(session, now)
        due = select(Mail.id).where(Mail.state == "waiting", Mail.next_attempt_at <= now)
        order = (col(Mail.mailing_id).is_not(None), col(Mail.next_attempt_at), col(Mail.id))
        numbers = list(session.exec(due.order_by(*order).limit(AT_ONCE)))
        session.commit()
    counts = {"sent": 0, "put_off": 0, "given_up": 0}
    reachable = True
    for number in numbers:
        outcome, reachable = _deliver(sessions, send, number, now)
        if outcome:
            counts[outcome] += 1
        if not reachable:
            break
    return Delivery(**counts, reachable=reachable)


def release_claims(session: Session) -> None:
    """Let mails wait again that a dead worker had not begun to hand over; at a worker's start.

    One that is alive and loses its claim by this does not hand over.
    """
    session.execute(update(Mail).where(col(Mail.state) == "sending").values(state="waiting"))


def _deliver(sessions: Sessions, send: Send, number: int, now: datetime) -> tuple[str, bool]:
    with sessions() as session:
        claim = _claim(session, number, now)
        session.commit()
    if claim is None:
        return "", True

    def hand_over() -> None:
        with sessions() as session:
            begun = {"state": "handing", "next_attempt_at": now}
            if not _move(session, claim, ("sending",), begun):
                raise ClaimLost
            session.commit()

    outcome, reachable = _try(sessions, send, claim, hand_over, now)
    if outcome is None:
        return "", True
    with sessions() as session:
        _end(session, claim, outcome)
        session.commit()
    return outcome.name, reachable


def _try(
    sessions: Sessions, send: Send, claim: _Claim, hand_over: HandOver, now: datetime
) -> tuple[_Outcome | None, bool]:
    """Send one mail; say what became of it, and whether the server is there for the next one."""
    try:
        send(claim.mail, hand_over)
    except ClaimLost:
        return None, True
    except MailRefused as error:
        gone = {"state": "refused", "problem": str(error)[:300]}
        return _Outcome("given_up", gone | _NO_TEXT), True
    except MailDeferred as error:
        return _put_off(claim, str(error), now), True
    except OSError as error:
        return _cut_off(sessions, claim, str(error) or type(error).__name__, now), False
    sent = {"state": "sent", "sent_at": now, "problem": ""}
    return _Outcome("sent", sent | _NO_TEXT), True


def _claim(session: Session, number: int, now: datetime) -> _Claim | None:
    # One statement, so that of two workers only one gets the mail.
    taken = (
        update(Mail)
        .where(col(Mail.id) == number, col(Mail.state) == "waiting")
        .values(state="sending", attempts=col(Mail.attempts) + 1, next_attempt_at=now)
    )
    if not session.exec(taken).rowcount:
        return None
    row = session.exec(select(Mail).where(Mail.id == number)).one()
    mail = Outgoing(
        row.id, row.recipient, row.subject, row.body, row.calendar_file, row.unsubscribe_link
    )
    return _Claim(mail, row.attempts, row.event)


def _move(session: Session, claim: _Claim, states: tuple[str, ...], values: Any) -> bool:  # noqa: ANN401 - columns of every type
    """Change a mail's row if the claim still stands: nobody else has tried since."""
    mine = (
        col(Mail.id) == claim.mail.id,
        col(Mail.attempts) == claim.attempt,
        col(Mail.state).in_(states),
    )
    return bool(session.exec(update(Mail).where(*mine).values(**values)).rowcount)


def _put_off(claim: _Claim, problem: str, now: datetime) -> _Outcome:
    told: dict[str, Any] = {"problem": problem[:300]}
    if claim.attempt > len(PAUSES):
        return _Outcome("given_up", told | {"state": "refused", "calendar_file": ""})
    pause = PAUSES[claim.attempt - 1]
    return _Outcome("put_off", told | {"state": "waiting", "next_attempt_at": now + pause})


def _cut_off(sessions: Sessions, claim: _Claim, problem: str, now: datetime) -> _Outcome:
    """Put a mail off whose server went away, unless it may have it already."""
    with sessions() as session:
        state = session.exec(select(Mail.state).where(Mail.id == claim.mail.id)).first()
        session.commit()
    if state == "handing":
        return _Outcome("given_up", {"state": "refused", "problem": INTERRUPTED})
    return _put_off(claim, problem, now)


def _end(session: Session, claim: _Claim, outcome: _Outcome) -> None:
    if outcome.name != "put_off" and claim.event.startswith(FAREWELL):
        session.exec(delete(Mail).where(col(Mail.id) == claim.mail.id))
        return
    # A slow one, whom others took for dead while it was handing over, knows better than they.
    _move(session, claim, ("sending", "handing", "refused"), outcome.values)


def _look_after_the_interrupted(session: Session, now: datetime) -> None:
    """Let wait again what was not handed over, and give up what may have been."""
    silent = col(Mail.next_attempt_at) <= now - CLAIM_LASTS
    for state, values in (
        ("sending", {"state": "waiting"}),
        ("handing", {"state": "refused", "problem": INTERRUPTED}),
    ):
        session.exec(update(Mail).where(col(Mail.state) == state, silent).values(**values))


def _forget_texts(session: Session, now: datetime) -> None:
    # A link in the text has expired by then, and nobody needs it any more.
    old = col(Mail.state) == "refused", col(Mail.created_at) <= now - KEPT
    session.exec(update(Mail).where(*old).values(**_NO_TEXT))
