"""Whom a mailing is for: groups of an edition's participants, as conditions of queries."""

from collections.abc import Callable, Mapping

from sqlalchemy import ColumnElement, and_, exists, func, or_, true
from sqlmodel import Session, col, select

from models import (
    EditionCountry,
    Meeting,
    Pairing,
    Participation,
    Profile,
    Round,
    WaitingPlace,
)
from services.consents_reading import may_be_paired
from services.meeting_rules import ACCEPTED, PROPOSED

WAITING = "waiting"
Condition = Callable[[int], ColumnElement[bool]]


def _everybody(_edition_id: int) -> ColumnElement[bool]:
    return true()


def _unconfirmed(_edition_id: int) -> ColumnElement[bool]:
    return col(Profile.confirmed_at).is_(None)


def _unagreed(_edition_id: int) -> ColumnElement[bool]:
    return ~may_be_paired()


def _published(edition_id: int) -> ColumnElement[bool]:
    return _on_either_side(Pairing, col(Pairing.round_id) == _published_round(edition_id))


def _unpaired(edition_id: int) -> ColumnElement[bool]:
    return ~_published(edition_id)


def _meeting(edition_id: int) -> ColumnElement[bool]:
    return _on_either_side(
        Meeting, and_(col(Meeting.edition_id) == edition_id, col(Meeting.state) == ACCEPTED)
    )


def _no_meeting(edition_id: int) -> ColumnElement[bool]:
    return ~_on_either_side(Meeting, _standing(edition_id))


def _unplaced(edition_id: int) -> ColumnElement[bool]:
    placed = exists().where(
        _standing(edition_id),
        col(Meeting.left_id) == Pairing.left_id,
        col(Meeting.right_id) == Pairing.right_id,
    )
    here = col(Pairing.round_id) == _published_round(edition_id)
    return _on_either_side(Pairing, and_(here, ~placed))


def _place(edition_id: int) -> ColumnElement[bool]:
    return exists().where(
        col(Participation.edition_id) == edition_id,
        col(Participation.profile_id) == Profile.id,
    )


def _waiting(edition_id: int) -> ColumnElement[bool]:
    return exists().where(
        col(WaitingPlace.edition_id) == edition_id,
        col(WaitingPlace.profile_id) == Profile.id,
    )


def _checked_in(edition_id: int) -> ColumnElement[bool]:
    return exists().where(
        col(Participation.edition_id) == edition_id,
        col(Participation.profile_id) == Profile.id,
        col(Participation.checked_in_at).is_not(None),
    )


def _no_show(edition_id: int) -> ColumnElement[bool]:
    return exists().where(
        col(Participation.edition_id) == edition_id,
        col(Participation.profile_id) == Profile.id,
        col(Participation.no_show_at).is_not(None),
    )


GROUPS: Mapping[str, Condition] = {
    "everybody": _everybody,
    "unconfirmed": _unconfirmed,
    "unagreed": _unagreed,
    "published": _published,
    "unpaired": _unpaired,
    "meeting": _meeting,
    "no-meeting": _no_meeting,
    "unplaced": _unplaced,
    "checked-in": _checked_in,
    "no-show": _no_show,
    WAITING: _waiting,
}
"""Each group that a mailing can be for, with its condition on a ``Profile``."""


def audience(edition_id: int, group: str, side: str) -> ColumnElement[bool]:
    """Make the condition that a ``Profile`` is among those whom a mailing is for.

    Parameters
    ----------
    group
        One of ``GROUPS``.
    side
        "left", "right", or "both", which counts those too whose country is on neither.
    """
    # Whoever waits has no place yet; all other groups are of people who have one.
    conditions = [GROUPS[group](edition_id)]
    if group != WAITING:
        conditions.append(_place(edition_id))
    if side != "both":
        conditions.append(
            exists()
            .where(
                col(EditionCountry.edition_id) == edition_id,
                col(EditionCountry.country) == Profile.country,
                col(EditionCountry.side) == side,
            )
            .correlate(Profile)
        )
    return and_(*conditions)


def group_counts(session: Session, edition_id: int) -> dict[str, int]:
    """Count the people of every group; one query."""
    counts = [func.count().filter(audience(edition_id, name, "both")) for name in GROUPS]
    query = select(*counts).select_from(Profile)
    row = session.execute(query.where(or_(_place(edition_id), _waiting(edition_id)))).one()
    return dict(zip(GROUPS, row, strict=True))


def count_audience(session: Session, edition_id: int, group: str, side: str) -> int:
    """Count the people of a group on a side."""
    query = select(func.count()).select_from(Profile)
    return session.exec(query.where(audience(edition_id, group, side))).one()


def _published_round(edition_id: int) -> ColumnElement[int]:
    query = select(func.max(Round.id)).where(
        Round.edition_id == edition_id,
        col(Round.published_at).is_not(None),
        col(Round.withdrawn_at).is_(None),
    )
    return query.scalar_subquery()


def _standing(edition_id: int) -> ColumnElement[bool]:
    return and_(col(Meeting.edition_id) == edition_id, col(Meeting.state).in_((ACCEPTED, PROPOSED)))


def _on_either_side(
    table: type[Pairing] | type[Meeting], condition: ColumnElement[bool]
) -> ColumnElement[bool]:
    left, right = (select(side).where(condition) for side in (table.left_id, table.right_id))
    return or_(col(Profile.id).in_(left), col(Profile.id).in_(right))
