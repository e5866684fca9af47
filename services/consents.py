"""Giving consent and withdrawing it, each with its line in the ledger and with its effect."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_
from sqlmodel import Session, col, select

from models import Account, Consent, ConsentEvent, Mail, Profile
from services.consents_reading import (
    CONTACT,
    GENDER,
    MAILS,
    MATCHING,
    OVERSEAS,
    SHOWING,
    STATISTICS,
    consents_of,
)
from services.editions import leave_open_editions
from services.landscape import redraw_without
from services.mail import NOTICE
from services.profiles import own_profile, unpublish

LEGAL_VERSION = "2026-11-23"
"""The version of the legal texts that are shown now."""

WORDINGS: Mapping[str, str] = {
    MATCHING: "2026-11-23",
    SHOWING: "2026-11-23",
    OVERSEAS: "2026-11-23",
    CONTACT: "2026-11-23",
    MAILS: "2026-11-23",
    STATISTICS: "2026-11-23",
    GENDER: "2026-11-23",
}
"""Each purpose that people are asked for, with the version of its wording."""

NEEDED = (MATCHING, OVERSEAS)
"""Without these nobody can be brought together with the other side."""

_NOTICES = (
    NOTICE,
    "meeting-from-round:",
    "meeting-reminder:",
    "meeting-review:",
    "meeting-outcome:",
)
"""How the events of mails begin that need the consent to mails."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How an account stands to one purpose.

    Parameters
    ----------
    given_at
        Since when the consent is in force; None when it is not.
    again
        Whether the wording has changed since.
    """

    purpose: str
    given_at: datetime | None
    again: bool


def is_notice(event: str) -> bool:
    """Tell whether the mail of an event needs the consent to mails."""
    return event.startswith(_NOTICES)


def standings(session: Session, account_id: int) -> tuple[Standing, ...]:
    """Tell how an account stands to every purpose; one query."""
    found = consents_of(session, account_id)
    return tuple(_standing(purpose, found.get(purpose)) for purpose in WORDINGS)


def ledger(session: Session, account_id: int) -> Sequence[ConsentEvent]:
    """List everything that an account gave and withdrew, the latest first."""
    query = select(ConsentEvent).where(ConsentEvent.account_id == account_id)
    return session.exec(query.order_by(col(ConsentEvent.id).desc())).all()


def missing(session: Session, account_id: int) -> tuple[str, ...]:
    """List what is needed to take part and not consented to."""
    found = consents_of(session, account_id)
    return tuple(purpose for purpose in NEEDED if purpose not in found)


def give(
    session: Session, account_id: int, purposes: Iterable[str], language: str, now: datetime
) -> None:
    """Write down that somebody consents to the present wordings.

    What is in force in that wording already is not given a second time.

    Parameters
    ----------
    language
        In which the wordings were shown.

    Raises
    ------
    KeyError
        For a purpose that nobody is asked for.
    """
    for purpose in purposes:
        version = WORDINGS[purpose]
        row = session.get(Consent, (account_id, purpose))
        if row is not None and row.version == version:
            continue
        if row is None:
            row = Consent(account_id=account_id, purpose=purpose, version=version, given_at=now)
        row.version, row.given_at = version, now
        session.add(row)
        _note(session, account_id, purpose, version, language, now, given=True)
    session.flush()


def withdraw(
    session: Session, account_id: int, purposes: Iterable[str], language: str, now: datetime
) -> None:
    """Write down that somebody withdraws, and let it have its effect in the same transaction."""
    for purpose in purposes:
        row = session.get(Consent, (account_id, purpose))
        if row is None:
            continue
        _note(session, account_id, purpose, row.version, language, now, given=False)
        session.delete(row)
        session.flush()
        effect = _EFFECTS.get(purpose)
        if effect is not None:
            effect(session, account_id, now)
    session.flush()


def note_terms(session: Session, account: Account, language: str, now: datetime) -> None:
    """Write down that somebody was told of the present legal texts."""
    account.legal_seen = LEGAL_VERSION
    _note(session, account.id, "terms", LEGAL_VERSION, language, now, given=True)
    session.flush()


def _standing(purpose: str, row: Consent | None) -> Standing:
    if row is None:
        return Standing(purpose, None, again=False)
    return Standing(purpose, row.given_at, again=row.version != WORDINGS[purpose])


def _note(
    session: Session,
    account_id: int,
    purpose: str,
    version: str,
    language: str,
    now: datetime,
    *,
    given: bool,
) -> None:
    line = ConsentEvent(
        account_id=account_id,
        purpose=purpose,
        given=given,
        version=version,
        language=language,
        at=now,
    )
    session.add(line)


def _leave(session: Session, account_id: int, now: datetime) -> None:
    """Take a person out of what is still open; rounds and lists leave them out by themselves."""
    profile = own_profile(session, account_id)
    if profile is not None:
        redraw_without(session, [profile.id])
        leave_open_editions(session, profile.id, now)


def _hide(session: Session, account_id: int, now: datetime) -> None:
    profile = own_profile(session, account_id)
    if profile is not None and profile.published_at is not None:
        redraw_without(session, [profile.id])
        unpublish(session, profile, now)


def _forget_gender(session: Session, account_id: int, _now: datetime) -> None:
    profile: Profile | None = own_profile(session, account_id)
    if profile is not None:
        profile.gender = None


def _drop_notices(session: Session, account_id: int, _now: datetime) -> None:
    event = col(Mail.event)
    notice = or_(*(event.startswith(begin) for begin in _NOTICES))
    waiting = col(Mail.account_id) == account_id, col(Mail.state) == "waiting"
    session.execute(delete(Mail).where(*waiting, notice))


_EFFECTS: Mapping[str, Callable[[Session, int, datetime], None]] = {
    MATCHING: _leave,
    OVERSEAS: _leave,
    SHOWING: _hide,
    GENDER: _forget_gender,
    MAILS: _drop_notices,
}
"""What withdrawing does at once; a purpose that is not here is asked for wherever it is used."""
