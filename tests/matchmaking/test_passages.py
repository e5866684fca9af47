import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.passages import (
    TOKEN_LIMIT,
    Kind,
    has_hangul,
    normalised,
    passages_of,
    split_text,
    text_hash,
    token_estimate,
)
from matchmaking.profile import Person, Work

SENTENCE = "Ferroelectric HfZrO2 capacitors hold 3-bit weights for 10 years at 85 degrees."
LETTERS = st.text(
    alphabet=st.sampled_from("abcXYZ 019.!?-\n\t한글반도체é量"), min_size=0, max_size=400
)


def test_every_text_of_a_person_becomes_a_passage_of_its_kind() -> None:
    person = Person(
        "p",
        research="Spiking networks on chip.",
        publications=(Work("First title"), Work("Second title", "An abstract.")),
        offers=("Clean room", "Test bench"),
        needs=("Device models",),
    )
    assert [(p.id, p.text) for p in passages_of(person)] == [
        ("research:0:0", "Spiking networks on chip."),
        ("publication:0:0", "First title"),
        ("publication:1:0", "Second title. An abstract."),
        ("offer:0:0", "Clean room"),
        ("offer:1:0", "Test bench"),
        ("need:0:0", "Device models"),
    ]


def test_empty_texts_give_no_passages() -> None:
    assert passages_of(Person("p", research=" \n", publications=(Work(""),), offers=("",))) == ()


def test_a_long_abstract_is_split_and_its_title_stands_before_every_part() -> None:
    parts = passages_of(Person("p", publications=(Work("On memories", SENTENCE * 30, weight=2),)))
    assert len(parts) > 2
    assert all(part.text.startswith("On memories. ") for part in parts)
    assert [part.position for part in parts] == list(range(len(parts)))


def test_the_parts_of_a_text_share_its_weight() -> None:
    parts = passages_of(Person("p", publications=(Work("On memories", SENTENCE * 30, weight=2),)))
    assert sum(part.weight for part in parts) == pytest.approx(2)


def test_splitting_happens_at_sentence_borders() -> None:
    parts = split_text(" ".join([SENTENCE] * 40))
    assert len(parts) > 2
    assert all(part.startswith("Ferroelectric") and part.endswith("degrees.") for part in parts)


def test_the_parts_are_of_about_equal_length() -> None:
    sizes = [token_estimate(part) for part in split_text(" ".join([SENTENCE] * 37))]
    assert max(sizes) - min(sizes) <= 2 * token_estimate(SENTENCE)


def test_a_title_as_long_as_a_passage_is_split_too() -> None:
    parts = passages_of(Person("p", publications=(Work(SENTENCE * 12, SENTENCE),)))
    assert all(token_estimate(part.text) <= TOKEN_LIMIT for part in parts)
    assert normalised(" ".join(part.text for part in parts)).count("Ferroelectric") == 13


@given(LETTERS, st.integers(3, 30))
def test_splitting_keeps_every_letter_and_no_part_is_too_long(text: str, limit: int) -> None:
    parts = split_text(text, limit)
    assert "".join("".join(parts).split()) == "".join(normalised(text).split())
    assert all(0 < token_estimate(part) <= limit for part in parts)


@given(LETTERS)
def test_no_passage_of_a_publication_is_too_long(text: str) -> None:
    work = Work(text, text * 3)
    assert all(
        token_estimate(part.text) <= TOKEN_LIMIT
        for part in passages_of(Person("p", publications=(work,)))
    )


def test_korean_is_recognised_in_composed_and_decomposed_form() -> None:
    assert has_hangul("반도체")
    assert has_hangul(unicodedata.normalize("NFD", "반도체"))
    assert has_hangul("A chip called 이음")
    assert not has_hangul("Halbleiter für Ωmega 半導体")


def test_decomposed_korean_gives_the_same_passage_as_composed() -> None:
    composed, decomposed = (
        passages_of(Person("p", research=unicodedata.normalize(form, "강유전체 소자")))
        for form in ("NFC", "NFD")
    )
    assert composed == decomposed
    assert composed[0].hangul


def test_a_passages_hash_is_the_sha256_of_its_text() -> None:
    passage = passages_of(Person("p", needs=("abc",)))[0]
    assert passage.kind is Kind.NEED
    assert passage.text_hash == text_hash("abc")
    assert text_hash("abc").startswith("ba7816bf")
