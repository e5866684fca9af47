"""Telling people that a meeting of theirs is cancelled because the other is no longer there."""

from datetime import datetime

from sqlalchemy import delete, or_
from sqlmodel import Session, col, select

from models import Edition, Mail, Meeting
from services.mail import Letter, Write, post
from services.meeting_letters import account_of, facts_of
from services.meeting_rules import partner_id

_STANDING = ("proposed", "accepted")


def tell_partners(session: Session, write: Write, profile_id: int, now: datetime) -> None:
    """Tell everybody who was to meet somebody, in letters without a name.

    Call it before the profile is deleted, and its meetings with it.
    """
    mine = or_(col(Meeting.left_id) == profile_id, col(Meeting.right_id) == profile_id)
    for meeting in session.exec(select(Meeting).where(mine)).all():
        # What was written about this meeting before may name the person.
        session.exec(delete(Mail).where(col(Mail.event).like(f"meeting-%:{meeting.id}:%")))
        if meeting.state not in _STANDING or meeting.ends_at <= now:
            continue
        other = account_of(session, partner_id(meeting, profile_id))
        if other is None:
            continue
        edition = session.get_one(Edition, meeting.edition_id)
        letter = Letter(
            kind="meeting-gone",
            event=f"meeting-gone:{meeting.id}",
            recipient=other.email,
            account_id=other.id,
            language=other.language,
            facts=facts_of(edition, meeting.starts_at),
        )
        post(session, write, letter, now)
