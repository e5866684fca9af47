"""What a draft lacks, and where two of its people would do the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from models import ConsortiumRole
from services.consortium_coverage import Cells
from services.consortium_entities import Entity


@dataclass(frozen=True, slots=True)
class Double:
    """Two members whose strongest part is the same one."""

    role_id: int
    one: Entity
    other: Entity


def covering(role: ConsortiumRole, entities: Sequence[Entity], cells: Cells) -> list[Entity]:
    """List who covers a part: by passages, or because they were asked for it."""
    return [
        one
        for one in entities
        if one.counts and (one.member.role_id == role.id or _covers(role.id, one, cells))
    ]


def gaps(
    roles: Sequence[ConsortiumRole], entities: Sequence[Entity], cells: Cells
) -> list[ConsortiumRole]:
    """List the parts that nobody covers, the weightiest first."""
    open_ones = [role for role in roles if not covering(role, entities, cells)]
    return sorted(open_ones, key=lambda role: (-role.weight, role.position))


def doubles(
    roles: Sequence[ConsortiumRole], entities: Sequence[Entity], cells: Cells
) -> list[Double]:
    """Find members who would do the same task: their strongest part is the same, and both cover it.

    Two who were asked for different parts are not told of: somebody has thought about it.
    """
    strongest = {
        one.member.id: found
        for one in entities
        if one.counts and (found := _strongest(roles, one, cells)) is not None
    }
    known = [one for one in entities if one.member.id in strongest]
    return [
        Double(strongest[one.member.id], one, other)
        for one, other in combinations(known, 2)
        if strongest[one.member.id] == strongest[other.member.id]
        and not _asked_apart(one, other)
        and one.side == other.side
    ]


def _covers(role_id: int, one: Entity, cells: Cells) -> bool:
    cell = cells.get((role_id, one.member.profile_id or 0))
    return cell is not None and cell.covers


def _strongest(roles: Sequence[ConsortiumRole], one: Entity, cells: Cells) -> int | None:
    mine = [
        (cell.score, -role.position, role.id)
        for role in roles
        if (cell := cells.get((role.id, one.member.profile_id or 0))) and cell.covers
    ]
    return max(mine)[2] if mine else None


def _asked_apart(one: Entity, other: Entity) -> bool:
    parts = one.member.role_id, other.member.role_id
    return None not in parts and parts[0] != parts[1]
