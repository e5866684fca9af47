"""One look at all pairs finds who counts, their best partners, and the pairs worth a thought."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.fairness_best import BestSoFar
from matchmaking.fairness_market import Terms
from matchmaking.fairness_survey import survey
from matchmaking.pairing import Bounds, PairingProblem, pair
from matchmaking.pairing_watch import Watch
from tests.matchmaking.fairness_instances import forum, market_of
from tests.matchmaking.pairing_instances import matrix, problem_of, problems


@settings(max_examples=60)
@given(
    seed=st.integers(0, 2**32 - 1),
    people=st.integers(1, 5),
    others=st.integers(1, 9),
    few=st.integers(0, 4),
    cut=st.integers(1, 9),
)
def test_the_best_are_kept_however_the_pairs_pass_by(
    seed: int, people: int, others: int, few: int, cut: int
) -> None:
    values = np.random.default_rng(seed).normal(size=(people, others))
    so_far = BestSoFar(people, few)
    for first in range(0, others, cut):
        block = values[:, first : first + cut]
        so_far.offer(0, first, block, block)
    best = so_far.best()
    expected = -np.sort(-values, axis=1)[:, :few]
    assert np.array_equal(best.values[:, : expected.shape[1]], expected)
    known = best.values > -np.inf
    rows, places = np.nonzero(known)
    assert np.array_equal(values[rows, best.others[known]], best.values[rows, places])


def test_the_optimum_is_in_the_market_and_its_scores_are_right() -> None:
    problem = forum(40)
    market, scores = market_of(problem, "both"), matrix(problem)
    inside = set(zip(market.pool.rows.tolist(), market.pool.columns.tolist(), strict=True))
    assert {tuple(made) for made in pair(problem).pairs.tolist()} <= inside
    assert np.allclose(market.scores, scores[market.pool.rows, market.pool.columns])
    assert not inside & {tuple(out) for out in problem.forbidden.tolist()}


@settings(max_examples=60)
@given(problem=problems(largest=6))
def test_a_pair_below_worth_is_there_only_if_the_optimum_makes_it(problem: PairingProblem) -> None:
    market = market_of(problem, "both")
    made = {tuple(one) for one in pair(problem).pairs.tolist()}
    poor = market.pool.values < 0
    pairs = zip(market.pool.rows[poor].tolist(), market.pool.columns[poor].tolist(), strict=True)
    assert set(pairs) <= made


def test_who_is_full_of_pins_or_has_nobody_above_worth_does_not_count() -> None:
    scores = np.array([[0.9, 0.8], [0.7, 0.6], [0.2, 0.3]])
    problem = problem_of(
        scores, Bounds.same(3, 0, 1), Bounds.same(2, 0, 3), pinned=np.array([[0, 0]]), worth=0.4
    )
    market = market_of(problem, "left")
    assert market.left.counted.tolist() == [False, True, False]
    assert market.left.held.tolist() == [0.9, 0.0, 0.0]
    assert not market.right.counted.any()


def test_who_stays_short_of_partners_does_not_count() -> None:
    problem = problem_of(np.array([[0.9], [0.8]]), Bounds.same(2, 1, 1), Bounds.same(1, 0, 1))
    assert market_of(problem, "left").left.counted.tolist() == [True, False]


def test_welfare_is_what_pins_give_and_what_is_chosen() -> None:
    scores = np.array([[0.9, 0.5], [0.4, 0.3]])
    free = Bounds.same(2, 0, 2)
    market = market_of(problem_of(scores, free, free, pinned=np.array([[0, 0]])), "both")
    chosen = market.pool.columns == 1
    left, right = market.welfare(chosen)
    assert np.allclose(left, [1.4, 0.3])
    assert np.allclose(right, [0.9, 0.8])
    assert market.worst(chosen) == left.min()


def test_best_scores_beyond_what_is_needed_are_not_kept_for_people_who_do_not_count() -> None:
    problem = forum(30)
    plain = pair(problem)
    found = survey(Terms.of(problem, plain, "left"), plain.certificate, Watch())
    assert found.best_right.values.shape == (30, 0)
    values = found.best_left.values
    assert (values[:, 1:] <= values[:, :-1]).all()
