"""The parts of a proposal that are to be filled."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models import Call, ConsortiumRole
from models.organisation import ORGANISATION_TYPES
from services.consortium_access import Workspace, note
from services.errors import NotFound
from services.profile_values import ITEM_LIMIT, BadValue, plain_text, whole

MOST_ROLES = 12
_SENTENCE = re.compile(r"(?<=[.!?。])\s+|\n+|;\s+|(?<=다\.)\s*")
_SHORTEST_SENTENCE = 20


@dataclass(frozen=True, slots=True)
class RoleWish:
    """A part that is to be filled; ``id`` None for a new one."""

    text: str
    weight: int = 3
    side: str | None = None
    organisation_type: str | None = None
    id: int | None = None


def roles_of_consortium(session: Session, consortium_id: int) -> Sequence[ConsortiumRole]:
    """List the parts that are to be filled, in their order."""
    query = select(ConsortiumRole).where(ConsortiumRole.consortium_id == consortium_id)
    return session.exec(query.order_by(col(ConsortiumRole.position), col(ConsortiumRole.id))).all()


def find_role(session: Session, at: Workspace, role_id: int) -> ConsortiumRole:
    """Find a part of this consortium.

    Raises
    ------
    NotFound
    """
    role = session.get(ConsortiumRole, role_id)
    if role is None or role.consortium_id != at.consortium.id:
        raise NotFound("there is no such role in this consortium")
    return role


def set_role(
    session: Session, at: Workspace, wish: RoleWish, now: datetime, *, actor_id: int
) -> ConsortiumRole:
    """Add a part, or change one.

    Raises
    ------
    BadValue, NotFound
    """
    clean = _clean(wish)
    known = roles_of_consortium(session, at.consortium.id)
    if wish.id is None:
        if len(known) >= MOST_ROLES:
            raise BadValue("too-many-items", limit=MOST_ROLES, length=len(known) + 1)
        role = ConsortiumRole(
            consortium_id=at.consortium.id,
            position=max((one.position for one in known), default=-1) + 1,
            text=clean.text,
        )
    else:
        role = find_role(session, at, wish.id)
    for name in ("text", "weight", "side", "organisation_type"):
        setattr(role, name, getattr(clean, name))
    session.add(role)
    session.flush()
    # What a role says is the team's own; the log is read by organisers, too.
    after: dict[str, object] = {"role": role.id, "weight": role.weight, "side": role.side}
    note(session, at, "role-set", now, actor_id=actor_id, after=after)
    return role


def remove_role(
    session: Session, at: Workspace, role_id: int, now: datetime, *, actor_id: int
) -> None:
    """Take a part out; whoever was to fill it stays, without one.

    Raises
    ------
    NotFound
    """
    role = find_role(session, at, role_id)
    before: dict[str, object] = {"role": role.id}
    session.delete(role)
    session.flush()
    note(session, at, "role-removed", now, actor_id=actor_id, before=before)


def roles_in_text(call: Call | None, idea: str, language: str) -> list[str]:
    """Propose parts from what is written: the call's topics first, else the idea's sentences."""
    if call is not None and call.topics:
        return list(call.topics)[:MOST_ROLES]
    text = idea or (call.text_ko if call and language == "ko" else call.text_en if call else "")
    found = (part.strip() for part in _SENTENCE.split(text))
    return [part[:ITEM_LIMIT] for part in found if len(part) >= _SHORTEST_SENTENCE][:MOST_ROLES]


def _clean(wish: RoleWish) -> RoleWish:
    text = plain_text(wish.text, ITEM_LIMIT)
    if not text:
        raise BadValue("missing")
    if wish.side not in (None, "left", "right"):
        raise BadValue("not-one-of", value=str(wish.side), known="left, right")
    if wish.organisation_type not in (None, *ORGANISATION_TYPES):
        known = ", ".join(ORGANISATION_TYPES)
        raise BadValue("not-one-of", value=str(wish.organisation_type), known=known)
    return RoleWish(text, whole(wish.weight, 1, 5), wish.side, wish.organisation_type, wish.id)
