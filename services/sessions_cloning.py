"""Taking the sessions of an edition along into the next one, without anybody in them."""

import secrets
from datetime import datetime

from sqlmodel import Session, col, select

from models import Edition, EditionSession
from services.edition_dates import moved

_KEPT = (
    *("kind", "title_en", "title_ko", "text_en", "text_ko", "place", "link"),
    *("capacity", "audience"),
)


def clone_sessions(
    session: Session, source: Edition, target: Edition, days: int, now: datetime
) -> None:
    """Write an edition's sessions into another, moved by days on the left side's clock.

    What was cancelled stays behind.
    """
    query = (
        select(EditionSession)
        .where(EditionSession.edition_id == source.id, col(EditionSession.cancelled_at).is_(None))
        .order_by(col(EditionSession.id))
    )
    for row in session.exec(query).all():
        until, zone = row.sign_up_until, source.left_zone
        session.add(
            EditionSession(
                uid=secrets.token_hex(16),
                edition_id=target.id,
                **{name: getattr(row, name) for name in _KEPT},
                starts_at=moved(row.starts_at, days, zone),
                ends_at=moved(row.ends_at, days, zone),
                sign_up_until=moved(until, days, zone) if until else None,
                created_at=now,
                changed_at=now,
            )
        )
    session.flush()
