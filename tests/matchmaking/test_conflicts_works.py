"""When two printed publications are one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.conflicts_works import doi_key, title_key


@pytest.mark.parametrize(
    "doi",
    [
        "10.1000/ABC.1",
        "https://doi.org/10.1000/abc.1",
        "http://dx.doi.org/10.1000/Abc.1",
        "doi: 10.1000/abc.1",
        "DOI:10.1000/abc.1.",
    ],
)
def test_a_doi_is_one_in_every_spelling(doi: str) -> None:
    assert doi_key(doi) == "10.1000/abc.1"


@pytest.mark.parametrize("text", ["", "10.1000", "n/a", "arXiv:2401.00001"])
def test_what_is_no_doi_has_no_key(text: str) -> None:
    assert doi_key(text) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HfO₂ memristors for crossbars", "HfO<sub>2</sub> Memristors for Crossbars."),
        ("Spin–orbit torque: a review", "Spin-Orbit Torque — A Review"),
        ("Très haute fréquence sur silicium", "TRES HAUTE FREQUENCE SUR SILICIUM"),
        ("자가정류 멤리스터의 동작", "자가정류멤리스터의 동작"),
    ],
)
def test_titles_differ_by_letters_and_digits_only(one: str, other: str) -> None:
    assert title_key(one) == title_key(other) != ""


def test_other_words_make_another_title() -> None:
    assert title_key("Memristors for crossbars, part 1") != title_key(
        "Memristors for crossbars, part 2"
    )


@pytest.mark.parametrize("title", ["", "Editorial", "Introduction", "Preface", "서론", "Erratum"])
def test_a_title_that_many_works_have_tells_nothing(title: str) -> None:
    assert title_key(title) == ""


@given(st.text(max_size=60))
def test_case_and_space_never_count(title: str) -> None:
    assert title_key(f"  {title}  ") == title_key(title)
    assert title_key(title_key(title)) == title_key(title)
