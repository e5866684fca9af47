"""The rows of a draft's members: finding and counting them."""

from sqlmodel import Session, col, func, select

from models import Consortium, ConsortiumMember
from services.audit import Subject
from services.consortia import LARGEST
from services.consortium_access import Workspace
from services.errors import NotFound, ServiceError

PEOPLE = ("planned", "reserve", "invited", "joined")
IN_THE_TEAM = ("planned", "invited", "joined")
_MOST_ROWS = 40
_TO_CHOOSE_FROM = 10


class AlreadyIn(ServiceError):
    """Somebody who is in the draft already, or was asked."""

    code = "already-in"


class TooManyMembers(ServiceError):
    """The draft has as many entries as it can hold."""

    code = "too-many-members"


class StillLeads(ServiceError):
    """The last coordinator cannot go: hand the consortium over first."""

    code = "still-leads"


def find_member(session: Session, at: Workspace, member_id: int) -> ConsortiumMember:
    """Find a member of this consortium.

    Raises
    ------
    NotFound
    """
    member = session.get(ConsortiumMember, member_id)
    if member is None or member.consortium_id != at.consortium.id:
        raise NotFound("there is no such member in this consortium")
    return member


def count_members(session: Session, consortium_id: int) -> int:
    """Count who is in a draft, asked or not."""
    query = select(func.count()).where(
        ConsortiumMember.consortium_id == consortium_id,
        col(ConsortiumMember.state).in_(IN_THE_TEAM),
    )
    return session.exec(query).one()


def refuse_full(session: Session, consortium_id: int) -> None:
    """Refuse one more row than a draft holds.

    Raises
    ------
    TooManyMembers
    """
    rows = select(func.count()).where(ConsortiumMember.consortium_id == consortium_id)
    many = count_members(session, consortium_id) >= LARGEST + _TO_CHOOSE_FROM
    if many or session.exec(rows).one() >= _MOST_ROWS:
        raise TooManyMembers(f"a draft holds {LARGEST} members and some more to choose from")


def subject_of(consortium: Consortium) -> Subject:
    """Name a consortium as the audit log does."""
    return Subject("consortium", consortium.id)
