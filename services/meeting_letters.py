"""What the two people of a meeting are told by mail: times in both clocks and a link, no more."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from models import Account, Edition, Meeting, Profile
from services.consents_reading import MAILS, consented
from services.mail import Letter, Write, post
from services.meeting_entries import entry_of

PROPOSAL, ANOTHER_TIME, AGREED = "meeting-proposed", "meeting-another-time", "meeting-agreed"
DECLINED, TIME_KEPT, CALLED_OFF = "meeting-declined", "meeting-time-kept", "meeting-cancelled"
FROM_ROUND, REMOVED = "meeting-from-round", "meeting-removed"
_WITH_CALENDAR = {AGREED, CALLED_OFF, REMOVED}


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


def tell_of_round(
    session: Session, write: Write, edition: Edition, meetings: Sequence[Meeting], now: datetime
) -> int:
    """Tell both people of every meeting that a round proposed, once; returns how many letters.

    Only whoever consents to mails gets one: the proposal waits on the pages for the others.
    """
    by_person = _who_wants_mails(
        session, {one for row in meetings for one in (row.left_id, row.right_id)}
    )
    letters = [
        Letter(
            kind=FROM_ROUND,
            event=f"{FROM_ROUND}:{row.id}:{profile_id}",
            recipient=by_person[profile_id].email,
            account_id=by_person[profile_id].id,
            language=by_person[profile_id].language,
            facts=facts_of(edition, row.starts_at),
            place={"meeting_id": row.id},
        )
        for row in meetings
        for profile_id in (row.left_id, row.right_id)
        if profile_id in by_person
    ]
    return sum(post(session, write, letter, now) for letter in letters)


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


def _who_wants_mails(session: Session, profile_ids: Iterable[int]) -> dict[int, Account]:
    query = (
        select(Profile.id, Account)
        .join(Account, col(Account.id) == Profile.account_id)
        .where(col(Profile.id).in_(profile_ids), consented(MAILS))
    )
    return dict(session.exec(query).all())
