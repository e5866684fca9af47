"""BibTeX in round brackets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reading import Found
from services.reading_bibtex_brackets import with_braces
from services.reading_kinds import read_anything


def read(text: str) -> Found:
    found = read_anything(text.encode()).found
    assert found is not None
    assert found.kind == "bibtex"
    return found


def titles(text: str) -> list[str]:
    return [one.work.title for one in read(text).works]


@pytest.mark.parametrize(
    "text",
    [
        "@book(a, title = {One}, year = 2024)",
        '@book (a,\n  title = "One",\n  year = 2024\n)',
        "@Book(a, title = {One})\n\n@book{b, title = {Two}}",
        "@book{b, title = {Two (again)}}\n@book(a, title = {One})",
        "  @book( a , title = {One} ) ",
    ],
)
def test_an_entry_in_round_brackets_is_read_beside_the_others(text: str) -> None:
    assert sorted({*titles(text)} - {"Two", "Two (again)"}) == ["One"]


@pytest.mark.parametrize(
    ("value", "title"),
    [
        ("{Memristors (and more) in rows}", "Memristors (and more) in rows"),
        ('"A bracket ) in quotation marks"', "A bracket ) in quotation marks"),
        ("{Half a bracket ) in braces}", "Half a bracket ) in braces"),
        (r'"G{\"o}del (again)"', "Gödel (again)"),
    ],
)
def test_brackets_inside_a_value_do_not_end_the_entry(value: str, title: str) -> None:
    (one,) = read(f"@article(a, title = {value}, year = 2020)").works

    assert (one.work.title, one.work.year) == (title, 2020)


def test_an_entry_that_never_closes_is_listed_with_its_line_and_the_next_is_read() -> None:
    found = read("@book(a, title = {One})\n@book(b, title = {Two}\n@book(c, title = {Three})")

    assert [one.work.title for one in found.works] == ["One", "Three"]
    assert [one.line for one in found.unread] == [2]


def test_works_keep_the_number_of_their_line() -> None:
    found = read("% a list\n\n@book(a,\n title = {One})\n\n@book{b, title={Two}}")

    assert [one.line for one in found.works] == [3, 6]


@given(st.text(alphabet='@book({}) "\\\n,=a', max_size=120))
def test_nothing_but_brackets_of_entries_is_changed(text: str) -> None:
    changed = with_braces(text)

    assert len(changed) == len(text)
    assert all(
        (a, b) in {("(", "{"), (")", "}")} or a == b for a, b in zip(text, changed, strict=True)
    )


@given(st.text(alphabet="@bo{}\n ,=a", max_size=80))
def test_a_file_without_round_brackets_stays_as_it_is(text: str) -> None:
    assert with_braces(text) == text
