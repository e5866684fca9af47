"""No floor is above the ceiling, whatever prices it was learnt from."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.fairness_ceiling import Ceiling
from matchmaking.fairness_flow import Kept
from matchmaking.fairness_market import FairSide, Terms
from matchmaking.fairness_survey import Survey, survey
from matchmaking.pairing import Bounds, PairingProblem, pair
from matchmaking.pairing_watch import Watch
from tests.matchmaking.fairness_instances import best_floor
from tests.matchmaking.pairing_instances import as_met, problem_of, problems


def survey_of(problem: PairingProblem, side: FairSide = "both") -> tuple[Survey, PairingProblem]:
    plain = pair(problem)
    found = survey(Terms.of(problem, plain, side), plain.certificate, Watch())
    return found, as_met(problem, plain)


@settings(max_examples=60)
@given(problem=problems(largest=6), seed=st.integers(0, 2**32 - 1))
def test_it_is_never_below_the_best_floor(problem: PairingProblem, seed: int) -> None:
    found, kept = survey_of(problem)
    counted = np.concatenate((found.market.left.counted, found.market.right.counted))
    if not counted.any():
        return
    ceiling = Ceiling(found)
    rng, pairs = np.random.default_rng(seed), len(found.market.pool)
    for _ in range(3):
        costs = rng.exponential(size=(2, pairs)) * 3
        ceiling.try_costs(Kept(np.zeros(pairs, bool), 0, *costs), reach=0.1)
    ceiling.refine()
    assert ceiling.value >= best_floor(kept, counted) - 1e-6
    assert ceiling.aim <= ceiling.value


def test_at_first_it_is_what_the_poorest_could_have_alone() -> None:
    free = Bounds.same(2, 0, 1)
    found, _ = survey_of(problem_of(np.array([[0.9, 0.8], [0.3, 0.2]]), free, free))
    assert Ceiling(found).value == pytest.approx(0.3, abs=1e-5)


def test_prices_prove_that_two_cannot_have_the_same_partner() -> None:
    scores = np.array([[0.9, 0.2], [0.9, 0.2]])
    left, right = Bounds.same(2, 0, 1), Bounds(np.zeros(2, int), np.array([1, 1]))
    found, _ = survey_of(problem_of(scores, left, right), "left")
    ceiling = Ceiling(found)
    before = ceiling.value
    popular = np.where(found.market.pool.columns == 0, 5.0, 0.0)
    ceiling.try_costs(Kept(popular > 0, 0, np.zeros_like(popular), popular), reach=0.9)
    assert ceiling.value == pytest.approx(0.2, abs=1e-5)
    assert before == pytest.approx(0.9, abs=1e-5)
