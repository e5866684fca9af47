"""The bound is never below a team, however far it is lowered; whoever is needed stays."""

import numpy as np
import pytest

from matchmaking.consortium_bonds import best_affinity
from matchmaking.consortium_bound import Relaxation
from matchmaking.consortium_conditions import Conditions
from matchmaking.consortium_programme import Programme
from matchmaking.consortium_search import Search
from matchmaking.consortium_shape import shapes_of
from matchmaking.consortium_solve import difference
from matchmaking.consortium_worth import Worth
from tests.matchmaking.consortium_instances import drawn, fitting, score


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("mirror", [True, False])
def test_no_team_is_above_it_and_whoever_is_in_a_better_one_stays(seed: int, mirror: bool) -> None:
    problem, countries = drawn(seed, name="none", mirror=mirror, size=(4, 4))
    teams = {team: score(problem, team) for team in fitting(problem, countries, "none")}
    shapes, conditions = shapes_of(problem), Conditions(problem)
    threshold = sorted(teams.values())[-3]
    for shape in shapes.every:
        here = {
            team: worth
            for team, worth in teams.items()
            if (
                np.bincount(shapes.group[[*team]], minlength=2)[: len(shape.counts)] == shape.counts
            ).all()
        }
        relaxation = Relaxation(
            Worth(problem, shape),
            conditions,
            shapes.group,
            np.flatnonzero(conditions.open),
            best_affinity(problem, conditions),
        )
        for closer in (False, True):
            if closer and len(relaxation.people):
                relaxation.look_closer()
            relaxation.improve(threshold, 80)
            better = {
                one for team, worth in here.items() if worth > threshold + 1e-6 for one in team
            }
            assert better <= {*relaxation.people.tolist()}
            if better:
                assert relaxation.bound >= max(here.values()) - 1e-9


def test_the_relaxation_of_the_programme_is_above_the_programme() -> None:
    problem, _ = drawn(3, name="horizon-ria", size=(4, 4))
    (shape,), conditions = shapes_of(problem).every, Conditions(problem)
    worth, group = Worth(problem, shape), shapes_of(problem).group
    programme = Programme(worth, conditions, group, np.flatnonzero(conditions.open))
    programme.complete()
    relaxed, answer = programme.relaxed(), programme.best(1000)
    assert answer.team is not None
    assert relaxed.bound >= worth.score(answer.team) - 1e-7
    assert answer.bound == pytest.approx(worth.score(answer.team), abs=2e-6)


def test_a_search_respects_what_a_team_must_differ_from() -> None:
    problem, _ = drawn(2, people=16, name="none", size=(4, 4))
    (shape,), group = shapes_of(problem).every, shapes_of(problem).group
    worth, plain = Worth(problem, shape), Conditions(problem)
    everybody = np.flatnonzero(plain.open)
    first = Search(worth, plain, group, everybody).from_start()
    assert first is not None
    other = plain.differing([difference(problem, shape, first)])
    second = Search(worth, other, group, everybody).from_start()
    assert second is not None
    assert len({*first} & {*second}) <= 2
    assert not other.hold(first)
