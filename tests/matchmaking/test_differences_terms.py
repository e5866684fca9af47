"""The terms of somebody's texts that weigh most and do not stand in one's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.differences_terms import MOST, new_terms
from matchmaking.matched_words import stem

COMMON = frozenset(("device", "sample", "process"))
WORDS = st.sampled_from(
    ["plasma", "Lattice", "GaN", "phonons", "device", "강유전체", "박막을", "the", "growth", "."]
)
TEXTS = st.lists(st.lists(WORDS, max_size=12).map(" ".join), max_size=4)


def _rarity(word: str) -> float:
    return 0.3 if word in COMMON else 0.95


def _terms(mine: str, *theirs: str, told: tuple[str, ...] = ()) -> tuple[str, ...]:
    return new_terms([mine], theirs, told, _rarity)


def test_a_word_of_theirs_is_named_unless_it_is_ones_own_in_any_form() -> None:
    assert _terms("Our lattice.", "Lattices, phonon.") == ("phonon",)


def test_common_words_units_and_words_that_only_describe_are_no_terms() -> None:
    assert _terms("Lasers", "The device, 12 GHz, really optimised, usable, characterise") == ()


def test_what_stands_there_more_often_comes_first() -> None:
    assert _terms("Lasers", "plasma. phonon. phonon") == ("phonon", "plasma")


def test_two_rare_neighbours_are_one_term_and_a_sign_between_parts_them() -> None:
    assert _terms("Lasers", "spiking networks") == ("spiking networks",)
    assert _terms("Lasers", "spiking, networks") == ("spiking", "networks")


def test_a_pair_with_a_new_word_is_new_and_one_without_is_not() -> None:
    assert _terms("Spiking circuits. Networks.", "spiking phonons; spiking networks") == (
        "spiking phonons",
    )


def test_symbols_keep_their_capitals_and_first_words_of_sentences_do_not() -> None:
    assert _terms("Lasers", "Phonon. GaN. In Dresden") == ("GaN", "phonon", "Dresden")


def test_no_term_repeats_what_is_told_already_or_another_term() -> None:
    assert _terms("Lasers", "Phonon, plasma lattice, plasma.", told=("phonons",)) == (
        "plasma lattice",
    )


def test_at_most_five_terms_are_named() -> None:
    assert len(_terms("Lasers", "plasma. phonon. lattice. cavity. exciton. magnon. polariton")) == 5


def test_korean_words_lose_their_particles_and_neighbours_are_compounds() -> None:
    terms = _terms("강유전체를 연구합니다.", "강유전체와 낸드 스트링을 만든다. 박막이 얇다.")
    assert terms == ("낸드 스트링", "박막")


@pytest.mark.parametrize(
    ("written", "read"),
    [("박막이", "박막"), ("어레이", "어레이"), ("큐비트가", "큐비트"), ("회로", "회로")],
)
def test_the_end_of_a_korean_noun_is_not_taken_for_a_particle(written: str, read: str) -> None:
    assert _terms("가중치", written) == (read,)


def test_korean_verbs_and_words_of_every_text_are_no_terms() -> None:
    assert _terms("가중치", "연구를 하는, 개발하고 있습니다. 다양한 방법을 통해") == ()


def test_words_in_a_script_that_one_does_not_write_are_not_called_new() -> None:
    assert _terms("Lasers", "강유전체 박막. phonon") == ("phonon",)
    assert _terms("레이저", "강유전체 박막. phonon") == ("강유전체 박막",)
    assert _terms("", "강유전체 박막. phonon") == ()


@given(mine=TEXTS, theirs=TEXTS)
def test_terms_are_few_new_and_do_not_depend_on_the_order_of_ones_own_texts(
    mine: list[str], theirs: list[str]
) -> None:
    terms = new_terms(mine, theirs, (), _rarity)
    known = {stem(word) for text in mine for word in text.split()}
    assert len(terms) == len(set(terms)) <= MOST
    assert all(any(stem(word) not in known for word in term.split()) for term in terms)
    assert terms == new_terms(mine[::-1], theirs, (), _rarity)
    assert new_terms([*mine, *theirs], theirs, (), _rarity) == ()
