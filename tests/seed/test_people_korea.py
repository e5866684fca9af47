"""The Korean demo researchers are well formed, plainly invented and varied in language."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models.researcher import CAREER_STAGES

SEED = Path(__file__).parents[2] / "seed"
KNOWN_COLUMNS = {
    "id",
    "name",
    "name_native",
    "email",
    "country",
    "organisation",
    "ror",
    "organisation_type",
    "career_stage",
    "fields",
    "topics",
    "languages",
    "research",
    "offers",
    "needs",
    "publications",
    "least_partners",
    "most_partners",
}
NEEDED_COLUMNS = KNOWN_COLUMNS - {"name_native", "ror", "least_partners", "most_partners"}
HANGUL = re.compile(r"[가-힣]")
# Four Latin words in a row make a phrase; fewer are names of materials, chips and standards.
ENGLISH_PHRASE = re.compile(r"[A-Za-z]{2,}(?:\s+[A-Za-z]{1,}){3,}")

Person = dict[str, Any]


def read_people() -> list[Person]:
    lines = (SEED / "people_korea.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


PEOPLE = read_people()


def paragraphs_in_korean(text: str) -> list[str]:
    return [part for part in text.split("\n\n") if HANGUL.search(part)]


def paragraphs_in_english(text: str) -> list[str]:
    return [part for part in text.split("\n\n") if not HANGUL.search(part)]


def writes_korean_only(person: Person) -> bool:
    texts = [person["research"], *person["offers"], *person["needs"]]
    return all(HANGUL.search(text) and not ENGLISH_PHRASE.search(text) for text in texts)


def writes_both(person: Person) -> bool:
    research = person["research"]
    return bool(paragraphs_in_korean(research) and paragraphs_in_english(research))


def words_written(people: list[Person]) -> Iterator[tuple[str, int]]:
    for person in people:
        yield person["id"], len(person["research"].split())


def test_there_are_sixty_people_and_each_id_and_address_occurs_once() -> None:
    assert len(PEOPLE) == 60
    assert len({person["id"] for person in PEOPLE}) == 60
    assert len({person["email"] for person in PEOPLE}) == 60


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: str(person["id"]))
def test_a_person_has_the_columns_of_the_profiles_format_and_no_others(person: Person) -> None:
    assert NEEDED_COLUMNS <= set(person) <= KNOWN_COLUMNS
    assert person["country"] == "KR"
    assert person["career_stage"] in CAREER_STAGES
    assert person["organisation_type"] in {"university", "rto", "company", "public", "other"}
    assert "Korean" in person["languages"]
    if "ror" in person:
        assert re.fullmatch(r"https://ror\.org/0[a-z0-9]{6}\d{2}", person["ror"])


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: str(person["id"]))
def test_a_person_is_plainly_marked_as_invented(person: Person) -> None:
    assert person["name"].endswith(" (demo)")
    assert person.get("name_native", " (데모)").endswith(" (데모)")
    assert re.fullmatch(r"[a-z.]+@[a-z-]+\.example", person["email"])
    if person["organisation_type"] == "company":
        assert person["organisation"].endswith("(fictitious)")
    assert all("Demo" in p["venue"] or "데모" in p["venue"] for p in person["publications"])


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: str(person["id"]))
def test_a_persons_publications_are_recent_and_their_own(person: Person) -> None:
    own_names = {
        person["name"].removesuffix(" (demo)"),
        person.get("name_native", "").removesuffix(" (데모)"),
    }
    assert len(person["publications"]) <= 3
    for publication in person["publications"]:
        assert set(publication) <= {"title", "abstract", "authors", "year", "venue"}
        assert own_names & set(publication["authors"])
        assert 2019 <= publication["year"] <= 2026


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: str(person["id"]))
def test_the_least_number_of_partners_does_not_exceed_the_most(person: Person) -> None:
    assert 0 < person.get("least_partners", 2) <= person.get("most_partners", 5) <= 10


def test_people_come_from_at_least_fifteen_organisations() -> None:
    assert len({person["organisation"] for person in PEOPLE}) >= 15


def test_every_organisation_keeps_one_ror_identifier_and_one_type() -> None:
    described = {(p["organisation"], p.get("ror"), p["organisation_type"]) for p in PEOPLE}
    assert len(described) == len({person["organisation"] for person in PEOPLE})


def test_the_first_field_of_each_person_gives_the_planned_spread() -> None:
    first = Counter(person["fields"][0] for person in PEOPLE)
    assert first == {"neuromorphic": 22, "heterogeneous-integration": 22, "quantum": 16}
    assert sum(len(person["fields"]) > 1 for person in PEOPLE) >= 8
    assert any("6g" in person["fields"] for person in PEOPLE)


def test_every_field_is_one_of_the_demo_edition() -> None:
    edition = json.loads((SEED / "edition.json").read_text(encoding="utf-8"))
    known = {field["slug"] for field in edition["fields"]}
    assert {field for person in PEOPLE for field in person["fields"]} <= known


def test_at_least_a_third_write_research_offers_and_needs_in_korean_only() -> None:
    assert sum(writes_korean_only(person) for person in PEOPLE) >= 20


def test_at_least_six_write_a_paragraph_in_each_language() -> None:
    assert sum(writes_both(person) for person in PEOPLE) >= 6


def test_at_least_a_third_of_the_korean_writers_have_a_korean_title() -> None:
    writers = [person for person in PEOPLE if writes_korean_only(person)]
    titled = [p for p in writers if any(HANGUL.search(b["title"]) for b in p["publications"])]
    assert 3 * len(titled) >= len(writers)


def test_research_texts_have_the_length_of_a_real_profile() -> None:
    korean = [person for person in PEOPLE if writes_korean_only(person)]
    others = [person for person in PEOPLE if not writes_korean_only(person)]
    assert {i: n for i, n in words_written(korean) if not 60 <= n <= 120} == {}
    assert {i: n for i, n in words_written(others) if not 70 <= n <= 160} == {}


def test_no_two_people_share_a_research_text_an_offer_or_a_title() -> None:
    for texts in (
        [person["research"] for person in PEOPLE],
        [offer for person in PEOPLE for offer in person["offers"]],
        [need for person in PEOPLE for need in person["needs"]],
        [p["title"] for person in PEOPLE for p in person["publications"]],
    ):
        assert len(texts) == len(set(texts))


def test_two_people_at_different_organisations_share_one_name() -> None:
    [(name, count)] = [
        (name, count) for name, count in Counter(p["name"] for p in PEOPLE).items() if count > 1
    ]
    assert (name, count) == ("Kim Min-jun (demo)", 2)
    assert len({p["organisation"] for p in PEOPLE if p["name"] == name}) == 2


def test_one_person_has_a_research_text_and_nothing_else() -> None:
    bare = [p for p in PEOPLE if not (p["offers"] or p["needs"] or p["publications"])]
    assert [person["id"] for person in bare] == ["kr-17"]


def test_one_person_needs_things_and_offers_none() -> None:
    assert [p["id"] for p in PEOPLE if p["needs"] and not p["offers"]] == ["kr-44"]


def test_one_person_has_a_latin_name_only_and_some_have_a_four_syllable_name() -> None:
    assert [p["id"] for p in PEOPLE if "name_native" not in p] == ["kr-47"]
    native = [p.get("name_native", "").removesuffix(" (데모)") for p in PEOPLE]
    assert {"남궁민수", "선우은지"} <= {name for name in native if len(name) == 4}


def test_people_state_two_to_four_offers_and_two_to_three_needs_or_none() -> None:
    assert {len(person["offers"]) for person in PEOPLE} <= {0, 2, 3, 4}
    assert {len(person["needs"]) for person in PEOPLE} <= {0, 2, 3}
