"""What a Latin spelling may stand for: usual readings, rare ones, and none."""

import pytest

from matchmaking.author_names_hangul import is_hangul, sounds
from matchmaking.author_names_spelling import (
    IN_NAMES,
    first_letters,
    initial,
    readings,
    usual_readings,
)


def usual(spelling: str) -> frozenset[str]:
    found = readings(spelling)
    return found.usual if found else frozenset()


def rare(spelling: str) -> frozenset[str]:
    found = readings(spelling)
    return found.rare if found else frozenset()


@pytest.mark.parametrize("syllable", sorted(IN_NAMES))
def test_every_syllable_of_names_is_read_from_its_romanization(syllable: str) -> None:
    assert syllable in usual(sounds(syllable).spelling)
    assert usual(syllable) == {syllable}


@pytest.mark.parametrize(
    ("syllable", "spellings"),
    [
        ("서", "seo suh"),
        ("연", "yeon youn yun yeun"),
        ("영", "yeong young yung"),
        ("현", "hyeon hyun hyoun"),
        ("우", "u woo wu oo"),
        ("준", "jun joon june"),
        ("성", "seong sung soung"),
        ("승", "seung sung"),
        ("희", "hui hee hi heui"),
        ("혜", "hye hae"),
        ("경", "gyeong kyung kyoung kyeong"),
        ("정", "jeong jung joung"),
        ("철", "cheol chul"),
        ("식", "sik shik"),
        ("섭", "seop sub seob"),
        ("훈", "hun hoon"),
        ("환", "hwan whan"),
        ("은", "eun un"),
        ("의", "ui eui"),
        ("원", "won weon"),
        ("규", "gyu kyu"),
        ("림", "rim lim"),
        ("아", "a ah"),
    ],
)
def test_free_spellings_are_usual(syllable: str, spellings: str) -> None:
    for spelling in spellings.split():
        assert syllable in usual(spelling), spelling


@pytest.mark.parametrize(
    ("syllable", "spelling"),
    [("서", "so"), ("정", "chong"), ("영", "yong"), ("대", "tae"), ("준", "chun"), ("재", "je")],
)
def test_spellings_that_lost_their_breve_or_mark_are_rare(syllable: str, spelling: str) -> None:
    assert syllable in rare(spelling)
    assert syllable not in usual(spelling)


def test_a_spelling_that_fits_no_other_name_is_usual() -> None:
    assert "연" in usual("yon")
    assert "혁" in usual("hyuck")


def test_syllables_that_nobody_confuses_stay_apart() -> None:
    assert "수" not in usual("seo")
    assert "서" not in usual("soo") | rare("soo")
    assert "준" not in usual("jeong")


def test_what_is_no_syllable_has_no_reading() -> None:
    for text in ("", "smith", "s", "kr", "김서", "seoyeon", "ann"):
        assert readings(text) is None


def test_no_reading_is_both_usual_and_rare() -> None:
    for spelling, found in usual_readings():
        assert found
        assert found.isdisjoint(rare(spelling))
        assert all(is_hangul(syllable) for syllable in found)


@pytest.mark.parametrize(
    ("syllable", "letters"),
    [("서", "S"), ("연", "Y"), ("준", "J"), ("경", "GK"), ("우", "UW"), ("은", "EU"), ("래", "RL")],
)
def test_an_initial_stands_for_any_syllable_that_is_spelled_with_it(
    syllable: str, letters: str
) -> None:
    for letter in letters.lower():
        assert initial(letter) in first_letters(syllable)
    assert initial("m") not in first_letters(syllable)
