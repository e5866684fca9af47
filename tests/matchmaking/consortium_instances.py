"""Small teams to choose, drawn at random, and the best of them by looking at all."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from matchmaking.consortium_problem import TeamProblem, Trait
from matchmaking.consortium_rules import team_rules
from matchmaking.eligibility_consortium import Consortium, Partner
from matchmaking.eligibility_preset import preset
from matchmaking.eligibility_rules import findings

EUROPE = ("DE", "FR", "NL", "CH", "NO", "US")


def drawn(
    seed: int,
    people: int = 11,
    roles: int = 3,
    name: str = "chips-ju-nrf-mirror",
    **asked: object,
) -> tuple[TeamProblem, list[str]]:
    """Draw a problem; return the candidates' countries beside it."""
    rng = np.random.default_rng(seed)
    affinity = rng.random((people, people)).astype(np.float32)
    affinity = np.minimum(affinity, affinity.T)
    half = rng.integers(2, size=people)
    entity = 2 * rng.integers(people, size=people) + half
    # an entity is in one country
    homes = rng.choice(EUROPE, size=2 * people)
    countries = ["KR" if one % 2 else str(homes[one]) for one in entity]
    given: dict[str, object] = {
        "fits": rng.random((roles, people)).astype(np.float32),
        "affinity": affinity,
        "line": rng.integers(6, size=people),
        "half": half,
        "entity": entity,
        "load": rng.random(people),
        "role_weights": rng.integers(1, 6, size=roles).astype(np.float64),
        "traits": (
            Trait("country", np.unique(countries, return_inverse=True)[1], 0.08),
            Trait("experience", rng.integers(-1, 2, size=people), 0.06),
        ),
        "forbidden": rng.integers(people, size=(2, 2)),
        "size": (3, 4),
        "rules": team_rules(preset(name), countries),
    }
    return TeamProblem(**(given | asked)), countries  # type: ignore[arg-type]


def fitting(problem: TeamProblem, countries: list[str], name: str) -> Iterator[tuple[int, ...]]:
    """List every team that fits, by the independent check of the rules."""
    rules = preset(name)
    free = [one for one in range(problem.people) if one not in problem.excluded]
    apart = {frozenset(pair) for pair in problem.forbidden.tolist()}
    low, high = problem.size
    for size in range(low, high + 1):
        for team in combinations(free, size):
            if not set(problem.locked) <= set(team) or _clash(problem, team, apart):
                continue
            entities = [int(problem.entity[one]) for one in team]
            here = [len({one for one in entities if one % 2 == side}) for side in (0, 1)]
            if problem.mirror and (abs(here[0] - here[1]) > 1 or not all(here)):
                continue
            partners = tuple(
                Partner(f"entity {entity}", countries[one])
                for entity, one in zip(entities, team, strict=True)
            )
            if all(found.holds is not False for found in findings(Consortium(partners), rules)):
                yield team


def _clash(problem: TeamProblem, team: tuple[int, ...], apart: set[frozenset[int]]) -> bool:
    for one, other in combinations(team, 2):
        if one in problem.locked and other in problem.locked:
            continue
        if problem.entity[one] == problem.entity[other] or frozenset((one, other)) in apart:
            return True
    return False


def score(problem: TeamProblem, team: tuple[int, ...]) -> float:
    """Work out a team's score from its definition, term by term."""
    weights, size = problem.weights, len(team)
    shares = np.ones(len(problem.fits)) if problem.role_weights is None else problem.role_weights
    total = 0.0
    for fits, share in zip(problem.fits[:, list(team)], shares / shares.sum(), strict=True):
        best = sorted(fits.tolist(), reverse=True)
        total += (
            weights.coverage * share * ((1 - weights.second) * best[0] + weights.second * best[1])
        )
    for one in team:
        partners = [
            float(problem.affinity[one, other])
            for other in team
            if other != one and not (problem.mirror and problem.half[one] == problem.half[other])
        ]
        total += weights.affinity * max(partners, default=0.0) / size
        total -= weights.load * float(0 if problem.load is None else problem.load[one]) / size
    total -= weights.overlap * (size - len({int(problem.line[one]) for one in team})) / size
    for trait in problem.traits:
        known = {int(value) for value in trait.values if value >= 0}
        here = {int(trait.values[one]) for one in team if trait.values[one] >= 0}
        total += trait.weight * len(here) / max(1, min(size, len(known)))
    return total
