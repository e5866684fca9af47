"""What must hold of the European people of the demo forum, whoever edits the file next."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from babel import Locale

Person = dict[str, Any]

SEED = Path(__file__).parents[2] / "seed"
TEXT_FIELDS = {
    *("id", "name", "name_native", "email", "country", "organisation", "ror"),
    *("organisation_type", "career_stage", "research"),
}
LIST_FIELDS = {"fields", "topics", "languages", "offers", "needs"}
OTHER_FIELDS = {"publications", "least_partners", "most_partners"}
STAGES = {"student", "doctoral", "postdoc", "early-career", "established"}
YOUNG = STAGES - {"established"}
TYPES = {"university", "rto", "company", "public", "other"}


def _read(name: str) -> list[Person]:
    lines = (SEED / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


PEOPLE = _read("people_europe.jsonl")
everybody = pytest.mark.parametrize("person", PEOPLE, ids=[str(p["id"]) for p in PEOPLE])


def _person(key: str) -> Person:
    return next(person for person in PEOPLE if person["id"] == key)


def _own_name(person: Person) -> str:
    return str(person["name"]).removesuffix(" (demo)")


def test_there_are_sixty_people_with_running_ids() -> None:
    assert [person["id"] for person in PEOPLE] == [f"eu-{n:02d}" for n in range(1, 61)]


@pytest.mark.parametrize("field", ["name", "email", "research"])
def test_no_two_people_share_a_name_an_address_or_a_text(field: str) -> None:
    values = [person[field] for person in PEOPLE if field in person]
    assert len(values) == len(set(values))


@everybody
def test_a_profile_has_only_the_fields_of_the_format_in_their_types(person: Person) -> None:
    assert set(person) <= TEXT_FIELDS | LIST_FIELDS | OTHER_FIELDS
    assert {"id", "name", "country", "research"} <= set(person)
    for field in TEXT_FIELDS & set(person):
        assert isinstance(person[field], str)
        assert person[field] == person[field].strip() != ""
    for field in LIST_FIELDS & set(person):
        assert person[field]
        assert all(isinstance(item, str) and item for item in person[field])


@everybody
def test_everybody_is_plainly_invented(person: Person) -> None:
    assert person["name"].endswith(" (demo)")
    assert person.get("email", "nobody@none.example").endswith(".example")
    assert "orcid" not in person
    if person.get("organisation_type") == "company":
        assert person["organisation"].endswith(" (fictitious)")


@everybody
def test_a_country_is_an_iso_code_of_the_european_side(person: Person) -> None:
    assert len(person["country"]) == 2
    assert person["country"] in Locale("en").territories
    assert person["country"] not in {"KR", "EU", "UK", "EL"}


@everybody
def test_closed_lists_are_kept_to(person: Person) -> None:
    assert person.get("career_stage", "student") in STAGES
    assert person.get("organisation_type", "other") in TYPES
    assert set(person.get("fields", [])) <= {"neuromorphic", "heterogeneous-integration", "quantum"}
    assert person.get("least_partners", 0) <= person.get("most_partners", 99)


@everybody
def test_a_research_text_is_long_enough_to_match_on_and_short_enough_to_read(
    person: Person,
) -> None:
    assert 70 <= len(person["research"].split()) <= 160


@everybody
def test_people_state_a_few_offers_and_needs(person: Person) -> None:
    assert len(person.get("offers", ["", ""])) in range(2, 5)
    assert len(person.get("needs", ["", ""])) in range(2, 4)


@everybody
def test_publications_are_dated_and_written_by_the_person(person: Person) -> None:
    assert len(person.get("publications", [{}])) in range(1, 4)
    surname = _own_name(person).split()[-1]
    for work in person.get("publications", []):
        assert set(work) <= {"title", "abstract", "authors", "year", "venue", "weight"}
        assert 2019 <= work["year"] <= 2026
        assert any(author.endswith(surname) for author in work["authors"])
        assert work["venue"].startswith("Demo ")


def test_the_three_fields_are_about_as_large_as_planned() -> None:
    first = Counter(person["fields"][0] for person in PEOPLE if "fields" in person)
    assert first == {"neuromorphic": 22, "heterogeneous-integration": 21, "quantum": 16}
    assert sum(len(person.get("fields", [])) > 1 for person in PEOPLE) >= 8


def test_many_countries_and_kinds_of_organisation_take_part() -> None:
    countries = Counter(person["country"] for person in PEOPLE)
    assert len(countries) >= 16
    assert {"CH", "NO", "GB", "IS", "TR"} <= set(countries)
    assert max(countries.values()) <= 10
    types = Counter(person.get("organisation_type") for person in PEOPLE)
    assert min(types[kind] for kind in ("university", "rto", "company", "public")) >= 3


def test_most_people_are_young() -> None:
    assert sum(person.get("career_stage") in YOUNG for person in PEOPLE) >= 50


def test_no_two_people_describe_their_work_in_the_same_sentence() -> None:
    sentences = Counter(s for p in PEOPLE for s in p["research"].split(". ") if len(s) > 40)
    assert max(sentences.values()) == 1


def test_the_awkward_cases_are_there() -> None:
    assert len(_own_name(_person("eu-29"))) > 80
    assert "'" in _own_name(_person("eu-23"))
    assert not _own_name(_person("eu-23")).isascii()
    assert len(_own_name(_person("eu-52")).split()) == 1
    assert "offers" not in _person("eu-32")
    assert set(_person("eu-44")) == {"id", "name", "country", "research"}


def test_organisations_are_spelled_as_in_the_list() -> None:
    listed = {
        org["name"]: org for org in json.loads((SEED / "organisations.json").read_text("utf-8"))
    }
    for person in PEOPLE:
        name = person.get("organisation", "")
        if name and not name.endswith(" (fictitious)"):
            organisation = listed[name]
            assert organisation.get("ror") == person.get("ror")
            assert organisation["country"] == person["country"]
            assert organisation["type"] == person["organisation_type"]
