"""Whose match somebody is: both said so, or both agreed to meet."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, exists, false, or_
from sqlalchemy.orm import Mapped, aliased
from sqlmodel import Session, col, select

from models import Exclusion, Meeting, Profile, Reaction

_INTERESTED = "interested"


def matched(viewer_id: int | None) -> ColumnElement[bool]:
    """Make the condition that a ``Profile`` is somebody's match.

    Both are interested in the same edition, or agreed on a meeting, and neither has excluded the
    other since. Being paired by a round makes no match before both have agreed to meet.
    """
    if viewer_id is None:
        return false()
    me, other = viewer_id, col(Profile.id)
    excluded = exists().where(
        or_(
            and_(col(Exclusion.profile_id) == me, col(Exclusion.other_id) == other),
            and_(col(Exclusion.profile_id) == other, col(Exclusion.other_id) == me),
        )
    )
    return and_(or_(_both_interested(me, other), _meet(me, other)), ~excluded)


def matches_among(
    session: Session, viewer_id: int | None, profile_ids: Collection[int]
) -> frozenset[int]:
    """Tell which of some people are somebody's matches; one query."""
    query = select(Profile.id).where(col(Profile.id).in_(profile_ids), matched(viewer_id))
    return frozenset(session.exec(query))


def _both_interested(me: int, other: Mapped[int]) -> ColumnElement[bool]:
    mine, theirs = aliased(Reaction), aliased(Reaction)
    return exists().where(
        col(mine.profile_id) == me,
        col(mine.other_id) == other,
        col(mine.kind) == _INTERESTED,
        col(theirs.profile_id) == other,
        col(theirs.other_id) == me,
        col(theirs.kind) == _INTERESTED,
        col(theirs.edition_id) == mine.edition_id,
    )


def _meet(me: int, other: Mapped[int]) -> ColumnElement[bool]:
    return exists().where(
        col(Meeting.state) == "accepted",
        or_(
            and_(col(Meeting.left_id) == me, col(Meeting.right_id) == other),
            and_(col(Meeting.right_id) == me, col(Meeting.left_id) == other),
        ),
    )
