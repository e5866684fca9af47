"""What raising the worst-off person promises: by eye, against all pairings, and under change."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.fairflow import fairflow
from benchmarks.fairness_data import Mixture
from matchmaking.errors import BadInput, Cancelled
from matchmaking.fairness import FairResult, FairSide, certified_floor_bound, fair_pair
from matchmaking.pairing import Bounds, PairingProblem, Progress, pair
from matchmaking.scorers import DenseScorer
from tests.matchmaking.fairness_instances import (
    as_kept,
    best_floor,
    best_total,
    counted_of,
    forum,
    totals_of,
)
from tests.matchmaking.pairing_instances import matrix, problem_of, problems

ANY_PRICE = 100.0
SIDES = st.sampled_from(["left", "right", "both"])
ONE, TWO = Bounds.same(2, 1, 1), Bounds.same(2, 1, 2)


def two(scores: list[list[float]], **rest: object) -> PairingProblem:
    return problem_of(np.array(scores), ONE, ONE, **rest)


def test_the_worst_off_person_is_raised_though_the_total_falls() -> None:
    problem = two([[0.9, 0.5], [0.5, 0.2]])
    fair = fair_pair(problem, "left", highest_price=ANY_PRICE)
    assert fair.plain.pairs.tolist() == [[0, 0], [1, 1]]
    assert fair.pairs.tolist() == [[0, 1], [1, 0]]
    assert (fair.plain.worst_left, fair.worst_left, fair.floor) == (0.2, 0.5, 0.5)
    assert fair.price == pytest.approx(0.1 / 1.1)


def test_a_floor_that_costs_too_much_is_not_taken() -> None:
    problem = two([[0.9, 0.5], [0.5, 0.2]])
    fair = fair_pair(problem, "left", highest_price=0.05)
    assert fair.pairs.tolist() == fair.plain.pairs.tolist()
    assert (fair.price, fair.floor) == (0.0, 0.2)


def test_only_the_side_that_is_asked_for_is_raised() -> None:
    scores = np.array([[0.9, 0.1], [0.3, 0.2], [0.3, 0.2]])
    problem = problem_of(scores, Bounds.same(3, 0, 2), Bounds.same(2, 0, 2))
    left = fair_pair(problem, "left", highest_price=ANY_PRICE)
    right = fair_pair(problem, "right", highest_price=ANY_PRICE)
    assert left.worst_left >= right.worst_left
    assert right.worst_right >= left.worst_right


def test_of_two_pairings_with_the_same_floor_the_larger_total_is_chosen() -> None:
    scores = np.array([[0.5, 0.5, 0.9], [0.5, 0.1, 0.4], [0.1, 0.5, 0.8]])
    one = Bounds.same(3, 1, 1)
    fair = fair_pair(problem_of(scores, one, one), "left", highest_price=ANY_PRICE)
    assert fair.floor == 0.5
    assert fair.total == pytest.approx(0.5 + 0.5 + 0.9)


def test_somebody_whom_nobody_may_meet_does_not_drag_the_floor_to_nothing() -> None:
    scores = np.array([[0.9, 0.5], [0.5, 0.2], [0.7, 0.7]])
    problem = problem_of(
        scores, Bounds.same(3, 1, 1), Bounds.same(2, 0, 1), forbidden=np.array([[2, 0], [2, 1]])
    )
    fair = fair_pair(problem, "left", highest_price=ANY_PRICE)
    assert [unmet.index for unmet in fair.unmet] == [2]
    assert (fair.floor, fair.worst_left) == (0.5, 0.0)


def test_where_nobody_counts_the_plain_optimum_stays() -> None:
    problem = two([[0.9, 0.5], [0.5, 0.2]], pinned=np.array([[0, 0], [1, 1]]))
    fair = fair_pair(problem, "both")
    assert fair.pairs.tolist() == [[0, 0], [1, 1]]
    assert (fair.floor, fair.worst_bound, fair.price) == (0.0, 0.0, 0.0)


def test_a_pinned_pair_stays_and_counts_towards_the_total_of_its_two() -> None:
    scores = np.array([[0.9, 0.1], [0.2, 0.4]])
    problem = problem_of(scores, TWO, TWO, pinned=np.array([[0, 1]]))
    fair = fair_pair(problem, "both", highest_price=ANY_PRICE)
    assert [0, 1] in fair.pairs.tolist()
    assert fair.floor == pytest.approx(min(totals_of(problem, fair)))


def test_a_pair_below_worth_is_not_made_to_raise_anybody() -> None:
    scores = np.array([[0.9, 0.5], [0.6, 0.3]])
    free = Bounds.same(2, 0, 2)
    fair = fair_pair(problem_of(scores, free, free, worth=0.4), "left", highest_price=ANY_PRICE)
    assert [1, 1] not in fair.pairs.tolist()


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0)])
def test_an_empty_side_has_nobody_to_raise(shape: tuple[int, int]) -> None:
    sides = Bounds.same(shape[0], 0, 2), Bounds.same(shape[1], 0, 2)
    fair = fair_pair(problem_of(np.zeros(shape), *sides))
    assert fair.pairs.shape == (0, 2)
    assert fair.floor == 0.0


def test_a_side_or_a_price_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(BadInput, match="left, right or both"):
        fair_pair(two([[1, 1], [1, 1]]), "middle")  # type: ignore[arg-type] # on purpose
    with pytest.raises(BadInput, match="0 or more"):
        fair_pair(two([[1, 1], [1, 1]]), highest_price=-1.0)


def check(problem: PairingProblem, side: FairSide, fair: FairResult) -> None:
    """Hold a result against the truth about all pairings."""
    kept, counted = as_kept(problem, fair), counted_of(problem, side)
    degrees = np.bincount(fair.pairs[:, 0], minlength=problem.shape[0])
    assert (degrees >= fair.effective_left.least).all()
    assert (degrees <= problem.left.most).all()
    bound = certified_floor_bound(kept, fair.certificate)
    assert bound == pytest.approx(fair.certificate.bound, abs=1e-6)
    if not counted.any():
        assert fair.total == fair.plain.total
        return
    before = np.concatenate(
        [
            np.bincount(fair.plain.pairs[:, k], weights=fair.plain.scores, minlength=people)
            for k, people in enumerate(problem.shape)
        ]
    )
    assert fair.floor == pytest.approx(totals_of(problem, fair)[counted].min())
    assert fair.floor >= before[counted].min() - 1e-9
    best = best_floor(kept, counted)
    assert fair.floor - 1e-6 <= best <= fair.worst_bound + 1e-6
    top = best_total(kept, counted, fair.floor)
    assert fair.total - 1e-5 <= top <= fair.certificate.bound + 1e-5


@settings(max_examples=40)
@given(problem=problems(largest=6), side=SIDES)
def test_no_bound_is_below_the_truth_and_no_value_above_it(
    problem: PairingProblem, side: FairSide
) -> None:
    check(problem, side, fair_pair(problem, side, highest_price=ANY_PRICE))


@pytest.mark.slow
@settings(max_examples=1500)
@given(problem=problems(largest=7), side=SIDES)
def test_no_bound_is_below_the_truth_on_many_instances(
    problem: PairingProblem, side: FairSide
) -> None:
    check(problem, side, fair_pair(problem, side, highest_price=ANY_PRICE))


@settings(max_examples=25)
@given(problem=problems(largest=6), side=SIDES, price=st.sampled_from([0.0, 0.01, 0.1]))
def test_no_more_is_given_up_than_allowed(
    problem: PairingProblem, side: FairSide, price: float
) -> None:
    fair = fair_pair(problem, side, highest_price=price)
    assert fair.plain.total - fair.total <= price * abs(fair.plain.total) + 1e-6
    assert fair.price <= price + 1e-6


def test_the_floor_is_found_exactly_on_most_small_forums() -> None:
    reached = []
    for seed in range(12):
        rng = np.random.default_rng(seed)
        bounds = Bounds.same(7, 1, 2)
        problem = PairingProblem(DenseScorer(rng.random((7, 7))), bounds, bounds)
        fair = fair_pair(problem, "both", highest_price=ANY_PRICE)
        best = best_floor(as_kept(problem, fair), counted_of(problem, "both"))
        reached.append(fair.floor / best)
    assert sorted(reached)[3] > 0.999
    assert min(reached) > 0.8


@pytest.mark.parametrize("side", ["left", "right", "both"])
def test_a_forum_s_worst_off_person_gains_much_for_little(side: FairSide) -> None:
    problem = forum()
    fair = fair_pair(problem, side)
    before = {"left": fair.plain.worst_left, "right": fair.plain.worst_right}
    least = min(before.values()) if side == "both" else before[side]
    assert fair.floor > 1.1 * least
    assert fair.price <= 0.01
    assert fair.floor <= fair.worst_bound < 1.5 * fair.floor
    assert 0 <= fair.certificate.gap <= fair.price


def test_the_curve_leads_from_the_optimum_to_the_result_and_never_turns() -> None:
    fair = fair_pair(forum(), "left")
    floors, totals = ([getattr(at, name) for at in fair.curve] for name in ("floor", "total"))
    assert floors == sorted(floors)
    assert totals == sorted(totals, reverse=True)
    assert totals[0] == pytest.approx(fair.plain.total)
    assert (floors[-1], totals[-1]) == pytest.approx((fair.floor, fair.total))


def test_the_same_seed_gives_the_same_pairs() -> None:
    first, again = (fair_pair(forum(), "both", seed=3) for _ in range(2))
    assert (first.pairs == again.pairs).all()
    assert first.curve == again.curve


def test_forbidding_pairs_that_are_not_made_lowers_no_bound_below_the_floor() -> None:
    problem = forum(40)
    fair = fair_pair(problem, "left")
    made = {tuple(pair) for pair in fair.pairs.tolist()}
    more = [pair for pair in np.ndindex(40, 40) if pair not in made][::3]
    fewer = PairingProblem(
        problem.scorer,
        problem.left,
        problem.right,
        forbidden=np.concatenate((problem.forbidden, np.array(more))),
    )
    assert fair_pair(fewer, "left").worst_bound >= fair.floor - 1e-9


def test_exchanging_the_sides_exchanges_the_bounds() -> None:
    problem = forum(40)
    turned = PairingProblem(
        DenseScorer(matrix(problem).T.copy()),
        problem.right,
        problem.left,
        forbidden=problem.forbidden[:, ::-1],
    )
    here, there = fair_pair(problem, "left"), fair_pair(turned, "right")
    assert there.plain.total == pytest.approx(here.plain.total)
    assert min(here.worst_bound, there.worst_bound) >= max(here.floor, there.floor) - 1e-6


def test_progress_tells_of_the_floor() -> None:
    heard: list[Progress] = []
    fair_pair(forum(40), "left", progress=heard.append)
    floors = [progress for progress in heard if progress.stage == "floor"]
    assert floors
    assert all(0 < progress.done <= progress.total for progress in floors)


@pytest.mark.parametrize("stage", ["scores", "flow", "floor"])
def test_a_run_can_be_cancelled_in_every_stage(stage: str) -> None:
    heard: list[str] = []
    with pytest.raises(Cancelled):
        fair_pair(
            forum(40),
            progress=lambda progress: heard.append(progress.stage),
            cancelled=lambda: stage in heard,
        )


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_it_is_never_below_fairflow_for_at_most_a_hundredth(seed: int) -> None:
    data = Mixture(100, 100, seed)
    pairs = fairflow(data.scores, *data.bounds, halvings=5)
    scores = data.scores[pairs[:, 0], pairs[:, 1]].astype(np.float64)
    peer = np.bincount(pairs[:, 0], weights=scores, minlength=100).min()
    fair = fair_pair(data.problem, "left")
    assert fair.floor >= peer - 1e-6
    assert fair.total >= 0.99 * pair(data.problem).total
