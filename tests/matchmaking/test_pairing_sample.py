import numpy as np

from matchmaking.pairing import Bounds
from matchmaking.pairing_optimum import Settings, find_optimum
from matchmaking.pairing_pairs import PairSet
from matchmaking.pairing_prices import Prices
from matchmaking.pairing_sample import sampled_prices
from matchmaking.pairing_task import Task
from matchmaking.pairing_tiles import AllowedValues
from matchmaking.pairing_watch import Watch
from matchmaking.scorers import VectorScorer


def two_topics(left: tuple[int, int], right: tuple[int, int]) -> Task:
    """Make so many people of the first and of the second topic on either side."""
    rng = np.random.default_rng(0)
    sides = []
    for first, second in (left, right):
        topics = np.repeat(np.eye(8)[:2], (first, second), axis=0)
        sides.append(topics + 0.05 * rng.normal(size=topics.shape))
    n, m = sum(left), sum(right)
    allowed = AllowedValues(
        VectorScorer(sides[0], sides[1]), 0.0, PairSet.of(np.array([[0, 0]]), (n, m))
    )
    return Task(allowed, Bounds.same(n, 1, 3), Bounds.same(m, 1, 3))


def exact(task: Task) -> Prices:
    return find_optimum(task, Watch(), settings=Settings(whole=10**9)).prices


def test_a_sample_tells_who_is_sought_after() -> None:
    task = two_topics(left=(160, 40), right=(40, 160))
    guess = sampled_prices(task, 50, exact, 0, Watch())
    truth = exact(task)
    for guessed, true in ((guess.left, truth.left), (guess.right, truth.right)):
        assert np.corrcoef(guessed, true)[0, 1] > 0.9
    assert guess.left[160:].mean() > guess.left[:160].mean() + 0.3


def test_a_small_forum_is_not_sampled() -> None:
    prices = sampled_prices(two_topics((5, 5), (5, 5)), 50, exact, 0, Watch())
    assert not prices.left.any()
    assert not prices.right.any()


def test_who_takes_no_part_has_an_infinite_price() -> None:
    task = two_topics((60, 60), (60, 60))
    most = np.where(np.arange(120) < 3, 0, 3)
    closed = Task(task.allowed, Bounds(np.minimum(1, most), most), task.right)
    prices = sampled_prices(closed, 30, exact, 0, Watch())
    assert np.isinf(prices.left[:3]).all()
    assert np.isfinite(prices.left[3:]).all()
