import numpy as np

from matchmaking.pairing import Bounds
from matchmaking.pairing_pairs import PairSet
from matchmaking.pairing_prices import Prices
from matchmaking.pairing_pricing import Looker
from matchmaking.pairing_start import Sizes, every_pair, promising_pairs
from matchmaking.pairing_task import Task
from matchmaking.pairing_tiles import AllowedValues
from matchmaking.pairing_watch import Watch
from matchmaking.scorers import DenseScorer

SHAPE = (300, 200)


def task_of(left: Bounds, right: Bounds) -> Task:
    rng = np.random.default_rng(0)
    excluded = PairSet.of(np.argwhere(rng.random(SHAPE) < 0.2), SHAPE)
    return Task(AllowedValues(DenseScorer(rng.random(SHAPE)), 0.0, excluded), left, right)


TASK = task_of(Bounds.same(300, 1, 4), Bounds.same(200, 1, 5))


def test_every_pair_is_every_pair_that_is_allowed() -> None:
    pool = every_pair(TASK.allowed, Watch())
    excluded = np.zeros(SHAPE, bool)
    excluded[tuple(TASK.allowed.excluded.pairs().T)] = True
    taken = np.zeros(SHAPE, bool)
    taken[pool.rows, pool.columns] = True
    assert (taken == ~excluded).all()


def test_everybody_starts_with_several_pairs_of_which_none_is_excluded() -> None:
    prices = Prices(np.zeros(300), np.zeros(200))
    looker = Looker(TASK.allowed, 10**6, 0)
    pool = promising_pairs(TASK, looker, Sizes.of(TASK), prices, 0, Watch())
    assert not TASK.allowed.excluded.holds(np.column_stack((pool.rows, pool.columns))).any()
    assert np.bincount(pool.rows, minlength=300).min() >= Sizes.of(TASK).first.left
    assert np.bincount(pool.columns, minlength=200).min() >= Sizes.of(TASK).first.right
    assert len(pool) < 300 * 200 / 4


def test_who_takes_no_part_is_in_no_pair() -> None:
    most = np.where(np.arange(300) < 9, 0, 4)
    task = task_of(Bounds(0 * most, most), Bounds.same(200, 0, 5))
    prices = Prices(np.where(most == 0, np.inf, 0.0), np.zeros(200))
    looker = Looker(task.allowed, 10**6, 0)
    pool = promising_pairs(task, looker, Sizes.of(task), prices, 0, Watch())
    assert pool.rows.min() == 9


def test_more_partners_ask_for_more_pairs_and_rare_partners_for_few() -> None:
    few = Sizes.of(task_of(Bounds.same(300, 0, 2), Bounds.same(200, 0, 3)))
    many = Sizes.of(task_of(Bounds.same(300, 0, 20), Bounds.same(200, 0, 30)))
    rare = Sizes.of(
        task_of(Bounds.same(300, 0, 5), Bounds(np.zeros(200, int), np.eye(200, dtype=int)[0]))
    )
    assert few.keep.left < many.keep.left
    assert (rare.first.left, rare.keep.left) == (1, 1)
