"""Hangul taken apart: every syllable has its sounds, in the spelling of the rules of 2000."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.author_names_hangul import Sounds, is_hangul, plain_syllables, sounds

SYLLABLES = st.integers(0xAC00, 0xD7A3).map(chr)


@pytest.mark.parametrize(
    ("syllable", "spelling"),
    [
        ("가", "ga"),
        ("힣", "hit"),
        ("김", "gim"),
        ("서", "seo"),
        ("연", "yeon"),
        ("의", "ui"),
        ("원", "won"),
        ("최", "choe"),
        ("박", "bak"),
        ("빛", "bit"),
        ("영", "yeong"),
        ("률", "ryul"),
        ("섭", "seop"),
    ],
)
def test_a_syllable_is_spelled_by_the_revised_romanization(syllable: str, spelling: str) -> None:
    assert sounds(syllable).spelling == spelling


def test_a_syllable_without_onset_or_coda_has_empty_ones() -> None:
    assert sounds("이") == Sounds("", "i", "")


@given(SYLLABLES, SYLLABLES)
def test_syllables_share_sounds_where_unicode_composes_them_of_the_same_letters(
    one: str, other: str
) -> None:
    letters = [tuple(unicodedata.normalize("NFD", syllable)) for syllable in (one, other)]
    assert (sounds(one).onset == sounds(other).onset) == (letters[0][0] == letters[1][0])
    assert (sounds(one).vowel == sounds(other).vowel) == (letters[0][1] == letters[1][1])


@given(SYLLABLES)
def test_a_syllable_has_a_coda_where_unicode_composes_it_of_three_letters(one: str) -> None:
    assert bool(sounds(one).coda) == (len(unicodedata.normalize("NFD", one)) == 3)


def test_only_composed_syllables_are_hangul() -> None:
    assert is_hangul("김서연")
    for text in ("", "Kim", "김 서연", "김S", "ㄱ", "金", unicodedata.normalize("NFD", "김")):
        assert not is_hangul(text)


def test_plain_syllables_have_a_spelling_of_their_own_each() -> None:
    found = [sounds(syllable) for syllable in plain_syllables()]
    assert len(found) == len(set(found)) == 19 * 21 * 7
    assert {"김", "서", "남", "섭"} <= set(plain_syllables())
    assert "빛" not in set(plain_syllables())
