"""What a draft asks of whole teams: its roles, rules and size, who stays, and who is left out.

Public: ``TeamFrame``, ``frame_of(session, at, viewer, ask)``, ``wish_of(session, at, frame, …)``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, select

from models import ConsortiumMember, ConsortiumRole
from services.consortium_access import Workspace
from services.consortium_entities import COUNTED
from services.consortium_roles import roles_of_consortium
from services.errors import ServiceError
from services.presets import preset_row
from services.shared_encoders import SharedEncoders
from services.team_people import may_be_locked
from services.team_problem import TeamWish
from services.team_roles import SoughtRole, read_role
from services.team_runs import TeamAsk
from services.visibility import Viewer

_ASKED = ("invited", "joined")
_GONE = ("declined", "expired", "left")
_FEWEST = 2


class NoPlaceLeft(ServiceError):
    """Members who cannot be compared leave no places for a team of two."""

    code = "no-place-left"


@dataclass(frozen=True, slots=True)
class TeamFrame:
    """What holds of every team that is formed for a draft.

    Parameters
    ----------
    locked, excluded
        Profile ids of who is in each team, and of who is in none.
    outside
        How many members are not compared: partners by name, and people who may not be shown. Each
        takes a place; the rules of the proposed teams are checked without them.
    size
        The fewest and the most members, the places of ``outside`` taken off.
    """

    roles: Sequence[ConsortiumRole]
    locked: tuple[int, ...]
    excluded: tuple[int, ...]
    outside: int
    size: tuple[int, int]


def frame_of(session: Session, at: Workspace, viewer: Viewer, ask: TeamAsk) -> TeamFrame:
    """Read what a draft asks for; three queries.

    Who was asked, has joined or is locked stays. Who declined, did not answer, left, or only reads
    along is left out.
    """
    members = session.exec(
        select(ConsortiumMember).where(ConsortiumMember.consortium_id == at.consortium.id)
    ).all()
    counted = [one for one in members if one.state in COUNTED and one.seat != "reader"]
    stays = {_id(one) for one in counted if one.locked or one.state in _ASKED} | {*ask.keep}
    known = may_be_locked(session, at.edition, viewer, stays - {0})
    left_out = {_id(one) for one in members if one.state in _GONE or one.seat == "reader"}
    unknown = sum(_id(one) not in known for one in counted if not one.profile_id or _stays(one))
    low, high = (limit - unknown for limit in (at.consortium.size_least, at.consortium.size_most))
    return TeamFrame(
        roles_of_consortium(session, at.consortium.id),
        tuple(sorted(known)),
        tuple(sorted(({*ask.without} | left_out) - known - {0})),
        unknown,
        (max(low, _FEWEST), high),
    )


def wish_of(
    session: Session, at: Workspace, frame: TeamFrame, ask: TeamAsk, encoders: SharedEncoders
) -> TeamWish:
    """Make the wish that the forming of teams understands; the roles are encoded for it.

    Raises
    ------
    NoPlaceLeft
    """
    if frame.size[1] < _FEWEST:
        raise NoPlaceLeft("Allow more members, or take partners from outside out.")
    return TeamWish(
        tuple(_sought(encoders, role) for role in frame.roles),
        preset_row(session, at.consortium.preset_id).rules,
        frame.size,
        ask.mirror,
        frame.locked,
        frame.excluded,
        genders=ask.genders,
        thorough=ask.thorough,
    )


def _id(member: ConsortiumMember) -> int:
    return member.profile_id or 0


def _stays(member: ConsortiumMember) -> bool:
    return member.locked or member.state in _ASKED


def _sought(encoders: SharedEncoders, role: ConsortiumRole) -> SoughtRole:
    asker = read_role(encoders, role.text).asker
    return SoughtRole(role.text, asker, float(role.weight), role.side, role.organisation_type)
