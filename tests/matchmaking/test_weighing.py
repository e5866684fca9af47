"""Within a person, key works count more and old works less; nobody else comes into it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.affinity_side import EncodedPassage, EncodedPerson
from matchmaking.errors import BadInput
from matchmaking.passages import Kind, Passage
from matchmaking.weighing import AS_GIVEN, Weighing, weighed

AT = Weighing(year=2026, half_life=10, key_work=2)


def work(year: int | None = None, **given: object) -> Passage:
    values = {"source": 0, "position": 0, "text": "", "hangul": False, "weight": 1.0}
    return Passage(Kind.PUBLICATION, year=year, **values | given)  # type: ignore[arg-type]


def text(kind: Kind, *, hangul: bool = False) -> Passage:
    return Passage(kind, 0, 0, "", hangul, 1.0)


passages = st.lists(
    st.builds(
        work,
        st.none() | st.integers(1950, 2030),
        weight=st.floats(0.1, 10),
        key_work=st.booleans(),
        hangul=st.booleans(),
    ),
    max_size=6,
)


def test_a_work_counts_half_after_the_half_life_and_full_when_it_is_new() -> None:
    found = AT.weights([work(2026), work(2016), work(2006)])
    assert found == pytest.approx([1, 0.5, 0.25])


def test_a_work_that_is_still_to_appear_is_new() -> None:
    assert AT.weights([work(2028)]) == pytest.approx([1])


def test_a_work_of_an_unknown_year_counts_as_the_dated_ones_do_on_average() -> None:
    assert AT.weights([work(2026), work(2016), work(None)]) == pytest.approx([1, 0.5, 0.75])
    assert AT.weights([work(None), work(None)]) == pytest.approx([1, 1])


def test_the_research_text_offers_and_needs_have_no_age() -> None:
    found = AT.weights([text(Kind.RESEARCH), text(Kind.OFFER), text(Kind.NEED), work(2006)])
    assert found == pytest.approx([1, 1, 1, 0.25])


def test_a_key_work_counts_double_and_the_person_s_own_weight_stays() -> None:
    found = AT.weights([work(2026, key_work=True), work(2026, weight=0.5), work(2026)])
    assert found == pytest.approx([2, 0.5, 1])


def test_without_an_edition_there_is_no_age() -> None:
    assert AS_GIVEN.weights([work(1990), work(2026)]) == pytest.approx([1, 1])


def test_age_is_counted_from_the_edition_and_not_from_today() -> None:
    one = Weighing(year=2020, half_life=10).weights([work(2010)])
    assert one == pytest.approx([0.5])


@given(passages, passages)
def test_a_korean_text_that_is_added_changes_no_weight_of_an_english_one(
    some: list[Passage], more: list[Passage]
) -> None:
    english = [one for one in some if not one.hangul]
    korean = [one for one in more if one.hangul]
    assert AT.weights(english + korean)[: len(english)] == pytest.approx(AT.weights(english))


@given(passages)
def test_every_text_keeps_some_weight(some: list[Passage]) -> None:
    assert (AT.weights(some) > 0).all()
    assert len(AT.weights(some)) == len(some)


@given(passages, st.randoms())
def test_the_order_of_texts_says_nothing(some: list[Passage], rng: object) -> None:
    order = list(range(len(some)))
    rng.shuffle(order)  # type: ignore[attr-defined]
    moved = AT.weights([some[place] for place in order])
    assert moved == pytest.approx(AT.weights(some)[order] if order else [])


def test_a_weighed_person_has_the_same_texts_and_vectors() -> None:
    vector = np.ones(2, np.float32)
    person = EncodedPerson("p", (EncodedPassage(work(2016), {"e": vector}),))
    found = weighed(person, AT)
    assert found.key == "p"
    assert found.passages[0].vectors["e"] is vector
    assert found.passages[0].passage == work(2016, weight=0.5)


@pytest.mark.parametrize("bad", [{"half_life": 0}, {"half_life": float("nan")}, {"key_work": 0.5}])
def test_what_would_turn_the_rule_around_is_refused(bad: dict[str, float]) -> None:
    with pytest.raises(BadInput):
        Weighing(**bad)  # type: ignore[arg-type]
