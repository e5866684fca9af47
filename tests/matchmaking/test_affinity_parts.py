from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from matchmaking.affinity import AffinityScorer, AffinitySettings
from matchmaking.affinity_parts import join, take
from matchmaking.affinity_side import PackedSide, encode_people, pack_side
from matchmaking.calibration import default_calibration
from matchmaking.calibration_centres import centred_side
from matchmaking.encoder_plan import DEFAULT_PLAN
from matchmaking.errors import BadInput
from matchmaking.profile import Person
from tests.word_encoder import WordEncoder

CALIBRATION = default_calibration()
WORDS = ("quantum", "photon", "chip", "양자", "칩", "turbine")
TEXT = st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join)
PEOPLE = st.lists(
    st.builds(
        lambda research, offers, needs: Person("", "", "", (), (), research, (), offers, needs),
        TEXT,
        st.lists(TEXT, max_size=2).map(tuple),
        st.lists(TEXT, max_size=2).map(tuple),
    ),
    min_size=1,
    max_size=5,
)


def _ready(people: list[Person]) -> PackedSide:
    encoders = {name: WordEncoder(name) for name in DEFAULT_PLAN.names}
    named = [
        Person(str(n), research=p.research, offers=p.offers, needs=p.needs)
        for n, p in enumerate(people)
    ]
    packed = pack_side(encode_people(named, DEFAULT_PLAN, encoders), DEFAULT_PLAN)
    return centred_side(packed, CALIBRATION.centres, AffinitySettings().words)


def _parts(whole: PackedSide) -> list[PackedSide]:
    return [take(whole, np.array([place])) for place in range(len(whole))]


def _scores(
    left: PackedSide, right: PackedSide
) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
    scorer = AffinityScorer(left, right, CALIBRATION)
    return scorer.score(*(np.arange(size) for size in scorer.shape))


@settings(max_examples=30, deadline=None)
@given(PEOPLE, st.randoms(use_true_random=False))
def test_people_put_together_again_score_as_before_in_any_order(
    people: list[Person], random: Random
) -> None:
    whole = _ready(people)
    order = list(range(len(people)))
    random.shuffle(order)
    parts = _parts(whole)
    again = join([parts[place] for place in order])
    assert again.keys == tuple(whole.keys[place] for place in order)
    asker = _ready([Person("", research="quantum 칩", offers=("chip",), needs=("photon",))])
    assert_allclose(_scores(asker, again), _scores(asker, whole)[:, order], rtol=1e-5)
    assert_allclose(_scores(again, asker), _scores(whole, asker)[order, :], rtol=1e-5)


def test_some_of_a_side_are_taken_in_the_order_of_their_places() -> None:
    whole = _ready([Person("", research=text) for text in ("quantum", "칩", "", "turbine")])
    some = take(whole, np.array([3, 2, 0]))
    asker = _ready([Person("", research="quantum 칩")])
    assert some.keys == ("3", "2", "0")
    assert some.expertise.english.ids == ("research:0:0", "research:0:0")
    assert_allclose(_scores(asker, some), _scores(asker, whole)[:, [3, 2, 0]], rtol=1e-5)
    assert len(take(whole, np.zeros(0, np.int64))) == 0


def test_sides_of_several_people_can_be_put_together_too() -> None:
    whole = _ready([Person("", research=text) for text in ("quantum", "칩", "turbine")])
    parts = _parts(whole)
    assert join([join(parts[:2]), parts[2]]).keys == ("0", "1", "2")


def test_nobody_one_key_twice_and_different_calibrations_are_refused() -> None:
    one = _ready([Person("", research="quantum")])
    raw = pack_side((), DEFAULT_PLAN)
    with pytest.raises(BadInput, match="nobody"):
        join([])
    with pytest.raises(BadInput, match="same key"):
        join([one, one])
    with pytest.raises(BadInput, match="different calibrations"):
        join([one, raw])
