"""Promises add up to what people need; bundles reach it at the best gain."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.fairness_market import Crowd, Flags
from matchmaking.fairness_promises import Promises, worth_to
from matchmaking.scorers import FloatArray, IntArray

WHO = np.array([0])


def crowd(most: list[int]) -> Crowd:
    people = len(most)
    nothing = np.zeros(people, np.int64)
    return Crowd(nothing, np.array(most), np.zeros(people), np.ones(people, bool))


def one_person(scores: FloatArray, most: int) -> Promises:
    return Promises(crowd([most]), np.zeros(len(scores), np.int64), scores)


def sums(promises: Promises, places: IntArray, taken: Flags) -> float:
    return float(np.where(taken, promises.scores[0, places[0]], 0.0).sum())


@settings(max_examples=150)
@given(seed=st.integers(0, 2**32 - 1), pairs=st.integers(1, 7), most=st.integers(1, 4))
def test_a_bundle_reaches_the_need_whenever_one_does(seed: int, pairs: int, most: int) -> None:
    rng = np.random.default_rng(seed)
    scores, gain = rng.random(pairs), rng.normal(size=pairs)
    promises = one_person(scores, most)
    best = np.sort(scores)[::-1][:most].sum()
    need = np.array([rng.uniform(0, 1.2) * best])
    bundle = promises.wanted(WHO, gain, need)
    assert bundle.taken.sum() <= most
    assert sums(promises, bundle.places, bundle.taken) >= min(need[0], best) - 1e-9


@settings(max_examples=100)
@given(seed=st.integers(0, 2**32 - 1), pairs=st.integers(1, 6), most=st.integers(1, 3))
def test_no_bundle_gains_more_than_the_best_that_suffices(seed: int, pairs: int, most: int) -> None:
    rng = np.random.default_rng(seed)
    scores, gain = rng.random(pairs), rng.normal(size=pairs)
    need = rng.uniform(0, 0.8) * np.sort(scores)[::-1][:most].sum()
    bundle = one_person(scores, most).wanted(WHO, gain, np.array([need]))
    best = max(
        gain[list(some)].sum()
        for size in range(most + 1)
        for some in combinations(range(pairs), size)
        if scores[list(some)].sum() >= need
    )
    assert bundle.gain[0] <= best + 1e-9


def test_a_need_of_nothing_takes_what_gains() -> None:
    promises = one_person(np.array([0.9, 0.8, 0.1]), 2)
    bundle = promises.wanted(WHO, np.array([-1.0, 0.5, 0.2]), np.array([0.0]))
    assert bundle.gain[0] == pytest.approx(0.7)


def test_a_contested_partner_is_wanted_when_nothing_else_suffices() -> None:
    promises = one_person(np.array([0.51, 0.5]), 1)
    bundle = promises.wanted(WHO, np.array([-1000.0, 0.0]), np.array([0.505]))
    assert sums(promises, bundle.places, bundle.taken) == pytest.approx(0.51)


def test_what_is_promised_adds_up_to_the_need_and_the_bundle_keeps_it() -> None:
    promises = one_person(np.array([0.9, 0.8, 0.1]), 2)
    need = np.array([1.5])
    bundle = promises.wanted(WHO, np.zeros(3), need)
    promises.promise(WHO, bundle, need)
    assert promises.count.tolist() == [2]
    assert promises.floors[0].sum() == pytest.approx(1.5)
    assert promises.rungs(np.array([0.9, 0.8, 0.1])).tolist() == [0, 0, 2]


def test_without_a_promise_every_pair_stands_at_the_foot() -> None:
    assert one_person(np.array([0.9, 0.1]), 2).rungs(np.array([0.9, 0.1])).tolist() == [0, 0]


@settings(max_examples=100)
@given(seed=st.integers(0, 2**32 - 1), held=st.integers(1, 4))
def test_who_keeps_what_they_hold_is_promised_enough_of_it(seed: int, held: int) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.random(6)
    promises = one_person(scores, 4)
    chosen = np.zeros(6, bool)
    chosen[rng.permutation(6)[:held]] = True
    need = np.array([rng.uniform(0, 1) * scores[chosen].sum()])
    promises.keep(WHO, chosen, need, rng)
    count = int(promises.count[0])
    floors = promises.floors[0, :count]
    assert floors.sum() >= need[0] - 1e-6
    holdings = np.sort(scores[chosen])[::-1][:count]
    assert (floors <= holdings).all()


def test_holdings_are_the_scores_of_what_is_chosen_best_first() -> None:
    promises = one_person(np.array([0.2, 0.9, 0.5]), 3)
    held = promises.holdings(WHO, np.array([True, False, True]))
    assert held.tolist() == [[0.5, 0.2, -np.inf]]


def test_what_people_hold_is_worth_its_gain() -> None:
    promises = one_person(np.array([0.2, 0.9]), 2)
    gain = np.array([3.0, 5.0])
    assert worth_to(gain, np.array([True, False]), promises, WHO).tolist() == [3.0]


def test_people_with_fewer_places_than_others_take_no_more_than_theirs() -> None:
    people = np.array([0, 0, 0, 1, 1, 1])
    promises = Promises(crowd([1, 3]), people, np.array([0.5, 0.4, 0.3] * 2))
    bundle = promises.wanted(np.array([0]), np.ones(6), np.array([0.0]))
    assert bundle.taken.sum() == 1
    promises.promise(np.array([0]), bundle, np.array([0.4]))
    assert promises.count.tolist() == [1, 0]
