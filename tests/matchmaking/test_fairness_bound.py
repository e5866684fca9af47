"""The bound on the total under a floor holds for any prices and weights, and is good for some."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.fairness import certified_floor_bound, fair_pair
from matchmaking.fairness_bound import Weights, floor_certificate, floor_weights
from matchmaking.pairing import PairingProblem, certified_bound, pair
from matchmaking.pairing_watch import Watch
from tests.matchmaking.fairness_instances import (
    as_kept,
    best_total,
    counted_of,
    forum,
    market_of,
)
from tests.matchmaking.pairing_instances import problems


@settings(max_examples=40)
@given(problem=problems(largest=6), seed=st.integers(0, 2**32 - 1))
def test_any_prices_and_any_weights_bound_the_total(problem: PairingProblem, seed: int) -> None:
    fair = fair_pair(problem, "both", highest_price=100.0)
    kept, counted = as_kept(problem, fair), counted_of(problem, "both")
    rng = np.random.default_rng(seed)
    n, m = problem.shape
    proof = replace(
        fair.certificate,
        floor=fair.floor,
        left_price=rng.normal(size=n),
        right_price=rng.normal(size=m),
        left_weight=rng.random(n) * counted[:n],
        right_weight=rng.random(m) * counted[n:],
    )
    if counted.any():
        assert certified_floor_bound(kept, proof) >= best_total(kept, counted, fair.floor) - 1e-6


def test_without_weights_it_is_the_bound_of_the_plain_pairing() -> None:
    problem = forum(30)
    plain = pair(problem)
    nobody = Weights(np.zeros(30), np.zeros(30))
    proof = floor_certificate(problem, plain, nobody, 0.5, plain.total, Watch())
    assert certified_floor_bound(problem, proof) == pytest.approx(
        certified_bound(problem, plain.certificate.left_price, plain.certificate.right_price)
    )
    assert proof.gap == pytest.approx(plain.certificate.gap)


def test_weights_press_only_on_people_near_the_floor_and_sharpen_the_bound() -> None:
    problem = forum()
    fair = fair_pair(problem, "left")
    proof = fair.certificate
    totals = np.bincount(fair.pairs[:, 0], weights=fair.scores, minlength=60)
    assert (proof.left_weight >= 0).all()
    assert totals[proof.left_weight > 0].max() <= 1.3 * fair.floor + 1e-9
    assert not proof.right_weight.any()
    assert proof.bound < fair.plain.certificate.bound


def test_weights_that_sharpen_nothing_are_left_out() -> None:
    problem = forum(30)
    plain = pair(problem)
    heavy = Weights(np.full(30, 5.0), np.zeros(30))
    proof = floor_certificate(problem, plain, heavy, 0.0, plain.total, Watch())
    assert not proof.left_weight.any()
    assert proof.bound == plain.certificate.bound


def test_a_floor_that_everybody_has_anyway_has_no_weight() -> None:
    problem = forum(30)
    market, plain = market_of(problem, "both"), pair(problem)
    made = {tuple(pair) for pair in plain.pairs.tolist()}
    pairs = zip(market.pool.rows.tolist(), market.pool.columns.tolist(), strict=True)
    chosen = np.array([pair in made for pair in pairs])
    weights = floor_weights(market, market.worst(chosen) / 2, chosen)
    assert weights.size == pytest.approx(0.0, abs=1e-9)
