"""What the forming of teams hands back: teams with their proof, or why there is none.

Public: ``Team``, ``Teams``, ``Twins``, ``NoTeam``, ``TeamChange``.
"""

from dataclasses import dataclass
from typing import Literal

from matchmaking.consortium_worth import TeamParts

ChangeCode = Literal["drop-lock", "more-members", "fewer-members", "without-mirror", "without-rule"]
StandsFor = Literal["size", "mirror", "rule", "lock"]


@dataclass(frozen=True, slots=True)
class Twins:
    """Two members who do the same thing, and the role that both fit best."""

    one: int
    other: int
    role: int


@dataclass(frozen=True, slots=True)
class Team:
    """A team, what it is worth, and how good a team could be.

    Parameters
    ----------
    members
        Numbers of candidates, rising.
    roles
        The role of each member, in their order: everybody has one, no role has a second member
        before all have a first, and the fits add up to as much as they can.
    score, bound, gap
        No team that differs as much from those before it has a higher score than ``bound``;
        gap = (bound - score) / max(1, |bound|).
    parts
        What the score is made of.
    gaps
        Roles that nobody fits as well as was asked for.
    twins
        Members who do the same thing.
    shared
        How many members are in each of the teams before it.
    near
        Whether the score is within the share of the best one that alternatives should keep.
    nearer_exists
        Whether, for all that is proven, a team as different could be that near.
    """

    members: tuple[int, ...]
    roles: tuple[int, ...]
    score: float
    bound: float
    gap: float
    parts: TeamParts
    gaps: tuple[int, ...]
    twins: tuple[Twins, ...]
    shared: tuple[int, ...] = ()
    near: bool = True
    nearer_exists: bool = False


@dataclass(frozen=True, slots=True)
class TeamChange:
    """Something to ask otherwise: a lock, a number of members, mirroring, or a rule."""

    code: ChangeCode
    person: int = -1
    number: int = 0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class NoTeam:
    """Why there is no team: what cannot hold together, and the fewest changes that help.

    ``rules`` and ``locks`` can, with the size and mirroring where they are named, not hold at once;
    without any one of them the others could. ``changes`` is None when no few changes help.
    """

    rules: tuple[str, ...]
    locks: tuple[int, ...]
    size: bool
    mirror: bool
    changes: tuple[TeamChange, ...] | None


@dataclass(frozen=True, slots=True)
class Teams:
    """The best team first, then teams that are different; or why there is none."""

    teams: tuple[Team, ...]
    none: NoTeam | None = None
