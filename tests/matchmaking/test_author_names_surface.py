"""A cheap look never misses a name that a full comparison would find."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.author_names import NameMatch, author_name, match_names
from matchmaking.author_names_surface import FamilyLook

PRINTED = [
    *("김서연", "Kim, S.-Y.", "Seo-yeon Kim", "Gim Seoyeon", "S. Y. KIM", "Seoyeon Kim (demo)"),
    *("남궁민수", "Nam-gung Min-su", "Min-Su Nam Gung", "M.-S. Namkoong", "선우진", "Jin Sunwoo"),
    *(
        "류경민",
        "Ryu Kyung-min",
        "유경민",
        "Chŏng Ha-ŭn",
        "정하은",
        "O Se-jun",
        "오세준",
        "I Ji-won",
    ),
    *("이지원", "Rhee J.", "Müller, Jörg", "J. Mueller", "Muller Jorg", "Amélie Roussel-Vidal"),
    *("Roussel, A.", "Rousselvidal, Amélie", "Niamh Ó Gallachóir", "O'Gallachoir, N.", "Eyrún"),
    *("Joost van Hoogmoed", "Hoogmoed, Joost van", "Καραβασίλη Δέσποινα", "Eyrun", "", "I Ji-won"),
    *("Anna Seo-yeon Kim", "Jae-hee Roh", "노재희", "Maria do Carmo Sottomayor", "Sottomayor M"),
]


@pytest.mark.parametrize("one", PRINTED)
def test_whoever_may_be_one_person_is_let_through(one: str) -> None:
    look = FamilyLook([author_name(one)])
    for other in PRINTED:
        if match_names(one, other) is not NameMatch.DIFFERENT:
            assert look.may_be(other), other


def test_another_family_is_not_let_through() -> None:
    look = FamilyLook([author_name("김서연"), author_name("Müller, Jörg")])
    for name in ("Park Do-hyun", "박도현", "Anna Weber", "Muellerson, A.", "Akim Tamiroff"):
        assert not look.may_be(name)


def test_looking_for_nobody_lets_nobody_through() -> None:
    assert not FamilyLook([]).may_be("Kim Seo-yeon")
    assert not FamilyLook([author_name("")]).may_be("Kim Seo-yeon")


WORDS = st.sampled_from(
    ["Kim", "Lee", "Nam", "gung", "Min-su", "S.", "J.-H.", "Müller", "Anna", "서연"]
)


@given(*[st.lists(WORDS, min_size=1, max_size=4).map(" ".join) for _ in range(2)])
def test_nothing_is_missed(one: str, other: str) -> None:
    if match_names(one, other) is not NameMatch.DIFFERENT:
        assert FamilyLook([author_name(one)]).may_be(other)
