"""Whole teams: the best by every measure, eligible, different, and proven."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.consortium import NEAR, form_teams, shared_out
from matchmaking.consortium_problem import TeamProblem, TeamWeights
from matchmaking.consortium_shape import Shape
from matchmaking.consortium_solve import difference
from matchmaking.consortium_watch import TeamProgress
from matchmaking.errors import Cancelled
from tests.matchmaking.consortium_instances import drawn, fitting, score

CHEAP = settings(max_examples=12, deadline=None, derandomize=True)
SEEDS = st.integers(0, 10_000)
PRESETS = st.sampled_from(["none", "horizon-ria", "quantera", "chips-ju-nrf-mirror"])


def assert_best(problem: TeamProblem, countries: list[str], name: str) -> None:
    every = list(fitting(problem, countries, name))
    found = form_teams(problem, count=1)
    if not every:
        assert found.teams == ()
        assert found.none is not None
        return
    best = max(score(problem, team) for team in every)
    (team,) = found.teams
    assert team.members in every
    assert team.score == pytest.approx(score(problem, team.members), abs=1e-9)
    assert team.score == pytest.approx(best, abs=2e-6)
    assert team.bound >= best - 1e-9
    assert team.gap <= 2e-6


@CHEAP
@given(SEEDS, PRESETS, st.booleans())
def test_the_team_is_the_best_of_all_that_fit(seed: int, name: str, mirror: bool) -> None:
    problem, countries = drawn(seed, name=name, mirror=mirror)
    assert_best(problem, countries, name)


@CHEAP
@given(SEEDS, PRESETS, st.booleans(), st.integers(1, 2))
def test_it_is_the_best_with_people_locked_and_left_out(
    seed: int, name: str, mirror: bool, locks: int
) -> None:
    problem, countries = drawn(seed, name=name, mirror=mirror)
    problem = replace(
        problem,
        locked=tuple(range(locks)),
        excluded=(7, 8),
        weights=TeamWeights(second=0.3),
    )
    assert_best(problem, countries, name)


@pytest.mark.slow
@settings(max_examples=1500, deadline=None)
@given(SEEDS, PRESETS, st.booleans(), st.integers(0, 3), st.integers(8, 13))
def test_on_thousands_of_small_instances(
    seed: int, name: str, mirror: bool, locks: int, people: int
) -> None:
    problem, countries = drawn(seed, people, name=name, mirror=mirror)
    problem = replace(problem, locked=tuple(range(locks)), size=(3, 5))
    assert_best(problem, countries, name)


def test_others_differ_in_half_of_their_places_and_are_the_best_that_do() -> None:
    problem, countries = drawn(4, people=14, name="horizon-ria", size=(4, 4))
    first, second, third = form_teams(problem).teams
    assert second.shared[0] <= 2
    assert max(third.shared) <= 2
    every = list(fitting(problem, countries, "horizon-ria"))
    other = [team for team in every if len({*team} & {*first.members}) <= 2]
    assert second.score == pytest.approx(max(score(problem, team) for team in other), abs=2e-6)
    assert second.near == (second.score >= first.score * (1 - NEAR))
    assert not second.nearer_exists


def test_a_lock_stays_in_every_team_and_the_others_change() -> None:
    problem, _ = drawn(5, people=14, name="none", size=(5, 5), locked=(3,), forbidden=NOBODY)
    teams = form_teams(problem).teams
    assert all(3 in team.members for team in teams)
    assert teams[1].shared[0] - 1 <= 2
    assert difference(problem, Shape((5,)), teams[0].members).most == 2


NOBODY = np.zeros((0, 2), np.int32)


@CHEAP
@given(SEEDS)
def test_who_was_not_chosen_makes_no_difference(seed: int) -> None:
    problem, _ = drawn(seed, name="none", mirror=True)
    found = form_teams(problem, count=1).teams
    if found:
        outside = next(one for one in range(problem.people) if one not in found[0].members)
        without = replace(problem, excluded=(outside,))
        assert form_teams(without, count=1).teams[0].members == found[0].members


@CHEAP
@given(SEEDS)
def test_people_in_another_order_are_the_same_team(seed: int) -> None:
    problem, _ = drawn(seed, name="none", mirror=True, forbidden=NOBODY)
    order = np.random.default_rng(seed).permutation(problem.people)
    turned = replace(
        problem,
        fits=problem.fits[:, order],
        affinity=problem.affinity[np.ix_(order, order)],
        line=problem.line[order],
        half=problem.half[order],
        entity=problem.entity[order],
        load=None if problem.load is None else problem.load[order],
        traits=tuple(replace(one, values=one.values[order]) for one in problem.traits),
    )
    plain, other = form_teams(problem, count=1).teams, form_teams(turned, count=1).teams
    assert [sorted(order[[*team.members]].tolist()) for team in other] == [
        sorted(team.members) for team in plain
    ]


def test_every_member_has_a_role_and_no_role_two_before_all_have_one() -> None:
    fits = np.array([[0.9, 0.8, 0.7, 0.1], [0.5, 0.4, 0.6, 0.2]], np.float32)
    assert sorted(shared_out(fits)) == [0, 0, 1, 1]
    assert shared_out(fits[:, :1]) == (0,)


def test_gaps_and_members_who_do_the_same_are_named() -> None:
    problem, _ = drawn(1, people=6, name="none", size=(3, 3), forbidden=NOBODY)
    alike = replace(problem, line=np.zeros(6, np.int64), entity=np.arange(6))
    (team,) = form_teams(alike, count=1, gap_below=1.0).teams
    assert team.gaps == (0, 1, 2)
    assert len(team.twins) == 3
    assert team.parts.overlap == pytest.approx(2 / 3)


def test_it_tells_how_far_it_is_and_can_be_stopped() -> None:
    problem, _ = drawn(2, people=12, name="none")
    told: list[TeamProgress] = []
    form_teams(problem, progress=told.append)
    assert {step.stage for step in told} >= {"search", "bound"}
    assert told[-1].done <= told[-1].total == 3
    with pytest.raises(Cancelled):
        form_teams(problem, cancelled=lambda: True)


def test_the_same_seed_gives_the_same_teams() -> None:
    problem, _ = drawn(3, people=30, name="horizon-ria", mirror=True, size=(4, 6))
    assert form_teams(problem, seed=7) == form_teams(problem, seed=7)
