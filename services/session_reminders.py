"""Reminders of the sessions that people signed up for; each is posted once by its event's name."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from models import Account, Calendar, Edition, EditionSession, Mail, Profile, SessionPlace
from services.consents_reading import MAILS, consented
from services.mail import Letter, Write, post
from services.session_letters import REMINDER, session_letter
from services.session_times import COMING


def remind_of_sessions(
    session: Session, write: Write, before: Sequence[timedelta], now: datetime
) -> int:
    """Post the reminders that are due; returns how many.

    Parameters
    ----------
    before
        How long before a session one is reminded; whoever signed up later than that is not.
    """
    if not before:
        return 0
    query = (
        select(EditionSession, Edition, SessionPlace, Account)
        .join(Edition, col(Edition.id) == EditionSession.edition_id)
        .join(SessionPlace, col(SessionPlace.session_id) == EditionSession.id)
        .join(Profile, col(Profile.id) == SessionPlace.profile_id)
        .join(Account, col(Account.id) == Profile.account_id)
        .outerjoin(Calendar, col(Calendar.profile_id) == Profile.id)
        .where(
            SessionPlace.state == COMING,
            col(EditionSession.starts_at) > now,
            col(EditionSession.starts_at) <= now + max(before),
            col(Calendar.reminders).is_not(False),
            consented(MAILS),
        )
        .order_by(col(EditionSession.starts_at), col(SessionPlace.id))
    )
    letters: dict[str, Letter] = {}
    for row, edition, place, account in session.exec(query).all():
        ahead = next(one for one in sorted(before) if row.starts_at - one <= now)
        if max(place.asked_at, row.changed_at) <= row.starts_at - ahead:
            once = f"{row.sequence}:{round(ahead / timedelta(hours=1))}"
            letter = session_letter(edition, row, REMINDER, place.profile_id, account, once)
            letters[letter.event] = letter
    known = set(session.exec(select(Mail.event).where(col(Mail.event).in_(letters))))
    fresh = [letter for event, letter in letters.items() if event not in known]
    return sum(post(session, write, letter, now) for letter in fresh)
