"""Single values of a profile: what is accepted, and how it is written down."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services import profile_values as values
from services.profile_values import BadValue


@pytest.mark.parametrize(
    "text",
    ["0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097", " 0000000218250097 "],
)
def test_an_orcid_id_is_written_in_one_way(text: str) -> None:
    assert values.orcid(text) == "0000-0002-1825-0097"


def test_an_orcid_id_may_end_in_x() -> None:
    assert values.orcid("0000-0002-1694-233X") == "0000-0002-1694-233X"


@given(st.integers(0, 14), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(place: int, by: int) -> None:
    digits = "0000000218250097"
    wrong = str((int(digits[place]) + by) % 10)

    with pytest.raises(BadValue) as caught:
        values.orcid(digits[:place] + wrong + digits[place + 1 :])

    assert caught.value.code == "bad-orcid"


@pytest.mark.parametrize(
    "text",
    ["10.1000/Ab", "doi: 10.1000/ab", "https://doi.org/10.1000/AB", "HTTP://DX.DOI.ORG/10.1000/ab"],
)
def test_a_doi_is_written_without_its_resolver_in_small_letters(text: str) -> None:
    assert values.doi(text) == "10.1000/ab"


@pytest.mark.parametrize("text", ["05apxxy63", "ror.org/05apxxy63", "https://ror.org/05APXXY63"])
def test_a_ror_id_is_written_as_an_address(text: str) -> None:
    assert values.ror(text) == "https://ror.org/05apxxy63"


@pytest.mark.parametrize(("text", "code"), [("kr", "KR"), ("EL", "GR"), ("UK", "GB"), ("XK", "XK")])
def test_a_country_is_known_by_its_code_and_by_the_codes_of_the_union(text: str, code: str) -> None:
    assert values.country(text) == code


@pytest.mark.parametrize("text", ["", "Korea", "EU", "ZZ", "12"])
def test_what_is_no_country_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        values.country(text)


def test_empty_is_nothing_and_not_wrong() -> None:
    assert values.email(" ") == ""
    found = [read("") for read in (values.orcid, values.doi, values.ror, values.pic)]
    assert found == [None] * 4
    assert values.organisation_type("") is None


def test_addresses_of_any_script_and_of_example_are_accepted() -> None:
    assert values.email(" Kim@KAIST.example ") == "kim@kaist.example"
    assert values.email("서연@예.한국") == "서연@예.한국"


@given(st.text(alphabet="가각힣한글 abc", max_size=40))
def test_text_is_composed_and_trimmed(text: str) -> None:
    apart = unicodedata.normalize("NFD", f"  {text} ")

    assert values.plain_text(apart, 200) == text.strip()


def test_lists_lose_empty_and_repeated_items_but_not_their_order() -> None:
    assert values.texts(["b", " ", "a", "b "]) == ["b", "a"]


def test_a_text_that_is_too_long_says_by_how_much() -> None:
    with pytest.raises(BadValue) as caught:
        values.plain_text("abcd", 3)

    assert caught.value.values == {"limit": 3, "length": 4}
