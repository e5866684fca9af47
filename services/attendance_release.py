"""What happens to the meetings of people who do not come, or no longer take part."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_
from sqlmodel import Session, col, select

from models import Edition, Meeting
from services import audit
from services.audit import Subject
from services.mail import Write
from services.meeting_letters import CALLED_OFF, tell
from services.meeting_rules import ACCEPTED, PROPOSED, call_off


def meetings_to_come(
    session: Session, edition_id: int, profile_ids: Sequence[int], now: datetime
) -> list[Meeting]:
    """List the meetings still to come of some people."""
    theirs = or_(col(Meeting.left_id).in_(profile_ids), col(Meeting.right_id).in_(profile_ids))
    query = select(Meeting).where(
        Meeting.edition_id == edition_id,
        theirs,
        col(Meeting.state).in_((PROPOSED, ACCEPTED)),
        Meeting.starts_at > now,
    )
    return list(session.exec(query.order_by(col(Meeting.starts_at), col(Meeting.id))))


def release(
    session: Session,
    edition: Edition,
    profile_ids: Sequence[int],
    write: Write,
    now: datetime,
    *,
    actor_id: int | None = None,
) -> int:
    """Call off what people were still to meet, and tell those who were to meet them.

    Returns
    -------
    int
        How many meetings were called off; their times and tables are free.
    """
    gone = set(profile_ids)
    rows = meetings_to_come(session, edition.id, profile_ids, now)
    for row in rows:
        before = row.state
        call_off(row, now)
        session.flush()
        others = {row.left_id, row.right_id} - gone
        tell(session, write, row, CALLED_OFF, sorted(others), now)
        audit.record(
            session,
            edition.id,
            "released",
            Subject("meeting", row.id),
            now,
            actor_id=actor_id,
            before={"state": before},
            after={"state": row.state},
        )
    return len(rows)
