"""Whose match somebody is: both said so, or both agreed to meet."""

from collections.abc import Collection
from functools import lru_cache

from sqlalchemy import ColumnElement, and_, exists, false, or_
from sqlmodel import Session, col, select

from models import Meeting, Profile
from services.mutual_interest import partners_query
from services.private_choices import hidden_from


# As hidden_from of services/private_choices.py: it takes longer to put together than to run.
@lru_cache(1000)
def matched(viewer_id: int | None) -> ColumnElement[bool]:
    """Make the condition that a ``Profile`` is somebody's match.

    Both are interested, or agreed on a meeting, and neither hid the other. Being paired by a round
    makes no match before both have agreed to meet.
    """
    if viewer_id is None:
        return false()
    interested = col(Profile.id).in_(partners_query(None, viewer_id).order_by(None))
    agreed = exists().where(
        col(Meeting.state) == "accepted",
        or_(
            and_(col(Meeting.left_id) == viewer_id, col(Meeting.right_id) == Profile.id),
            and_(col(Meeting.right_id) == viewer_id, col(Meeting.left_id) == Profile.id),
        ),
    )
    return or_(interested, and_(agreed, col(Profile.id).not_in(hidden_from(viewer_id))))


def matches_among(
    session: Session, viewer_id: int | None, profile_ids: Collection[int]
) -> frozenset[int]:
    """Tell which of some people are somebody's matches; one query."""
    query = select(Profile.id).where(col(Profile.id).in_(profile_ids), matched(viewer_id))
    return frozenset(session.exec(query))
