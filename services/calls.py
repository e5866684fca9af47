"""Calls for proposals of an edition."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from models import Call


def calls_of(session: Session, edition_id: int) -> Sequence[Call]:
    """List an edition's calls, the nearest deadline first."""
    query = select(Call).where(Call.edition_id == edition_id).order_by(col(Call.deadline_at))
    return session.exec(query).all()
