"""The letters to invited people, each once, with a link that proves its reader's address."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import col, select

from models import Edition, Participation, Profile
from models.database import SessionMaker
from services.accounts import Desk
from services.accounts_tokens import Purpose
from services.mail import Letter, post

INVITATION = Purpose("invitation", timedelta(days=90))
AT_ONCE = 50
_KOREA = "KR"


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
