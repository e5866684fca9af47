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


def test_a_passage_knows_its_place_in_the_text() -> None:
    texts = [f"Sentence number {i} tells of gates." for i in range(90)]
    parts = passages_of(Person("p", research=" ".join(texts)))
    assert [part.position for part in parts] == list(range(len(parts)))
    assert " ".join(part.text for part in parts) == " ".join(texts)


def test_a_long_korean_text_is_split_at_its_sentences() -> None:
    parts = split_text("강유전체 소자의 분극 반전을 측정하고 모델을 세웁니다. " * 30)
    assert len(parts) > 2
    assert all(part.startswith("강유전체") and part.endswith("세웁니다.") for part in parts)


def test_paragraphs_are_borders_even_without_a_full_stop() -> None:
    assert split_text("Gates\nWires\n\nPads", limit=2) == ("Gates Wires", "Pads")


def test_an_abstract_without_a_title_stands_alone() -> None:
    parts = passages_of(Person("p", publications=(Work("", "Only an abstract."),)))
    assert [part.text for part in parts] == ["Only an abstract."]


def test_a_title_that_ends_like_a_sentence_gets_no_second_full_stop() -> None:
    work = Work("Can a memristor learn?", "It can.")
    assert (
        passages_of(Person("p", publications=(work,)))[0].text == "Can a memristor learn? It can."
    )


def test_a_word_that_is_longer_than_a_passage_is_cut_and_kept() -> None:
    parts = split_text("x" * 5000, limit=100)
    assert "".join(parts).replace(" ", "") == "x" * 5000
    assert len(parts) > 5


def test_english_and_korean_parts_of_one_text_know_their_language() -> None:
    english, korean = "Gates switch fast. " * 60, "게이트가 빠르게 동작합니다. " * 60
    parts = passages_of(Person("p", research=f"{english}\n{korean}"))
    assert not parts[0].hangul
    assert parts[-1].hangul


@given(LETTERS, LETTERS)
def test_the_estimate_grows_with_the_text(one: str, other: str) -> None:
    assert token_estimate(f"{one} {other}") == token_estimate(one) + token_estimate(other)
