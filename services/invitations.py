"""Inviting imported people by mail: asked for by an organiser, written by the worker.

The letter has a link that proves its reader to own the imported address. With it the profile is
taken over, or deleted, and nothing else is opened.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, update
from sqlmodel import Session, col, select

from models import Account, Edition, Participation, Profile
from models.database import SessionMaker
from services import audit
from services.accounts import Desk, add_account, find_account
from services.accounts_passwords import check_password
from services.accounts_tokens import LinkDead, Purpose
from services.audit import Subject
from services.mail import Letter, post
from services.profiles_claims import delete_imported, hand_over

INVITATION = Purpose("invitation", timedelta(days=90))
AT_ONCE = 50
_NAMED_IN_LOG = 200
_KOREA = "KR"


@dataclass(frozen=True, slots=True)
class Invitation:
    """What an invitation's link is about: a profile that nobody owns yet, and for which edition."""

    profile: Profile
    edition: Edition


def may_be_invited() -> tuple[ColumnElement[bool], ...]:
    """Make the conditions that somebody with a place can be invited and was not yet."""
    return (
        col(Profile.account_id).is_(None),
        col(Profile.confirmed_at).is_(None),
        col(Profile.email) != "",
        col(Participation.invite_asked_at).is_(None),
    )


def uninvited(session: Session, edition_id: int) -> int:
    """Count whom an invitation to all would reach; one query."""
    query = (
        select(func.count())
        .select_from(Participation)
        .join(Profile, col(Profile.id) == Participation.profile_id)
        .where(Participation.edition_id == edition_id, *may_be_invited())
    )
    return session.exec(query).one()


def invite(
    session: Session,
    edition: Edition,
    now: datetime,
    *,
    profile_ids: Sequence[int] | None = None,
    actor_id: int | None = None,
) -> int:
    """Have people invited: some, or all who were not yet. Wake the registrants' worker.

    Passed over are those who have an account, no address, or were invited before.

    Returns
    -------
    int
        How many letters will go out.
    """
    query = (
        select(Participation.id, Participation.profile_id)
        .join(Profile, col(Profile.id) == Participation.profile_id)
        .where(Participation.edition_id == edition.id, *may_be_invited())
    )
    if profile_ids is not None:
        query = query.where(col(Profile.id).in_(profile_ids))
    found = session.exec(query.order_by(col(Participation.id))).all()
    if not found:
        return 0
    every = [place for place, _ in found]
    for start in range(0, len(every), 500):
        some = col(Participation.id).in_(every[start : start + 500])
        session.execute(update(Participation).where(some).values(invite_asked_at=now))
    after: dict[str, object] = {"count": len(found)}
    if len(found) <= _NAMED_IN_LOG:
        after["profiles"] = [person for _, person in found]
    subject = Subject("registrant", found[0][1] if len(found) == 1 else None)
    audit.record(session, edition.id, "invited", subject, now, actor_id=actor_id, after=after)
    return len(found)


def write_invitations(
    sessions: SessionMaker,
    desk: Desk,
    clock: Callable[[], datetime],
    stopping: Callable[[], bool] = lambda: False,
) -> int:
    """Write the letters that were asked for, some at a time; returns how many.

    Each letter and the note that it is written are one transaction, and an address is written to
    once an edition, so that whoever kills the worker loses and doubles nothing.
    """
    written = 0
    while not stopping():
        with sessions() as session:
            some = session.exec(
                select(Participation, Profile, Edition)
                .join(Profile, col(Profile.id) == Participation.profile_id)
                .join(Edition, col(Edition.id) == Participation.edition_id)
                .where(
                    col(Participation.invite_asked_at).is_not(None),
                    col(Participation.invited_at).is_(None),
                )
                .order_by(col(Participation.id))
                .limit(AT_ONCE)
            ).all()
            if not some:
                return written
            now = clock()
            for place, profile, edition in some:
                place.invited_at = now
                if profile.account_id is None and profile.email:
                    letter = _letter(desk, profile, edition, now)
                    written += post(session, desk.write, letter, now)
            session.commit()
    return written


def read_invitation(session: Session, desk: Desk, token: str, now: datetime) -> Invitation:
    """Find what an invitation's link is about.

    Raises
    ------
    LinkDead
        Also when somebody owns the profile by now, it is gone, or its address is another.
    """
    facts = desk.tokens.unseal(INVITATION, token, now)
    if len(facts) != 3:
        raise LinkDead("this link is not complete")
    profile = session.get(Profile, int(facts[0]))
    edition = session.get(Edition, int(facts[1]))
    free = profile is not None and profile.account_id is None and profile.confirmed_at is None
    if profile is None or edition is None or not free or profile.email != facts[2]:
        raise LinkDead("the profile was taken over or deleted, or its address changed")
    return Invitation(profile, edition)


def open_account(
    session: Session,
    desk: Desk,
    invitation: Invitation,
    password: str,
    language: str | None,
    now: datetime,
) -> Account:
    """Open an account at the invited address, and give it the profile.

    An account that waits at this address unconfirmed loses the password that a stranger may have
    chosen for it.

    Raises
    ------
    WeakPassword
    LinkDead
        When the address has an account by now: its owner signs in.
    """
    address = invitation.profile.email
    check_password(password, address)
    account = find_account(session, address)
    if account is not None and account.confirmed_at is not None:
        raise LinkDead("the address has an account by now: sign in")
    hashed = desk.passwords.hash(password)
    if account is None:
        account = add_account(session, Account(email=address, password_hash=hashed, created_at=now))
    account.password_hash, account.confirmed_at = hashed, now
    account.language = account.language or language
    account.session_epoch += 1
    session.flush()
    accept(session, account, invitation, now)
    return account


def accept(session: Session, account: Account, invitation: Invitation, now: datetime) -> Profile:
    """Give the invited profile to an account; the link proves its owner's right, not the address.

    Where the account has a profile, that one takes what the imported one says, as
    ``profiles_claims.take_over`` does.
    """
    return hand_over(session, account, invitation.profile, now)


def refuse(session: Session, invitation: Invitation, now: datetime) -> None:
    """Delete the invited profile, as its person wishes. Wake the registrants' worker."""
    subject = Subject("registrant", invitation.profile.id)
    audit.record(session, invitation.edition.id, "refused", subject, now, actor_id=None)
    delete_imported(session, invitation.profile)


def language_of(profile: Profile) -> str:
    """Say in which language somebody without an account is written to first."""
    return "ko" if profile.country == _KOREA else "en"


def _letter(desk: Desk, profile: Profile, edition: Edition, now: datetime) -> Letter:
    facts = [str(profile.id), str(edition.id), profile.email]
    address = hashlib.sha256(profile.email.encode()).hexdigest()[:20]
    return Letter(
        kind="invitation",
        event=f"invitation:{edition.id}:{address}",
        recipient=profile.email,
        language=language_of(profile),
        token=desk.tokens.seal(INVITATION, facts, now),
        facts={
            "name": profile.name,
            "name_native": profile.name_native,
            "name_en": edition.name_en,
            "name_ko": edition.name_ko,
        },
    )
