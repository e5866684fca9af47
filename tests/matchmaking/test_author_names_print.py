"""A printed name cut into parts: no case, accents, marks, asides or titles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.author_names_print import Printed, printed


@pytest.mark.parametrize(
    ("name", "groups", "family"),
    [
        ("Seo-yeon KIM", (("seo", "yeon"), ("kim",)), 0),
        ("S.-Y. Kim", (("s", "y"), ("kim",)), 0),
        ("S.Y. Kim", (("s", "y"), ("kim",)), 0),
        ("Kim, Seo Yeon", (("kim",), ("seo",), ("yeon",)), 1),
        ("van Hoogmoed, Joost", (("van",), ("hoogmoed",), ("joost",)), 2),
        ("Jean‑Pierre Dupont", (("jean", "pierre"), ("dupont",)), 0),
        ("Zoë D’haeyère", (("zoe",), ("dhaeyere",)), 0),
        ("Łukasz Weiß", (("lukasz",), ("weiss",)), 0),
        ("김서연 (데모)", (("김서연",),), 0),
        ("Kim Seo-yeon¹,*", (("kim",), ("seo", "yeon")), 0),
        ("Kim [corresponding] Seo", (("kim",), ("seo",)), 0),
        ("ＫＩＭ　Ｓｅｏ", (("kim",), ("seo",)), 0),
    ],
)
def test_a_name_is_cut_at_spaces_hyphens_and_stops(
    name: str, groups: tuple[tuple[str, ...], ...], family: int
) -> None:
    assert printed(name) == Printed(groups, family)


@pytest.mark.parametrize(
    "name",
    [
        "Prof. Dr. Anna Weber",
        "Anna Weber, PhD",
        "Anna Weber, Jr.",
        "Anna Weber, Ph.D., Prof.",
    ],
)
def test_titles_are_left_out(name: str) -> None:
    assert printed(name) == Printed((("anna",), ("weber",)))


def test_a_title_behind_a_lone_family_name_is_initials() -> None:
    assert printed("Kim, MD") == Printed((("kim",), ("md",)), 1)


def test_a_korean_title_is_left_out() -> None:
    assert printed("김서연 교수") == Printed((("김서연",),))


def test_breves_are_korean_vowels_only_when_asked_for() -> None:
    assert printed("Kim Sŏyŭn").groups == (("kim",), ("soyun",))
    assert printed("Kim Sŏyŭn", breves=True).groups == (("kim",), ("seoyeun",))


def test_nothing_is_cut_into_nothing() -> None:
    for name in ("", "  ", "...", "(demo)", "123", ", ,"):
        assert printed(name) == Printed(())


@given(st.text(max_size=40))
def test_no_part_is_empty(name: str) -> None:
    found = printed(name)
    assert all(part for group in found.groups for part in group)
    assert all(found.groups)
    assert 0 <= found.family < max(1, len(found.groups))
