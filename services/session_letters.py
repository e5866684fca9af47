"""What people are told by mail of a session they signed up for: its title, both clocks, a link."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select

from models import Account, Edition, EditionSession, Profile
from services.mail import Letter, Write, post
from services.session_entries import entry_of

GOT_PLACE, CHANGED, CALLED_OFF = "session-place", "session-changed", "session-cancelled"
REMINDER = "session-reminder"


def tell_guests(
    session: Session,
    write: Write,
    row: EditionSession,
    kind: str,
    profile_ids: Collection[int],
    now: datetime,
) -> int:
    """Put a letter about a session into the queue for people; returns how many it were.

    Whoever was imported and has no account gets none. Who comes gets the file for the calendar.
    """
    if not profile_ids:
        return 0
    edition = session.get_one(Edition, row.edition_id)
    query = (
        select(Profile.id, Account)
        .join(Account, col(Account.id) == Profile.account_id)
        .where(col(Profile.id).in_(profile_ids))
        .order_by(col(Profile.id))
    )
    letters = [
        session_letter(edition, row, kind, profile_id, account, f"{now.timestamp():.6f}")
        for profile_id, account in session.exec(query)
    ]
    return sum(post(session, write, letter, now) for letter in letters)


def session_letter(
    edition: Edition,
    row: EditionSession,
    kind: str,
    profile_id: int,
    account: Account,
    once: str,
) -> Letter:
    """Make one letter; ``once`` tells this act from others of its kind."""
    return Letter(
        kind=kind,
        event=f"{kind}:{row.id}:{profile_id}:{once}",
        recipient=account.email,
        account_id=account.id,
        language=account.language,
        facts={
            "start": row.starts_at.isoformat(),
            "left_zone": edition.left_zone,
            "right_zone": edition.right_zone,
            "title_en": row.title_en,
            "title_ko": row.title_ko,
        },
        place={"session_id": row.id},
        meeting=None if kind == REMINDER else entry_of(edition, row),
    )
