"""What must hold of the demo forum's list of organisations."""

import json
import re
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from babel import Locale

Organisation = dict[str, Any]

SOURCE = Path(__file__).parents[2] / "seed" / "organisations.json"
ORGANISATIONS: list[Organisation] = json.loads(SOURCE.read_text(encoding="utf-8"))
LINKED: list[Organisation] = list(chain.from_iterable(o.get("linked", []) for o in ORGANISATIONS))

FIELDS = {"name", "name_native", "aliases", "acronyms", "country", "city", "type", "ror", "linked"}
BASE_32 = "0123456789abcdefghjkmnpqrstvwxyz"
ROR_FORMAT = re.compile(rf"https://ror\.org/0[{BASE_32}]{{6}}[0-9]{{2}}")
OWN_LAW = {"KAIST", "UNIST", "GIST", "DGIST"}

every_one = pytest.mark.parametrize("organisation", ORGANISATIONS, ids=lambda o: str(o["name"]))


def _ror_holds(ror: str) -> bool:
    """Check an id as ROR does: Crockford's base 32, then two digits by ISO 7064 mod 97-10."""
    if ROR_FORMAT.fullmatch(ror) is None:
        return False
    value = 0
    for letter in ror[-9:-2]:
        value = value * 32 + BASE_32.index(letter)
    return int(ror[-2:]) == 98 - value * 100 % 97


def _names(organisation: Organisation) -> list[str]:
    native = organisation.get("name_native", organisation["name"])
    own = {organisation["name"], native}
    return [*own, *organisation.get("aliases", []), *organisation.get("acronyms", [])]


def _of_country(korean: bool) -> list[Organisation]:
    return [o for o in ORGANISATIONS if (o["country"] == "KR") is korean]


@pytest.mark.parametrize(
    ("ror", "holds"),
    [
        ("https://ror.org/02nv7yv05", True),
        ("https://ror.org/02nv7yv06", False),
        ("https://ror.org/02nv7vy05", False),
        ("https://ror.org/12nv7yv05", False),
        ("https://ror.org/02nu7yv05", False),
        ("02nv7yv05", False),
    ],
)
def test_the_check_of_an_id_finds_slips_of_the_pen(ror: str, holds: bool) -> None:
    assert _ror_holds(ror) is holds


@pytest.mark.parametrize("ror", [o["ror"] for o in [*ORGANISATIONS, *LINKED] if "ror" in o])
def test_every_ror_id_has_its_check_digits(ror: str) -> None:
    assert _ror_holds(ror)


def test_both_sides_are_well_represented() -> None:
    assert len(_of_country(korean=True)) >= 25
    assert len(_of_country(korean=False)) >= 25


def test_most_organisations_have_a_ror_id_of_their_own() -> None:
    rors = [o["ror"] for o in ORGANISATIONS if "ror" in o]
    assert len(rors) == len(set(rors))
    assert len(rors) >= 0.9 * len(ORGANISATIONS)


@every_one
def test_an_organisation_has_the_documented_fields(organisation: Organisation) -> None:
    assert set(organisation) <= FIELDS
    assert {"name", "country", "city", "type"} <= set(organisation)
    assert organisation["type"] in {"university", "rto", "company", "public", "other"}
    assert organisation["country"] in Locale("en").territories


@every_one
def test_no_name_is_given_twice_within_an_organisation(organisation: Organisation) -> None:
    folded = Counter(name.casefold() for name in _names(organisation))
    assert max(folded.values()) == 1


def test_a_name_or_acronym_means_one_organisation() -> None:
    names = Counter(name.casefold() for o in ORGANISATIONS for name in _names(o))
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("organisation", _of_country(korean=True), ids=lambda o: str(o["name"]))
def test_korean_organisations_carry_their_korean_name(organisation: Organisation) -> None:
    assert re.search("[가-힣]", organisation["name_native"])


@pytest.mark.parametrize("organisation", _of_country(korean=True), ids=lambda o: str(o["name"]))
def test_a_korean_university_comes_with_its_cooperation_foundation(
    organisation: Organisation,
) -> None:
    foundations = [
        entity["name_native"]
        for entity in organisation.get("linked", [])
        if entity["link"] == "cooperation-foundation"
    ]
    own_law = bool(OWN_LAW & set(organisation.get("acronyms", [])))
    expected = organisation["type"] == "university" and not own_law
    assert foundations == ([f"{organisation['name_native']} 산학협력단"] if expected else [])


def test_links_are_of_a_known_kind_and_lead_elsewhere() -> None:
    for organisation in ORGANISATIONS:
        for entity in organisation.get("linked", []):
            assert set(entity) <= {"name", "name_native", "ror", "link"}
            assert entity["link"] in {"cooperation-foundation", "parent"}
            assert entity["name"] not in _names(organisation)


def test_a_linked_entity_that_is_listed_keeps_its_id() -> None:
    listed = {o["name"]: o.get("ror") for o in ORGANISATIONS}
    linked = {entity["name"]: entity.get("ror") for entity in LINKED}
    shared = listed.keys() & linked.keys()
    assert {"TU Delft", "Fraunhofer-Gesellschaft"} <= shared
    assert all(listed[name] == linked[name] for name in shared)
