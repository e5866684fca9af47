"""What the two people of a meeting are told by mail: times in both clocks and a link, no more."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, select

from models import Account, Edition, Meeting, Profile
from services.mail import Letter, Write, post
from services.meeting_entries import entry_of

PROPOSAL, ANOTHER_TIME, AGREED = "meeting-proposed", "meeting-another-time", "meeting-agreed"
DECLINED, TIME_KEPT, CALLED_OFF = "meeting-declined", "meeting-time-kept", "meeting-cancelled"
_WITH_CALENDAR = {AGREED, CALLED_OFF}


def tell(
    session: Session,
    write: Write,
    meeting: Meeting,
    kind: str,
    profile_ids: Iterable[int],
    now: datetime,
) -> None:
    """Put a letter about a meeting into the queue for some of its people, in their language.

    Whoever was imported and has no account gets none. What is agreed or cancelled comes with a file
    for the calendar.
    """
    edition = session.get_one(Edition, meeting.edition_id)
    start = meeting.wish_starts_at or meeting.starts_at
    in_calendars = kind in _WITH_CALENDAR and meeting.left_agrees and meeting.right_agrees
    for profile_id in profile_ids:
        account = account_of(session, profile_id)
        if account is None:
            continue
        letter = Letter(
            kind=kind,
            event=f"{kind}:{meeting.id}:{profile_id}:{now.timestamp():.6f}",
            recipient=account.email,
            account_id=account.id,
            language=account.language,
            facts=facts_of(edition, start),
            place={"meeting_id": meeting.id},
            meeting=entry_of(session, meeting, profile_id) if in_calendars else None,
        )
        post(session, write, letter, now)


def account_of(session: Session, profile_id: int) -> Account | None:
    """Find the account of a profile; None for somebody who was imported."""
    query = select(Account).join(Profile).where(Profile.id == profile_id)
    return session.exec(query).first()


def facts_of(edition: Edition, start: datetime) -> dict[str, str]:
    """Give what a letter says of a meeting: when it starts, and on which clocks."""
    return {
        "start": start.isoformat(),
        "left_zone": edition.left_zone,
        "right_zone": edition.right_zone,
    }
