"""The pairing against other solvers, on thousands of small random instances."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from matchmaking.pairing import Bounds, PairingProblem, PairingResult, certified_bound
from matchmaking.pairing_optimum import Settings
from matchmaking.scorers import DenseScorer, IntArray
from tests.matchmaking.pairing_instances import (
    BY_PRICES,
    BY_PRICES_OF_A_SAMPLE,
    BY_PRICES_WITHOUT_MEMORY,
    EVERY_PAIR,
    answer_by_highs,
    answer_by_trying,
    as_met,
    matrix,
    missing,
    problems,
    solved,
)

PRICED = (BY_PRICES, BY_PRICES_WITHOUT_MEMORY, BY_PRICES_OF_A_SAMPLE)
ANY_WAY = st.sampled_from([EVERY_PAIR, *PRICED])


def assert_keeps_the_rules(problem: PairingProblem, result: PairingResult) -> None:
    n, m = problem.shape
    pairs = {(int(left), int(right)) for left, right in result.pairs}
    assert len(pairs) == len(result.pairs)
    assert sorted(pairs) == [tuple(pair) for pair in result.pairs.tolist()]
    assert pairs >= {tuple(pin) for pin in problem.pinned.tolist()}
    assert not pairs & {tuple(pair) for pair in (*problem.forbidden.tolist(),)}
    assert not pairs & {tuple(pair) for pair in (*problem.sealed.tolist(),)}
    left = np.bincount(result.pairs[:, 0], minlength=n)
    right = np.bincount(result.pairs[:, 1], minlength=m)
    assert (left <= problem.left.most).all()
    assert (right <= problem.right.most).all()
    short = {(unmet.side, unmet.index): unmet.missing for unmet in result.unmet}
    assert short == {
        (side, int(index)): int((bounds.least - degree)[index])
        for side, bounds, degree in (("left", problem.left, left), ("right", problem.right, right))
        for index in np.flatnonzero(degree < bounds.least)
    }


def assert_proven(problem: PairingProblem, result: PairingResult) -> None:
    certificate = result.certificate
    bound = certified_bound(
        as_met(problem, result), certificate.left_price, certificate.right_price
    )
    assert bound == pytest.approx(certificate.bound, rel=1e-9, abs=1e-9)
    assert certificate.bound >= result.total
    assert certificate.gap <= 1e-8
    scores = matrix(problem)[result.pairs[:, 0], result.pairs[:, 1]]
    assert result.scores == pytest.approx(scores)
    assert result.total == pytest.approx(float((scores - problem.worth).sum()), abs=1e-9)


@settings(max_examples=60)
@given(problem=problems(largest=4), way=ANY_WAY)
def test_no_set_of_pairs_is_better(problem: PairingProblem, way: Settings) -> None:
    result, truth = solved(problem, way), answer_by_trying(problem)
    assert_keeps_the_rules(problem, result)
    assert missing(result) == truth.missing
    assert result.total == pytest.approx(truth.total, abs=1e-9)
    assert_proven(problem, result)


@settings(max_examples=25)
@given(problem=problems(largest=14), way=ANY_WAY)
def test_no_integer_programme_is_better(problem: PairingProblem, way: Settings) -> None:
    result, truth = solved(problem, way), answer_by_highs(problem)
    assert_keeps_the_rules(problem, result)
    assert missing(result) == truth.missing
    assert result.total == pytest.approx(truth.total, abs=1e-6)
    assert_proven(problem, result)


@pytest.mark.slow
@settings(max_examples=2000)
@given(problem=problems(largest=40), way=ANY_WAY)
def test_no_integer_programme_is_better_on_larger_instances(
    problem: PairingProblem, way: Settings
) -> None:
    result, truth = solved(problem, way), answer_by_highs(problem)
    assert_keeps_the_rules(problem, result)
    assert missing(result) == truth.missing
    assert result.total == pytest.approx(truth.total, abs=1e-6)
    assert_proven(problem, result)


@settings(max_examples=25)
@given(problem=problems(largest=40), seed=st.integers(0, 5))
def test_the_way_of_solving_does_not_change_the_answer(problem: PairingProblem, seed: int) -> None:
    plain = solved(problem, EVERY_PAIR)
    for way in PRICED:
        priced = solved(problem, way, seed)
        assert missing(priced) == missing(plain)
        assert priced.total == pytest.approx(plain.total, abs=1e-8)
        assert_proven(problem, priced)


@settings(max_examples=25)
@given(problem=problems(largest=12), data=st.data())
def test_one_more_forbidden_pair_never_makes_it_better(
    problem: PairingProblem, data: st.DataObject
) -> None:
    before = solved(problem)
    pins = {tuple(pin) for pin in problem.pinned.tolist()}
    free = [tuple(pair) for pair in before.pairs.tolist() if tuple(pair) not in pins]
    assume(free)
    extra = np.array([data.draw(st.sampled_from(free))])
    after = solved(replace(problem, forbidden=np.concatenate((problem.forbidden, extra))))
    assert (missing(after), -after.total) >= (missing(before), -before.total - 1e-9)


@settings(max_examples=25)
@given(problem=problems(largest=12), seed=st.integers(0, 2**32 - 1))
def test_the_order_of_people_does_not_matter(problem: PairingProblem, seed: int) -> None:
    rng = np.random.default_rng(seed)
    n, m = problem.shape
    left, right = rng.permutation(n), rng.permutation(m)
    places = np.argsort(left), np.argsort(right)

    def moved(pairs: IntArray) -> IntArray:
        return np.column_stack((places[0][pairs[:, 0]], places[1][pairs[:, 1]]))

    shuffled = PairingProblem(
        DenseScorer(matrix(problem)[np.ix_(left, right)]),
        Bounds(problem.left.least[left], problem.left.most[left]),
        Bounds(problem.right.least[right], problem.right.most[right]),
        forbidden=moved(problem.forbidden),
        pinned=moved(problem.pinned),
        sealed=moved(problem.sealed),
        worth=problem.worth,
    )
    plain, other = solved(problem), solved(shuffled)
    assert missing(other) == missing(plain)
    assert other.total == pytest.approx(plain.total, abs=1e-9)


@settings(max_examples=25)
@given(problem=problems(largest=10), seed=st.integers(0, 2**32 - 1))
def test_any_prices_give_a_bound(problem: PairingProblem, seed: int) -> None:
    rng = np.random.default_rng(seed)
    result = solved(problem)
    u, v = rng.normal(size=problem.shape[0]), rng.normal(size=problem.shape[1])
    assert certified_bound(as_met(problem, result), u, v) >= result.total - 1e-9


@settings(max_examples=20)
@given(problem=problems(largest=10))
def test_the_bound_holds_for_whoever_is_left_short(problem: PairingProblem) -> None:
    """The certificate is for the effective bounds, yet covers other ways to miss as few."""
    result, truth = solved(problem), answer_by_highs(problem)
    assert truth.missing == missing(result)
    assert truth.total <= result.certificate.bound + 1e-6
