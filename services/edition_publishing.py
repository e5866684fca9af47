"""How an edition's state follows the publishing and the withdrawing of its rounds."""

from datetime import datetime
from typing import Literal

from sqlmodel import Session

from models import Edition
from services.editions import is_open

_OVER, _MATCHED, _PUBLISHED = "over", "matched", "published"


def follow_publishing(
    session: Session, edition: Edition, now: datetime, _actor_id: int | None
) -> Literal["still-open", "over"] | None:
    """Set an edition published; or tell why it cannot be."""
    if edition.state == _OVER:
        return "over"
    if is_open(edition, now) or edition.state == "draft":
        return "still-open"
    _set(session, edition, _PUBLISHED)
    return None


def follow_withdrawing(
    session: Session, edition: Edition, _now: datetime, _actor_id: int | None
) -> Literal["over"] | None:
    """Set an edition back to matched; or tell why it cannot be."""
    if edition.state == _OVER:
        return "over"
    _set(session, edition, _MATCHED)
    return None


def _set(session: Session, edition: Edition, state: str) -> None:
    edition.state = state
    session.add(edition)
    session.flush()
