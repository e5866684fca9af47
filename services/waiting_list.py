"""Waiting for a place on a side that is full, and moving up when one is free."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from models import Edition, WaitingPlace
from services.places import sides_of
from services.places_free import queue


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody waits, and how many on their side are before them."""

    since: datetime
    before: int


def waiting_of(session: Session, edition: Edition, profile_id: int) -> Waiting | None:
    """Tell since when somebody waits for a place, and behind how many; None when they do not."""
    mine = session.exec(
        select(WaitingPlace).where(
            WaitingPlace.edition_id == edition.id, WaitingPlace.profile_id == profile_id
        )
    ).first()
    if mine is None:
        return None
    side = sides_of(session, edition.id, [profile_id]).get(profile_id)
    before = queue(edition.id, side).where(col(WaitingPlace.id) < mine.id)
    return Waiting(mine.since, len(session.exec(before).all()))


def stop_waiting(session: Session, edition_id: int, profile_ids: Sequence[int]) -> bool:
    """Take people off the waiting list; tells whether any of them was on it."""
    gone = session.execute(
        delete(WaitingPlace).where(
            col(WaitingPlace.edition_id) == edition_id,
            col(WaitingPlace.profile_id).in_(profile_ids),
        )
    )
    return bool(gone.rowcount)  # type: ignore[attr-defined] # a DELETE gives a CursorResult
