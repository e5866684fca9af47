"""What a team is chosen from, as arrays: fits, affinity, lines of work, entities, conflicts.

Public: ``TeamWish``, ``TeamGround``, ``read_ground(session, cache, edition, viewer, wish, now)``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from sqlmodel import Session

from matchmaking.affinity import AffinityScorer
from matchmaking.affinity_parts import join, take
from matchmaking.affinity_side import EncodedPerson, IntVector, PackedSide, pack_side
from matchmaking.calibration import Calibration
from matchmaking.consortium_lines import lines_of
from matchmaking.consortium_problem import Matrix, TeamProblem, Trait
from matchmaking.consortium_rules import team_rules
from matchmaking.eligibility_preset import Preset, preset
from matchmaking.scorers import IntArray
from models import Edition
from services.edition_calibration import calibration_of, weighing_of
from services.matcher_cache import MatcherCache
from services.private_choices import private_pairs
from services.ready_side import make_ready
from services.team_people import TeamPerson, people_for
from services.team_roles import SoughtRole
from services.visibility import Viewer

MOST_COMPARED = 600
"""How many people are compared with each other: of more, those who fit some role best."""
_SIDES = ("left", "right")
_COUNTRIES, _EXPERIENCE, _KINDS, _GENDERS = 0.08, 0.06, 0.06, 0.06
_EXPERIENCED = "established"


@dataclass(frozen=True)
class TeamWish:
    """What a coordinator asks for.

    Parameters
    ----------
    roles
        What the team is to cover.
    rules
        The preset that it must pass; by default none.
    size
        The fewest and the most members.
    mirror
        Whether both halves are of about equal size, and chosen for each other.
    locked, excluded
        Profile ids of who is in it in any case, and who is not.
    genders
        Whether teams of more than one gender are preferred, where people said theirs and consent.
    """

    roles: tuple[SoughtRole, ...]
    rules: Preset = field(default_factory=lambda: preset("none"))
    size: tuple[int, int] = (5, 8)
    mirror: bool = False
    locked: tuple[int, ...] = ()
    excluded: tuple[int, ...] = ()
    genders: bool = False
    seed: int = 0


@dataclass(frozen=True)
class TeamGround:
    """The problem, who its numbers are, and what explains it.

    ``shown`` is how many people may be in a team; ``people`` are those who were compared, in the
    order of the problem's numbers. ``roles`` scores roles (rows) with people (columns).
    """

    people: tuple[TeamPerson, ...]
    shown: int
    problem: TeamProblem
    roles: AffinityScorer


def read_ground(
    session: Session,
    cache: MatcherCache,
    edition: Edition,
    viewer: Viewer,
    wish: TeamWish,
    now: datetime,
) -> TeamGround:
    """Read who may be in a team, and compare them with the roles and with each other.

    Raises
    ------
    NotFound
        When somebody locked may not be shown.
    """
    found = people_for(session, edition, viewer, wish.locked, wish.excluded, now)
    calibration = calibration_of(edition)
    packed = _packed(session, cache, edition, found, wish, calibration)
    known = {person.id: person for person in found}
    asked = pack_side(
        [EncodedPerson(f"role {n}", role.encoded.passages) for n, role in enumerate(wish.roles)],
        calibration.plan,
    )
    whole = AffinityScorer(asked, packed, calibration)
    fits = whole.score(*(np.arange(size) for size in whole.shape))
    people = [known[int(key)] for key in packed.keys]
    fits *= _may_take(wish.roles, people)
    chosen = _compared(fits, people, wish)
    scorer = AffinityScorer(whole.left, take(whole.right, chosen), calibration)
    compared = tuple(people[place] for place in chosen)
    problem = _problem(session, compared, fits[:, chosen], scorer.right, wish, calibration)
    return TeamGround(compared, len(found), problem, scorer)


def _packed(
    session: Session,
    cache: MatcherCache,
    edition: Edition,
    people: Sequence[TeamPerson],
    wish: TeamWish,
    calibration: Calibration,
) -> PackedSide:
    """Give people ready to compare: of each side, those who seem nearest to what is sought."""
    passages = tuple(item for role in wish.roles for item in role.encoded.passages)
    idea = EncodedPerson("idea", passages)
    weighing = weighing_of(edition)
    parts = []
    for side in _SIDES:
        ids = [person.id for person in people if person.side == side]
        locked = [one for one in wish.locked if one in ids]
        there = cache.side(edition.id, side, calibration, weighing)
        near = there.nearest(session, idea, ids, locked)
        far = there.beside([one for one in locked if str(one) not in near.keys])
        silent = [one for one in map(str, locked) if one not in (*near.keys, *far.keys)]
        mute = make_ready([EncodedPerson(one, ()) for one in silent], calibration)
        parts += [near, far, mute]
    return join(parts)


def _may_take(roles: Sequence[SoughtRole], people: Sequence[TeamPerson]) -> Matrix:
    """Tell by 1 and 0 who may take which role."""
    return np.array(
        [
            [
                role.side in (None, person.side)
                and role.organisation_type in (None, person.organisation_type)
                for person in people
            ]
            for role in roles
        ],
        np.float32,
    ).reshape(len(roles), len(people))


def _compared(fits: Matrix, people: Sequence[TeamPerson], wish: TeamWish) -> IntVector:
    """Choose whom to compare with each other: everybody, or who fits a role best on each side."""
    if len(people) <= MOST_COMPARED:
        return np.arange(len(people))
    kept = {place for place, person in enumerate(people) if person.id in wish.locked}
    best = fits.max(axis=0)
    for side in _SIDES:
        here = np.array([place for place, one in enumerate(people) if one.side == side], np.int64)
        order = here[np.argsort(-best[here], kind="stable")]
        kept.update(order[: MOST_COMPARED // 2].tolist())
    return np.array(sorted(kept), np.int64)


def _problem(
    session: Session,
    people: Sequence[TeamPerson],
    fits: Matrix,
    packed: PackedSide,
    wish: TeamWish,
    calibration: Calibration,
) -> TeamProblem:
    scorer = AffinityScorer(packed, packed, calibration)
    block = scorer.directions(*(np.arange(size) for size in scorer.shape))
    half = np.array([_SIDES.index(person.side) for person in people], np.int64)
    number = {person.id: place for place, person in enumerate(people)}
    likeness = np.nan_to_num(block.signals.work)
    return TeamProblem(
        fits=fits,
        affinity=np.minimum(block.score, block.score.T),
        line=lines_of(np.minimum(likeness, likeness.T), half if wish.mirror else None),
        half=half,
        entity=_entities(people),
        load=np.array([person.load for person in people]),
        role_weights=np.array([role.weight for role in wish.roles], np.float64),
        traits=_traits(people, genders=wish.genders),
        forbidden=_forbidden(session, people, number),
        locked=tuple(number[one] for one in wish.locked if one in number),
        size=wish.size,
        mirror=wish.mirror,
        rules=team_rules(wish.rules, [person.country for person in people]),
    )


def _entities(people: Sequence[TeamPerson]) -> IntArray:
    """Give the organisations numbers: who has the same identifiers is of one."""
    numbers: dict[frozenset[str], int] = {}
    return np.array(
        [
            # somebody of no organisation stands alone
            numbers.setdefault(person.entities or frozenset({f"person:{person.id}"}), len(numbers))
            for person in people
        ],
        np.int64,
    )


def _forbidden(session: Session, people: Sequence[TeamPerson], number: dict[int, int]) -> IntArray:
    """List who is not to be in one team: of one organisation, or kept apart by a private choice."""
    pairs = {
        (number[one], number[other])
        for one, other in private_pairs(session)
        if one in number and other in number
    }
    behind: dict[str, list[int]] = {}
    for place, person in enumerate(people):
        for entity in person.entities:
            behind.setdefault(entity, []).append(place)
    for same in behind.values():
        pairs.update((one, other) for one in same for other in same if one < other)
    return np.array(sorted(pairs), np.int64).reshape(-1, 2)


def _traits(people: Sequence[TeamPerson], *, genders: bool) -> tuple[Trait, ...]:
    """Say of what a team should have different values."""
    found = [
        Trait("country", _numbered([person.country for person in people]), _COUNTRIES),
        Trait("experience", _numbered([_experience(person) for person in people]), _EXPERIENCE),
        Trait("organisation-type", _numbered([one.organisation_type for one in people]), _KINDS),
    ]
    if genders:
        found.append(Trait("gender", _numbered([person.gender for person in people]), _GENDERS))
    return tuple(found)


def _experience(person: TeamPerson) -> str | None:
    if person.career_stage is None:
        return None
    return _EXPERIENCED if person.career_stage == _EXPERIENCED else "newcomer"


def _numbered(values: Sequence[str | None]) -> IntArray:
    numbers = {value: number for number, value in enumerate(sorted(filter(None, {*values})))}
    return np.array([numbers.get(value or "", -1) for value in values], np.int64)
