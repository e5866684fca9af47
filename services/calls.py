"""Calls for proposals of an edition."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from models import Call

# A call whose deadline nobody has entered comes last.
BY_DEADLINE = (col(Call.deadline_at).is_(None), col(Call.deadline_at), col(Call.id))


def calls_of(session: Session, edition_id: int, now: datetime) -> Sequence[Call]:
    """List an edition's calls: the nearest deadline first, and those that have passed last."""
    query = select(Call).where(Call.edition_id == edition_id).order_by(*BY_DEADLINE)
    return sorted(session.exec(query), key=lambda call: not is_open(call, now))


def is_open(call: Call, now: datetime) -> bool:
    """Tell whether one may still apply, as far as is known."""
    return call.deadline_at is None or call.deadline_at > now


def ahead(now: datetime) -> ColumnElement[bool]:
    """Make the condition that a call's deadline has not passed."""
    return or_(col(Call.deadline_at).is_(None), col(Call.deadline_at) > now)
