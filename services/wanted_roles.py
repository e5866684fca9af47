"""Whom a coordinator looks for, for a call: said by them, read by participants they fit."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, exists, or_
from sqlmodel import Session, col, delete, select

from models import Call, Exclusion, Participation, Profile, WantedRole
from services.calls import is_open
from services.errors import NotAllowed, NotFound
from services.profile_values import BadValue, texts
from services.visibility import Viewer, visible_in

MOST_ROLES = 8


def own_roles(session: Session, call_id: int, profile_id: int) -> Sequence[WantedRole]:
    """List the roles that one person looks for, in their order."""
    query = select(WantedRole).where(
        WantedRole.call_id == call_id, WantedRole.profile_id == profile_id
    )
    return session.exec(query.order_by(col(WantedRole.position))).all()


def set_roles(
    session: Session,
    call: Call,
    profile_id: int,
    roles: list[str],
    side: str | None,
    now: datetime,
) -> None:
    """Replace the roles that one person looks for; none withdraws them all.

    Parameters
    ----------
    side
        Where the roles are to be taken: "left", "right", or None for either.

    Raises
    ------
    NotAllowed
        When the person takes no part in the call's edition, or the deadline has passed.
    BadValue
        When there are too many roles, or one is too long.
    """
    takes_part = exists().where(
        col(Participation.edition_id) == call.edition_id,
        col(Participation.profile_id) == profile_id,
    )
    if not session.exec(select(takes_part)).one():
        raise NotAllowed("Only participants of the edition look for partners in its calls.")
    clean = texts(roles)
    if clean and not is_open(call, now):
        raise NotAllowed("The deadline of this call has passed.")
    if len(clean) > MOST_ROLES:
        raise BadValue("too-many-items", limit=MOST_ROLES, length=len(clean))
    session.exec(
        delete(WantedRole).where(
            col(WantedRole.call_id) == call.id, col(WantedRole.profile_id) == profile_id
        )
    )
    session.add_all(
        WantedRole(
            call_id=call.id,
            profile_id=profile_id,
            position=position,
            text=text,
            side=side,
            created_at=now,
        )
        for position, text in enumerate(clean)
    )
    session.flush()


def shown_roles(
    session: Session, edition_id: int, viewer: Viewer, call_ids: Sequence[int], side: str
) -> Sequence[WantedRole]:
    """List others' roles that somebody of a side may take, by people who are shown to them.

    Whoever has hidden the viewer, or was hidden by them, is left out.
    """
    me = viewer.profile_id
    hidden = exists().where(
        or_(
            and_(col(Exclusion.profile_id) == me, col(Exclusion.other_id) == Profile.id),
            and_(col(Exclusion.other_id) == me, col(Exclusion.profile_id) == Profile.id),
        )
    )
    query = (
        select(WantedRole)
        .join(Profile, col(Profile.id) == WantedRole.profile_id)
        .join(Participation, col(Participation.profile_id) == Profile.id)
        .where(
            Participation.edition_id == edition_id,
            col(WantedRole.call_id).in_(call_ids),
            or_(col(WantedRole.side).is_(None), col(WantedRole.side) == side),
            Profile.id != me,
            ~hidden,
            visible_in(edition_id, viewer),
        )
        .order_by(col(WantedRole.call_id), col(WantedRole.profile_id), col(WantedRole.position))
    )
    return session.exec(query).all()


def find_call(session: Session, call_id: int) -> Call:
    """Find a call.

    Raises
    ------
    NotFound
    """
    call = session.get(Call, call_id)
    if call is None:
        raise NotFound(f"There is no call {call_id}.")
    return call
