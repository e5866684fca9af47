"""What the pairing promises, on instances that can be checked by eye."""

import numpy as np
import pytest

from matchmaking.errors import BadInput, Cancelled
from matchmaking.pairing import Bounds, PairingProblem, Progress, pair
from matchmaking.pairing_optimum import Settings
from matchmaking.pairing_solve import solve_pairing
from matchmaking.pairing_watch import Watch
from matchmaking.scorers import VectorScorer
from tests.matchmaking.pairing_instances import BY_PRICES, problem_of, solved


def pairs_of(
    scores: list[list[float]], left: Bounds, right: Bounds, **rest: object
) -> list[list[int]]:
    pairs: list[list[int]] = pair(problem_of(np.array(scores), left, right, **rest)).pairs.tolist()
    return pairs


def test_the_best_total_beats_the_best_single_pair() -> None:
    one = Bounds.same(2, 1, 1)
    assert pairs_of([[0.9, 0.8], [0.7, 0.1]], one, one) == [[0, 1], [1, 0]]


def test_a_pair_is_made_at_most_once() -> None:
    assert pairs_of([[1.0]], Bounds.same(1, 2, 5), Bounds.same(1, 0, 5)) == [[0, 0]]


def test_a_forbidden_pair_is_never_chosen() -> None:
    some = Bounds.same(1, 0, 2), Bounds.same(2, 0, 1)
    assert pairs_of([[0.9, 0.1]], *some, forbidden=np.array([[0, 0]])) == [[0, 1]]


def test_a_pinned_pair_is_chosen_whatever_it_is_worth() -> None:
    some = Bounds.same(1, 0, 1), Bounds.same(2, 0, 1)
    result = pair(problem_of(np.array([[0.9, -5.0]]), *some, pinned=np.array([[0, 1]])))
    assert result.pairs.tolist() == [[0, 1]]
    assert result.total == -5.0
    assert result.certificate.gap == 0.0


def test_a_pair_below_the_floor_is_only_made_to_honour_a_minimum() -> None:
    scores = [[0.9, 0.3], [0.4, 0.0]]
    free, one = Bounds.same(2, 0, 2), Bounds.same(2, 1, 2)
    assert pairs_of(scores, free, free, worth=0.5) == [[0, 0]]
    assert pairs_of(scores, free, one, worth=0.5) == [[0, 0], [0, 1]]
    assert pairs_of(scores, one, one, worth=0.5) == [[0, 0], [0, 1], [1, 0]]


def test_scores_are_as_given_and_the_total_is_above_worth() -> None:
    free = Bounds.same(1, 0, 1)
    result = pair(problem_of(np.array([[0.75]]), free, free, worth=0.5))
    assert (result.scores.tolist(), result.total) == ([0.75], 0.25)


def test_the_worst_off_person_is_told_for_either_side() -> None:
    scores = np.array([[0.9, 0.5, 0.1], [0.2, 0.6, 0.3]])
    result = pair(problem_of(scores, Bounds.same(2, 1, 3), Bounds.same(3, 1, 1)))
    assert result.pairs.tolist() == [[0, 0], [1, 1], [1, 2]]
    assert (result.worst_left, result.worst_right) == pytest.approx((0.9, 0.3))


def test_someone_who_takes_part_and_gets_nobody_is_the_worst_off() -> None:
    result = pair(problem_of(np.array([[0.9], [0.5]]), Bounds.same(2, 0, 1), Bounds.same(1, 0, 1)))
    assert (result.worst_left, result.worst_right) == (0.0, 0.9)


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0)])
def test_an_empty_side_pairs_nobody(shape: tuple[int, int]) -> None:
    problem = problem_of(np.zeros(shape), Bounds.same(shape[0], 0, 2), Bounds.same(shape[1], 0, 2))
    result = pair(problem)
    assert result.pairs.shape == (0, 2)
    assert (result.total, result.certificate.gap, result.unmet) == (0.0, 0.0, ())


def test_someone_with_most_0_gets_nobody() -> None:
    left = Bounds(np.array([0, 0]), np.array([0, 1]))
    assert pairs_of([[0.9], [0.1]], left, Bounds.same(1, 1, 2)) == [[1, 0]]


def test_a_most_beyond_the_other_side_is_no_limit() -> None:
    result = pairs_of([[0.5, 0.5]], Bounds.same(1, 0, 99), Bounds.same(2, 0, 99))
    assert result == [[0, 0], [0, 1]]


@pytest.mark.parametrize("bad", [np.nan, np.inf])
@pytest.mark.parametrize("settings", [Settings(), BY_PRICES])
def test_a_score_that_is_not_a_number_is_named(bad: float, settings: Settings) -> None:
    scores = np.zeros((3, 4))
    scores[1, 2] = bad
    problem = problem_of(scores, Bounds.same(3, 0, 1), Bounds.same(4, 0, 1))
    with pytest.raises(BadInput, match=r"pair \(1, 2\)"):
        solved(problem, settings)


def forum(n: int = 90, m: int = 70) -> PairingProblem:
    rng = np.random.default_rng(4)
    topics = rng.normal(size=(6, 16))
    left = topics[rng.integers(0, 6, n)] + 0.6 * rng.normal(size=(n, 16))
    right = topics[rng.integers(0, 3, m)] + 0.6 * rng.normal(size=(m, 16))
    return PairingProblem(
        VectorScorer(left, right),
        Bounds.same(n, 2, 4),
        Bounds.same(m, 2, 5),
        forbidden=np.argwhere(rng.random((n, m)) < 0.03),
    )


def test_the_same_seed_gives_the_same_answer_and_any_seed_the_same_total() -> None:
    first, again, other = (solved(forum(), BY_PRICES, seed) for seed in (1, 1, 2))
    assert (first.pairs == again.pairs).all()
    assert (first.certificate.left_price == again.certificate.left_price).all()
    assert other.total == pytest.approx(first.total)


def test_progress_passes_through_every_stage() -> None:
    heard: list[Progress] = []
    solve_pairing(forum(), Watch(heard.append), 0, BY_PRICES)
    assert {"scores", "flow", "prices"} == {progress.stage for progress in heard}
    assert all(0 <= progress.done <= progress.total for progress in heard)


@pytest.mark.parametrize("stage", ["scores", "flow", "prices", "explanation"])
def test_a_run_can_be_cancelled_in_every_stage(stage: str) -> None:
    heard: list[str] = []
    watch = Watch(lambda progress: heard.append(progress.stage), lambda: stage in heard)
    crowded = PairingProblem(forum().scorer, Bounds.same(90, 4, 4), Bounds.same(70, 2, 2))
    with pytest.raises(Cancelled, match="stopped during"):
        solve_pairing(crowded, watch, 0, BY_PRICES)


def test_a_run_that_is_cancelled_at_once_asks_for_no_score() -> None:
    with pytest.raises(Cancelled):
        pair(forum(), cancelled=lambda: True)


def test_cached_scores_do_not_change_the_answer() -> None:
    kept = solved(forum(), BY_PRICES)
    anew = solved(forum(), Settings(whole=0, budget=0))
    assert kept.total == pytest.approx(anew.total)
    assert kept.certificate.gap <= 1e-8
