"""Whole teams for an idea or a call: from what is needed to three eligible teams with reasons.

Public: ``propose_teams(session, cache, edition, viewer, wish, now) -> ProposedTeams``. Who must not
hold a transaction meanwhile calls its parts: ``team_problem.read_ground``, ``form``, ``told``. What
is asked is a ``team_problem.TeamWish``, of roles that ``team_roles`` makes of a text.

It changes nothing, and runs for seconds: call it where somebody waits for it, with ``progress`` and
``cancelled``, or from the worker.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from matchmaking.consortium import form_teams
from matchmaking.consortium_result import NoTeam, Team, TeamChange, Teams
from matchmaking.consortium_watch import TeamProgress
from matchmaking.eligibility_consortium import Consortium, Partner
from matchmaking.eligibility_rules import Finding, findings
from models import Edition
from services.consortium_coverage import COVERS, Cell
from services.consortium_ties import Tie, ties_with
from services.matcher_cache import MatcherCache
from services.team_evidence import Cells, cells_of
from services.team_people import TeamPerson
from services.team_problem import TeamGround, TeamWish, read_ground
from services.visibility import Viewer

_NOBODY = 0


@dataclass(frozen=True, slots=True)
class ProposedMember:
    """Somebody in a team, and the number of the role that is theirs."""

    profile_id: int
    key: str
    side: str
    country: str
    role: int
    load: float
    locked: bool


@dataclass(frozen=True, slots=True)
class SameWork:
    """Two members, by profile id, who would do the same thing, and the role they would share."""

    one_id: int
    other_id: int
    role: int


@dataclass(frozen=True, slots=True)
class ProposedTeam:
    """A team with its proof, what the rules say of it, and what it trades for what.

    Parameters
    ----------
    score, bound, gap
        See ``consortium_result.Team``.
    rules
        What each rule says; a letter still to come is None and makes no team ineligible.
    coverage, affinity, overlap
        How far the roles are covered, how well everybody fits a partner, and the share of members
        whose line of work another one has; each 0 to 1.
    countries, experienced, newcomers, kinds
        How many countries, established people, people before that, and kinds of organisation.
    novelty
        The share of pairs who share no organisation, publication or authorship.
    cells
        By role and profile id: how well everybody covers everything, with the passage that says so.
    gaps
        Roles that nobody covers.
    shared
        How many members are in each of the teams before it.
    near, nearer_exists
        Whether the score is within 5 % of the best, and whether one as different could be.
    """

    members: tuple[ProposedMember, ...]
    score: float
    bound: float
    gap: float
    rules: tuple[Finding, ...]
    coverage: float
    affinity: float
    overlap: float
    countries: int
    experienced: int
    newcomers: int
    kinds: int
    novelty: float
    cells: Cells
    gaps: tuple[int, ...]
    same_work: tuple[SameWork, ...]
    ties: Mapping[int, tuple[Tie, ...]]
    shared: tuple[int, ...]
    near: bool
    nearer_exists: bool

    @property
    def eligible(self) -> bool:
        """Tell whether no rule fails."""
        return all(found.holds is not False for found in self.rules)


@dataclass(frozen=True, slots=True)
class ProposedTeams:
    """The best team first, or why there is none; people in ``none`` are profile ids.

    ``shown`` is how many people may be in a team, ``compared`` how many were compared: the proof is
    among these.
    """

    roles: tuple[str, ...]
    teams: tuple[ProposedTeam, ...]
    none: NoTeam | None
    shown: int
    compared: int


def propose_teams(
    session: Session,
    cache: MatcherCache,
    edition: Edition,
    viewer: Viewer,
    wish: TeamWish,
    now: datetime,
    *,
    progress: Callable[[TeamProgress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ProposedTeams:
    """Propose up to three teams to somebody.

    Nobody is in a team who may not be shown to the viewer, and no two who are of one organisation,
    or kept apart by a private choice, unless both are locked.

    Parameters
    ----------
    viewer
        Who asks. They are in a team only if they lock themselves.

    Raises
    ------
    NotFound
        When somebody locked may not be shown.
    BadInput
        When the size or the number of roles is out of range.
    Cancelled
    """
    ground = read_ground(session, cache, edition, viewer, wish, now)
    found = form(ground, wish, progress=progress, cancelled=cancelled)
    return told(session, viewer, ground, wish, found)


def form(
    ground: TeamGround,
    wish: TeamWish,
    *,
    progress: Callable[[TeamProgress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Teams:
    """Form the teams; the long part, which needs no database.

    Raises
    ------
    BadInput, Cancelled
    """
    return form_teams(
        ground.problem,
        seed=wish.seed,
        thorough=wish.thorough,
        progress=progress,
        cancelled=cancelled,
    )


def told(
    session: Session, viewer: Viewer, ground: TeamGround, wish: TeamWish, found: Teams
) -> ProposedTeams:
    """Say of teams that were formed who is in them, and why."""
    ids = sorted({one for team in found.teams for one in team.members})
    cells = cells_of(session, viewer, ground, wish.roles, ids)
    return ProposedTeams(
        tuple(role.text for role in wish.roles),
        tuple(_proposed(session, ground, wish, team, cells) for team in found.teams),
        None if found.none is None else _by_id(found.none, ground.people),
        ground.shown,
        len(ground.people),
    )


def _proposed(
    session: Session, ground: TeamGround, wish: TeamWish, team: Team, cells: Cells
) -> ProposedTeam:
    people = [ground.people[one] for one in team.members]
    ids = [person.id for person in people]
    ties = ties_with(session, ids, ids)
    own = {place: cell for place, cell in cells.items() if place[1] in ids}
    stages = [person.career_stage for person in people]
    experienced = stages.count("established")
    return ProposedTeam(
        members=tuple(map(_member, people, team.roles, [wish] * len(people))),
        score=team.score,
        bound=team.bound,
        gap=team.gap,
        rules=findings(Consortium(_partners(people)), wish.rules),
        coverage=team.parts.coverage,
        affinity=team.parts.affinity,
        overlap=team.parts.overlap,
        countries=len({person.country for person in people}),
        experienced=experienced,
        newcomers=len(stages) - stages.count(None) - experienced,
        kinds=len({person.organisation_type for person in people} - {None}),
        novelty=_novelty(ties),
        cells=own,
        gaps=_gaps(len(wish.roles), own),
        same_work=tuple(
            SameWork(ground.people[twins.one].id, ground.people[twins.other].id, twins.role)
            for twins in team.twins
        ),
        ties=ties,
        shared=team.shared,
        near=team.near,
        nearer_exists=team.nearer_exists,
    )


def _member(person: TeamPerson, role: int, wish: TeamWish) -> ProposedMember:
    locked = person.id in wish.locked
    place = person.id, person.key, person.side, person.country
    return ProposedMember(*place, role=role, load=person.load, locked=locked)


def _partners(people: Sequence[TeamPerson]) -> tuple[Partner, ...]:
    """Give a team's members as the rules see them: legal entities, some of which are one."""
    found: list[Partner] = []
    first: dict[str, str] = {}
    for person in people:
        # The name alone may be another's, too; the key tells them apart.
        name = f"{person.organisation} [{person.key}]"
        same = next((first[one] for one in sorted(person.entities) if one in first), "")
        for entity in person.entities:
            first.setdefault(entity, name)
        kind = person.organisation_type or "other"
        found.append(Partner(name, person.country, kind, person.pic or "", same))
    return tuple(found)


def _novelty(ties: Mapping[int, Sequence[Tie]]) -> float:
    known = {frozenset((one, tie.profile_id)) for one, some in ties.items() for tie in some}
    pairs = len(ties) * (len(ties) - 1) // 2
    return 1.0 - len(known) / pairs if pairs else 1.0


def _gaps(roles: int, cells: Mapping[tuple[int, int], Cell]) -> tuple[int, ...]:
    covered = {role for (role, _), cell in cells.items() if cell.grade in COVERS}
    return tuple(role for role in range(roles) if role not in covered)


def _by_id(none: NoTeam, people: Sequence[TeamPerson]) -> NoTeam:
    """Name people by their profile ids."""
    changes = none.changes and tuple(
        TeamChange(
            change.code,
            people[change.person].id if change.person >= 0 else -1,
            change.number,
            change.rule,
        )
        for change in none.changes
    )
    locks = tuple(people[one].id for one in none.locks)
    return NoTeam(none.rules, locks, none.size, none.mirror, changes)
