"""What somebody pastes is told by its first signs; what is hostile or broken is refused."""

import io
import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter

from services.imports_works import WORKS_LIMIT
from services.reading import Unreadable
from services.reading_json import LINE, load
from services.reading_kinds import LARGEST, read_anything


def found_titles(text: str) -> list[str]:
    found = read_anything(text.encode()).found
    assert found is not None
    return [one.work.title for one in found.works]


def refused(data: bytes) -> tuple[str, int]:
    with pytest.raises(Unreadable) as error:
        read_anything(data)
    return error.value.code, error.value.line


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("@article{a, title={One}}", "bibtex"),
        ("% made by hand\n\n@Book{a, title = {One}}", "bibtex"),
        ("TY  - JOUR\nTI  - One\nER  - \n", "ris"),
        ("TY - JOUR\nTI - One\nER -\n", "ris"),
        ("FN Clarivate\nVR 1.0\nPT J\nTI One\nER\nEF", "wos"),
        ('[{"type": "book", "title": "One"}]', "csl"),
        ('{"items": [{"title": "One"}]}', "csl"),
        ('{"results": [{"id": "W1", "title": "One"}], "meta": {}}', "openalex"),
        ('{"title": {"title": {"value": "One"}}}', "orcid"),
        ("\ufeff@article{a, title={One}}", "bibtex"),
    ],
)
def test_the_kind_is_told_without_being_asked(text: str, kind: str) -> None:
    found = read_anything(text.encode()).found

    assert found is not None
    assert (found.kind, [one.work.title for one in found.works]) == (kind, ["One"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp949"])
def test_korean_is_read_in_every_encoding_that_programs_write(encoding: str) -> None:
    data = "@article{a, title={강유전체 시냅스}}".encode(encoding)

    found = read_anything(data).found

    assert found is not None
    assert found.works[0].work.title == "강유전체 시냅스"


def test_an_old_file_in_latin_letters_is_read() -> None:
    found = read_anything("@article{a, title={Müller über Ätzen}}".encode("latin-1")).found

    assert found is not None
    assert found.works[0].work.title == "Müller über Ätzen"


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"", "empty", 0),
        (b"  \n ", "empty", 0),
        (b"hello there", "unknown-kind", 0),
        (b"\x00\x01\x02", "not-text", 0),
        (b"<html></html>", "unknown-kind", 0),
        (b'{"a": 1,\n "b": }', "json-broken", 2),
        (b"<record>\n<a></record>", "xml-broken", 2),
        (b"{}", "nothing-found", 0),
        (b"%PDF-1.7 and nothing more", "pdf-broken", 0),
        (b"0000-0002-1825-0098", "bad-orcid", 1),
    ],
)
def test_what_cannot_be_read_says_why_and_where(data: bytes, code: str, line: int) -> None:
    assert refused(data) == (code, line)


def test_a_file_that_is_too_large_is_refused_unread() -> None:
    assert refused(b"[" * (LARGEST + 1))[0] == "too-large"
    assert refused(b"@a{" * 1024 * 1024 * 2)[0] == "too-large"


@pytest.mark.parametrize("opening", ["[", '{"a":', "<a>"])
def test_nesting_without_end_is_refused_before_it_is_built(opening: str) -> None:
    assert refused((opening * 100_000).encode())[0] == "too-deep"


def test_entities_that_laugh_a_billion_times_are_refused_where_they_are_declared() -> None:
    bomb = '<?xml version="1.0"?>\n<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>\n<l>&b;</l>'

    assert refused(bomb.encode()) == ("xml-doctype", 2)


def test_a_pdf_of_pictures_or_behind_a_password_says_so() -> None:
    blank, locked = PdfWriter(), PdfWriter()
    blank.add_blank_page(200, 200)
    locked.add_blank_page(200, 200)
    locked.encrypt("secret")
    for writer, code in ((blank, "pdf-without-text"), (locked, "pdf-locked")):
        file = io.BytesIO()
        writer.write(file)
        assert refused(file.getvalue())[0] == code


def test_more_works_than_a_profile_holds_are_cut_with_the_line() -> None:
    text = "\n".join(f"@misc{{k{n}, title={{Work {n}}}}}" for n in range(WORKS_LIMIT + 5))

    found = read_anything(text.encode()).found

    assert found is not None
    assert len(found.works) == WORKS_LIMIT
    assert [(one.code, one.line) for one in found.unread] == [("too-many-works", WORKS_LIMIT + 1)]


def test_a_file_of_nothing_but_broken_entries_lists_no_more_than_can_be_looked_through() -> None:
    found = read_anything(b"@article{a,title={" * 2_000).found

    assert found is not None
    assert (found.works, len(found.unread)) == ((), 500)


def test_one_broken_entry_does_not_spoil_the_others() -> None:
    assert found_titles("@article{a, title={x\n@article{b, title={Two}}") == ["Two"]
    assert found_titles("TY  - JOUR\nTI  - One\nTY  - JOUR\nTI  - Two\nER  - ") == ["One", "Two"]
    assert found_titles("@misc{a, title={One}}\n@misc{a, title={Two}}") == ["One", "Two"]


def test_a_part_that_is_wrong_is_left_out_and_listed() -> None:
    found = read_anything(b"@article{a, title={One}, doi={nonsense}, year={soon}}").found

    assert found is not None
    assert (found.works[0].work.doi, found.works[0].work.year) == (None, None)
    assert sorted(one.code for one in found.unread) == ["bad-doi", "bad-year"]


def test_identifiers_are_kept_for_a_registry() -> None:
    read = read_anything(b"10.1000/1\nwhat is this\ndoi:10.1000/A2, https://doi.org/10.1000/3.\n")

    assert read.found is None
    assert read.ids.values == ("10.1000/1", "10.1000/a2", "10.1000/3")
    assert [(one.line, one.code) for one in read.ids.unread] == [(2, "no-identifier")]
    orcid = read_anything(b" https://orcid.org/0000-0002-1825-0097 ").ids
    assert (orcid.kind, orcid.values) == ("orcid", ("0000-0002-1825-0097",))
    author = read_anything(b"https://openalex.org/A5023888391").ids
    assert (author.kind, author.values) == ("openalex", ("A5023888391",))


def test_names_come_in_the_order_in_which_they_are_spoken() -> None:
    found = read_anything(b"@a{a, title={T}, author={Kim, Seo-yeon and King, Jr., M. and others}}")

    assert found.found is not None
    assert found.found.works[0].work.authors == ("Seo-yeon Kim", "M. Jr. King")


def test_a_korean_name_stands_in_its_own_place() -> None:
    record = """{"person": {"name": {"given-names": {"value": "서연"},
        "family-name": {"value": "김"}, "credit-name": {"value": "Kim Seo-yeon"}}}}"""
    found = read_anything(record.encode()).found

    assert found is not None
    facts = {fact.field: fact.value for fact in found.facts}
    assert facts == {"name": "Kim Seo-yeon", "name_native": "김서연"}


@given(st.text(max_size=300))
@settings(max_examples=60)
def test_whatever_is_pasted_is_read_or_refused_and_never_breaks(text: str) -> None:
    for data in (text.encode(), b"@article{a, title={" + text.encode(), b"TY  - " + text.encode()):
        with suppress(Unreadable):
            read_anything(data)


_LEAVES = st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5)
_TREES = st.recursive(
    _LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "title",
                    "person",
                    "name",
                    "works",
                    "group",
                    "work-summary",
                    "author",
                    "results",
                    "keyword",
                    "employments",
                    "issued",
                    "date-parts",
                    "value",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=15,
)


@given(_TREES)
@settings(max_examples=80)
def test_no_shape_of_json_breaks_a_reader(tree: object) -> None:
    with suppress(Unreadable):
        read_anything(json.dumps(tree).encode())


def test_every_object_of_json_knows_its_line() -> None:
    tree = load('{"a": "{\\" [",\n"b": [{},\n{"c": 1}]}')

    assert tree[LINE] == 1
    assert tree["b"] == [{}, {LINE: 3, "c": 1}]
