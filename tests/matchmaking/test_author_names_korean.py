"""Which Korean names a printed name may stand for."""

import pytest

from matchmaking.author_names_korean import KoreanName, compatible, korean_readings
from matchmaking.author_names_print import printed


def usual(name: str) -> set[str]:
    return {f"{one.family} {''.join(one.given)}" for one in korean_readings(printed(name)).usual}


@pytest.mark.parametrize(
    ("name", "readings"),
    [
        ("Seoyeon Kim", {"김 서연"}),
        ("Kim Seo Hee", {"김 서희"}),
        ("김서연", {"김 서연"}),
        ("서연 김", {"김 서연"}),
        ("허준", {"허 준"}),
        ("김빛나라", {"김 빛나라"}),
        ("S.-Y. Kim", {"김 sy"}),
        ("K. H. Lee", {"이 gh"}),
        ("Namgung Min-ho", {"남궁 민호"}),
        ("선우진", {"선우 진", "선 우진"}),
        ("Seo Jin Ha", {"하 서진", "서 진하"}),
        ("Jung Minah", {"정 민아", "정 미나"}),
        ("Anna Seo-yeon Kim", {"김 서연"}),
    ],
)
def test_a_name_is_read_in_every_way_that_it_allows(name: str, readings: set[str]) -> None:
    assert usual(name) == readings


@pytest.mark.parametrize(
    "name",
    ["Anneliese Brückner", "Kim Larsen", "Bruce Lee", "Eyrún", "Kim", "Smith, J. A.", "김", ""],
)
def test_other_names_have_no_korean_reading(name: str) -> None:
    assert usual(name) == set()


def test_rare_spellings_are_kept_apart() -> None:
    found = korean_readings(printed("So-yon Kim"))
    assert KoreanName("김", ("소", "연")) in found.usual
    assert KoreanName("김", ("서", "연")) in found.rare


def test_a_name_is_settled_when_all_of_it_is_read_in_full() -> None:
    assert korean_readings(printed("Seo-yeon Kim")).settled
    for name in ("S.-Y. Kim", "Anna Seo-yeon Kim", "Anneliese Brückner"):
        assert not korean_readings(printed(name)).settled


def test_initials_may_be_fewer_than_syllables_but_not_more() -> None:
    full = KoreanName("김", ("서", "연"))
    assert compatible(KoreanName("김", ("s",)), full)
    assert compatible(full, KoreanName("김", ("s", "y")))
    assert not compatible(KoreanName("김", ("s", "y", "m")), full)
    assert not compatible(KoreanName("이", ("s",)), full)


def test_a_syllable_left_out_makes_another_name() -> None:
    assert not compatible(KoreanName("김", ("서",)), KoreanName("김", ("서", "연")))


def test_two_names_that_are_compatible_share_a_weak_key() -> None:
    full = KoreanName("김", ("우", "진"))
    assert full.weak_keys & KoreanName("김", ("u", "j")).weak_keys
    assert not full.weak_keys & KoreanName("김", ("s",)).weak_keys
