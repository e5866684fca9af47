"""What registries answer is read like a file; what they do not know is listed."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from services.reading import Unread
from services.reading_ids import Ids
from services.registries import DOIS, Question, RegistryTrouble, look_up


def answers(*replies: Any) -> tuple[Callable[[Question], bytes], list[Question]]:
    """Answer each question with the next reply; one that is an error is raised."""
    asked: list[Question] = []

    def ask(question: Question) -> bytes:
        asked.append(question)
        reply = replies[len(asked) - 1]
        if isinstance(reply, Exception):
            raise reply
        return reply if isinstance(reply, bytes) else json.dumps(reply).encode()

    return ask, asked


def crossref(*items: dict[str, Any]) -> dict[str, Any]:
    return {"status": "ok", "message": {"total-results": len(items), "items": list(items)}}


def test_an_orcid_id_gives_the_public_record() -> None:
    record = {"person": {"name": {"given-names": {"value": "Josiah"}}}}
    ask, asked = answers(record)

    found = look_up(Ids("orcid", ("0000-0002-1825-0097",)), ask)

    assert [(fact.field, fact.value) for fact in found.facts] == [("name", "Josiah")]
    assert (asked[0].registry, asked[0].path) == ("orcid", "/0000-0002-1825-0097/record")


def test_an_author_of_openalex_gives_works_with_their_abstracts() -> None:
    author = {
        "display_name": "Ann Lee",
        "orcid": "https://orcid.org/0000-0002-1825-0097",
        "last_known_institutions": [{"display_name": "KAIST", "country_code": "KR"}],
        "topics": [{"display_name": "Ferroelectrics"}],
    }
    work = {
        "title": "On <i>hafnia</i>",
        "publication_year": 2024,
        "doi": "https://doi.org/10.1000/A",
        "authorships": [{"author": {"display_name": "Ann Lee"}}],
        "primary_location": {"source": {"display_name": "A Journal"}},
        "abstract_inverted_index": {"films": [1], "Thin": [0], "switch": [2]},
    }
    ask, _ = answers(author, {"results": [work, "no work"]})

    found = look_up(Ids("openalex", ("A5023888391",)), ask)

    (one,) = found.works
    assert (one.work.title, one.work.abstract) == ("On hafnia", "Thin films switch")
    assert (one.work.doi, one.work.venue, one.work.authors) == (
        "10.1000/a",
        "A Journal",
        ("Ann Lee",),
    )
    facts = {fact.field: (fact.value, fact.sure) for fact in found.facts}
    assert facts["orcid"] == ("0000-0002-1825-0097", True)
    assert facts["country"] == ("KR", True)
    # counted by a machine over all works
    assert facts["topics"] == ("Ferroelectrics", False)


def test_dois_are_asked_at_once_and_the_unknown_ones_behind_the_resolver() -> None:
    title = {"DOI": "10.1000/1", "title": ["One"], "abstract": "<jats:p>What we did.</jats:p>"}
    ask, asked = answers(crossref(title), {"DOI": "10.2000/2", "title": "Two"})

    found = look_up(Ids("doi", ("10.1000/1", "10.2000/2")), ask)

    assert [one.work.title for one in found.works] == ["One", "Two"]
    assert found.works[0].work.abstract == "What we did."
    assert asked[0].parameters["filter"] == "doi:10.1000/1,doi:10.2000/2"
    assert (asked[1].registry, asked[1].path) == ("doi", "/10.2000/2")


def test_a_doi_that_nobody_knows_is_listed_and_the_others_are_kept() -> None:
    lost = RegistryTrouble("registry-unknown", "doi")
    ask, _ = answers(crossref({"DOI": "10.1000/1", "title": ["One"]}), lost)
    before = (Unread(3, "no-identifier", {"value": "x"}),)

    found = look_up(Ids("doi", ("10.1000/1", "10.1000/2"), before), ask)

    assert [one.work.title for one in found.works] == ["One"]
    assert [(one.code, one.values["value"]) for one in found.unread] == [
        ("no-identifier", "x"),
        ("doi-registry-unknown", "10.1000/2"),
    ]


def test_more_dois_than_are_looked_up_at_once_are_listed() -> None:
    dois = tuple(f"10.1000/{number}" for number in range(DOIS + 2))
    items = [{"DOI": doi, "title": [doi]} for doi in dois[:DOIS]]
    ask, asked = answers(crossref(*items))

    found = look_up(Ids("doi", dois), ask)

    assert len(found.works) == DOIS
    assert [one.code for one in found.unread] == ["too-many-dois"] * 2
    assert len(asked) == 1


@pytest.mark.parametrize("reply", [b"<html>busy</html>", b"\xff", {"neither": "nor"}, []])
def test_an_answer_that_is_no_record_is_called_strange(reply: Any) -> None:
    ask, _ = answers(reply)

    with pytest.raises(RegistryTrouble) as error:
        look_up(Ids("orcid", ("0000-0002-1825-0097",)), ask)

    assert error.value.code == "registry-strange"
