"""A person's mix orders their own list by the parts of the affinity that are known anyway."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.errors import BadInput
from matchmaking.mix import Mix, MixParts, Values, preference, shared_share

UNKNOWN = float("nan")


def parts(
    score: list[float],
    work: list[float],
    gets: list[float],
    gives: list[float],
    shared: list[float] | None = None,
) -> MixParts:
    def array(values: list[float]) -> Values:
        return np.array(values, np.float32)

    known = None if shared is None else array(shared)
    return MixParts(array(score), array(work), array(gets), array(gives), known)


#            a near colleague, one who completes, a stranger with a bridge, one without any
PEOPLE = parts(
    score=[0.60, 0.55, 0.40, 0.10],
    work=[0.80, 0.40, 0.10, 0.05],
    gets=[0.20, 0.70, 0.60, 0.02],
    gives=[0.20, 0.60, 0.20, 0.02],
    shared=[1.0, 0.5, 0.0, 0.0],
)


def first(mix: Mix) -> int:
    return int(np.argmax(preference(mix, PEOPLE)))


def test_the_balanced_mix_is_the_score_itself() -> None:
    assert preference(Mix.BALANCED, PEOPLE) is PEOPLE.score


def test_each_mix_puts_its_own_kind_of_person_first() -> None:
    assert first(Mix.SIMILAR) == 0
    assert first(Mix.COMPLEMENTARY) == 1
    assert first(Mix.EXPLORATORY) == 2


def test_a_stranger_without_a_bridge_is_last_for_everybody() -> None:
    for mix in Mix:
        assert int(np.argmin(preference(mix, PEOPLE))) == 3


def test_without_offers_and_needs_a_bridge_is_half_the_score() -> None:
    people = parts([0.6, 0.6], [0.1, 0.1], [UNKNOWN, 0.3], [UNKNOWN, UNKNOWN])
    found = preference(Mix.EXPLORATORY, people)
    assert found[0] == pytest.approx(found[1])


def test_another_field_is_newer_than_one_s_own() -> None:
    people = parts([0.5, 0.5], [0.2, 0.2], [0.5, 0.5], [0.5, 0.5], [1.0, 0.0])
    found = preference(Mix.EXPLORATORY, people)
    assert found[1] > found[0]


def test_whoever_named_no_field_is_neither_near_nor_far_by_it() -> None:
    unnamed = parts([0.5], [0.2], [0.5], [0.5], [UNKNOWN])
    without = parts([0.5], [0.2], [0.5], [0.5])
    assert preference(Mix.EXPLORATORY, unnamed) == preference(Mix.EXPLORATORY, without)


def test_what_two_people_share_is_counted_of_the_shorter_list() -> None:
    assert shared_share(frozenset("ab"), frozenset("abcd")) == 1
    assert shared_share(frozenset("ab"), frozenset("bc")) == 0.5
    assert np.isnan(shared_share(frozenset(), frozenset("a")))


values = st.floats(0.0, 1.0, width=32)
unsure = values | st.just(UNKNOWN)
candidates = st.lists(st.tuples(values, unsure, unsure, unsure, unsure), min_size=1, max_size=8)


@given(candidates, st.sampled_from(Mix))
def test_every_preference_is_a_number_from_0_to_1(
    people: list[tuple[float, ...]], mix: Mix
) -> None:
    found = preference(mix, parts(*(list(column) for column in zip(*people, strict=True))))
    assert found.shape == (len(people),)
    assert ((found >= 0) & (found <= 1)).all()


@given(candidates, st.sampled_from(Mix))
def test_one_candidate_s_place_does_not_depend_on_who_else_is_there(
    people: list[tuple[float, ...]], mix: Mix
) -> None:
    together = preference(mix, parts(*(list(column) for column in zip(*people, strict=True))))
    alone = preference(mix, parts(*([value] for value in people[0])))
    assert together[0] == alone[0]


@given(candidates, st.sampled_from([Mix.SIMILAR, Mix.COMPLEMENTARY]))
def test_of_two_alike_in_all_else_the_better_score_comes_first(
    people: list[tuple[float, ...]], mix: Mix
) -> None:
    _, work, gets, gives, _ = people[0]
    pair = parts([0.3, 0.6], [work] * 2, [gets] * 2, [gives] * 2)
    low, high = preference(mix, pair)
    assert high > low


def test_parts_of_different_lengths_are_refused() -> None:
    with pytest.raises(BadInput):
        parts([0.5], [0.2, 0.3], [0.5], [0.5])
