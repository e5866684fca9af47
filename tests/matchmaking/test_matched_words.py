import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.matched_words import excerpt, is_common, matched_parts, stem

ANY_TEXT = st.text(alphabet="abcDE 가나을 .,-6G\n", max_size=60)


def _marked(text: str, other: str) -> list[str]:
    return [part.text for part in matched_parts(text, other) if part.found]


def test_words_that_both_texts_have_are_marked_in_either_form() -> None:
    assert _marked("Ferroelectric synapses on CMOS.", "A ferroelectric synapse for cmos") == [
        "Ferroelectric",
        "synapses",
        "CMOS",
    ]


def test_common_and_short_words_are_not_marked_but_symbols_are() -> None:
    assert _marked("We use the GaN and RF of 6G in air", "the GaN, RF, 6G, use, air, of") == [
        "GaN",
        "RF",
        "6G",
    ]


def test_a_korean_word_is_the_same_with_another_particle() -> None:
    assert _marked("양자센서를 만듭니다", "우리는 양자센서의 잡음을 봅니다") == ["양자센서를"]


def test_numbers_alone_say_nothing() -> None:
    assert _marked("380 degrees in 2024", "2024 and 380") == []


@given(ANY_TEXT, ANY_TEXT)
def test_the_parts_are_the_text_again_and_no_part_is_empty(text: str, other: str) -> None:
    parts = matched_parts(text, other)
    assert "".join(part.text for part in parts) == text
    assert all(part.text for part in parts) or text == ""


@given(ANY_TEXT, ANY_TEXT, st.integers(10, 40))
def test_an_excerpt_is_never_longer_than_its_limit(text: str, other: str, limit: int) -> None:
    found = excerpt(text, other, limit)
    assert len(found) <= limit
    assert found.removesuffix("…") in text


def test_the_sentence_with_most_shared_words_is_the_excerpt() -> None:
    text = "We build lasers. Our cryogenic amplifiers read spin qubits. Come and see."
    assert excerpt(text, "spin qubit readout") == "Our cryogenic amplifiers read spin qubits."
    assert excerpt(text, "nothing of it") == "We build lasers."
    assert excerpt("", "spin") == ""


def test_a_long_sentence_is_cut_at_a_words_end() -> None:
    assert excerpt("alpha beta, gamma delta", "x", 14) == "alpha beta…"
    assert excerpt("가나다라마바사아자차카타파하", "x", 10) == "가나다라마바사아자…"


@pytest.mark.parametrize(
    ("word", "expected"),
    [("Qubits", "qubit"), ("gas", "gas"), ("loss", "loss"), ("센서는", "센서"), ("나는", "나는")],
)
def test_a_stem_drops_plurals_and_particles(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_common_words_are_known_in_any_case() -> None:
    assert is_common("The")
    assert not is_common("laser")
