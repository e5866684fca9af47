"""Two records are the same work by their DOI, or by a title however it is spelt."""

from hypothesis import given
from hypothesis import strategies as st

from services.work_keys import Known, WorkFinder, keys_of, title_key

TITLES = st.text(alphabet="abcdeÉ가나 -.", min_size=1, max_size=40).filter(
    lambda title: any(sign.isalnum() for sign in title)
)


@given(TITLES)
def test_case_spaces_and_punctuation_make_no_other_work(title: str) -> None:
    assert title_key(title) == title_key(f"  {title.upper()}. ".replace("-", "–"))


@given(st.lists(TITLES, max_size=8))
def test_whatever_was_added_is_found_again(titles: list[str]) -> None:
    finder = WorkFinder(Known(number, title, None) for number, title in enumerate(titles))

    for title in titles:
        number = finder.find(title, None)
        assert number is not None
        assert title_key(titles[number]) == title_key(title)


def test_long_titles_that_differ_at_the_end_stay_apart() -> None:
    start = "word " * 150

    assert title_key(start + "one") != title_key(start + "two")


def test_a_doi_goes_before_a_title() -> None:
    finder = WorkFinder([Known(1, "A title of many words", None), Known(2, "Other", "10.1/a")])

    assert finder.find("A title of many words", "10.1/a") == 2


def test_a_short_title_is_remembered_only_where_there_is_no_doi() -> None:
    assert keys_of("Editorial", "10.1/a") == ("doi:10.1/a",)
    assert keys_of("Editorial", None) == (title_key("Editorial"),)
    assert len(keys_of("A title of many words", "10.1/a")) == 2
