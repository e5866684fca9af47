"""Who may do what in a consortium, and its history."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlmodel import Session, col, select

from models import Consortium, ConsortiumMember, Edition
from services.audit import Subject, record
from services.errors import NotAllowed, NotFound, ServiceError

Right = Literal["read", "note", "write", "lead"]
DRAFT, SUBMITTED, WITHDRAWN, MERGED = "draft", "submitted", "withdrawn", "merged"
JOINED = "joined"

RIGHTS: dict[str, frozenset[Right]] = {
    "coordinator": frozenset({"read", "note", "write", "lead"}),
    "co-coordinator": frozenset({"read", "note", "write"}),
    "member": frozenset({"read", "note"}),
    "reader": frozenset({"read"}),
}
"""What each seat may do: see it, take part in notes and tasks, change the team, and decide."""


class ConsortiumClosed(ServiceError):
    """The draft was handed in, withdrawn or merged: it is read and no longer changed."""

    code = "consortium-closed"


@dataclass(frozen=True, slots=True)
class Workspace:
    """A consortium as one of its people sees it."""

    consortium: Consortium
    edition: Edition
    me: ConsortiumMember

    def may(self, right: Right) -> bool:
        """Tell whether the person's seat has a right; a closed draft is only read and noted on."""
        closed = self.consortium.state != DRAFT and right == "write"
        return right in RIGHTS[self.me.seat] and not closed

    @property
    def profile_id(self) -> int:
        """Whose view it is."""
        assert self.me.profile_id is not None  # noqa: S101 - whoever has a seat is a person
        return self.me.profile_id

    @property
    def subject(self) -> Subject:
        """What the audit log calls it."""
        return Subject("consortium", self.consortium.id)


def workspace(
    session: Session, consortium_id: int, profile_id: int | None, right: Right = "read"
) -> Workspace:
    """Open a consortium for one of its people.

    Raises
    ------
    NotFound
        When there is none, or the person has no seat in it: the two look alike.
    NotAllowed
        When the seat does not have the right.
    ConsortiumClosed
    """
    row = session.exec(
        select(Consortium, Edition, ConsortiumMember)
        .join(Edition, col(Edition.id) == Consortium.edition_id)
        .join(ConsortiumMember, col(ConsortiumMember.consortium_id) == Consortium.id)
        .where(
            Consortium.id == consortium_id,
            ConsortiumMember.state == JOINED,
            ConsortiumMember.profile_id == profile_id,
            col(ConsortiumMember.profile_id).is_not(None),
        )
    ).first()
    if row is None:
        raise NotFound(f"There is no consortium {consortium_id} to see.")
    found = Workspace(*row)
    if right not in RIGHTS[found.me.seat]:
        raise NotAllowed("this seat does not have that right")
    if not found.may(right):
        raise ConsortiumClosed("this draft is closed: open it again first")
    return found


def note(
    session: Session,
    at: Workspace,
    act: str,
    now: datetime,
    *,
    actor_id: int | None,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    """Write a change into the consortium's history, and remember when it was."""
    at.consortium.changed_at = now
    session.add(at.consortium)
    record(
        session,
        at.consortium.edition_id,
        act,
        at.subject,
        now,
        actor_id=actor_id,
        before=before,
        after=after,
    )
