"""The readers before files that real systems wrote; read where they lie, skipped without."""

from pathlib import Path

import pytest

from services.reading import Found
from services.reading_kinds import read_anything

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not here")


def read(name: str) -> Found:
    found = read_anything((SAMPLES / name).read_bytes()).found
    assert found is not None
    return found


def titles(found: Found) -> list[str]:
    return [one.work.title for one in found.works]


def facts(found: Found) -> dict[str, str]:
    return {fact.field: fact.value for fact in found.facts}


def test_a_full_record_of_orcid_gives_the_person_and_the_works() -> None:
    found = read("orcid-record-full-3.0.json")

    assert facts(found) == {
        "orcid": "0000-0002-7319-2192",
        "name": "Three releasecandidate1",
        "country": "US",
        "organisation": "common:name",
        "topics": "keyword1",
    }
    (one,) = found.works
    assert (one.work.title, one.work.year, one.work.doi) == (
        "Work Title",
        2012,
        "10.1087/20120404",
    )
    assert one.work.venue == "Jounral Title"
    assert one.line == 2238
    assert found.unread == ()


def test_an_employment_that_ended_is_offered_and_not_sure() -> None:
    found = read("orcid-record-full-3.0.json")

    assert [fact.sure for fact in found.facts if fact.field == "organisation"] == [False]


def test_a_record_in_xml_says_the_same_kind_of_things() -> None:
    found = read("orcid-record-3.0.xml")

    assert facts(found) == {
        "orcid": "8888-8888-8888-8880",
        "name": "credit-name",
        "country": "US",
        "research": "biography",
        "organisation": "employment-org",
        "topics": "keyword1",
    }
    assert [(one.line, one.work.title, one.work.year) for one in found.works] == [
        (735, "common:title", 1948)
    ]


def test_a_single_work_of_orcid_brings_authors_and_abstract() -> None:
    found = read("orcid-work-full.json")

    (one,) = found.works
    assert one.work.authors == ("Jordan", "Fran")
    assert one.work.abstract == "This is a short description of the work."
    # the DOI of the whole that it is part of is not its own
    assert one.work.doi is None
    assert [(line.code, line.line) for line in found.unread] == [("bad-doi", 1)]


def test_latex_becomes_plain_text() -> None:
    assert titles(read("cjs_math.bib")) == ["e=mc^2"]
    assert titles(read("cjs_commands.bib")) == [
        "url: <https://example.org>",
        "href: Example",
        "ElsevierGlyph: 2014",
        "unknown:",
        "Phi: Φ",
    ]


def test_biblatex_dates_and_names_are_read() -> None:
    (one,) = read("cjs_orcid.bib").works

    assert one.work.year == 2024
    assert one.work.authors == ("Lars G. Willighagen", "Eelke Jongejans")
    assert "Tetrix subulata using" in one.work.title


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("cjs_nameparts.bib", [2, 7, 12, 17, 22, 27, 32, 37]),
        ("cjs_authors_with_non-ASCII_characters.bib", [1]),
        ("cjs_core.json", [4, 12, 46, 77, 80, 85]),
    ],
)
def test_entries_without_a_title_are_listed_with_their_lines(name: str, lines: list[int]) -> None:
    found = read(name)

    assert [one.line for one in found.unread if one.code == "no-title"] == lines


def test_csl_items_under_any_name_are_found() -> None:
    assert titles(read("cjs_core.json")) == ["a", "a", "a", "b", "a", "a"]


def test_ris_of_several_programs_is_read() -> None:
    assert titles(read("rispy_full.ris")) == ["Title of reference", "The title of the reference"]
    assert [one.line for one in read("rispy_full.ris").works] == [2, 27]
    assert len(read("rispy_urls.ris").works) == 4
    (russian,) = read("rispy_utf_chars.ris").works
    assert russian.work.title.startswith("Состояние рецепторного")
    assert russian.work.year == 2009


def test_web_of_science_has_a_dialect_of_its_own_that_is_read_too() -> None:
    found = read("rispy_wos.ris")

    assert found.kind == "wos"
    assert [(one.line, one.work.doi) for one in found.works] == [
        (3, "10.1021/bi049798f"),
        (112, "10.1021/bi0497291"),
    ]
    assert found.works[0].work.authors[0] == "PS Parkes-Loach"
    assert len(found.works[0].work.abstract) > 1000


def test_a_cv_suggests_and_is_sure_of_nothing() -> None:
    found = read("rendercv-classic.pdf")

    assert not any(fact.sure for fact in found.facts)
    assert ("name", "John Doe") in [(fact.field, fact.value) for fact in found.facts]
    assert [one.work.doi for one in found.works] == [
        "10.1234/neurips.2023.1234",
        "10.1234/neurips.2022.5678",
        "10.1234/icml.2022.9012",
        "10.1234/iclr.2021.3456",
    ]
    assert titles(found)[1] == "Neural Architecture Search via Differentiable Pruning"
