import json
from pathlib import Path
from typing import Any

import pytest

from services.consortium_file import MOST_MEMBERS, BadConsortium, read_consortium

DRESDEN = {"organisation": "TU Dresden", "country": "DE", "type": "university"}


def _file(folder: Path, data: Any) -> Path:
    path = folder / "consortium.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")
    return path


def _problems(folder: Path, data: Any) -> dict[str, str]:
    with pytest.raises(BadConsortium) as told:
        read_consortium(_file(folder, data))
    return {problem.field: problem.problem for problem in told.value.problems}


def test_every_field_is_read(tmp_path: Path) -> None:
    foundation = {
        "organisation": "카이스트 산학협력단",
        "pic": "999999998",
        "same_entity_as": "KAIST",
        "country": "kr",
        "type": "other",
    }
    kaist = {"organisation": "KAIST", "country": "KR", "type": "university", "coordinator": True}
    found = read_consortium(_file(tmp_path, {"members": [DRESDEN, kaist, foundation]}))
    assert [one.country for one in found.partners] == ["DE", "KR", "KR"]
    assert [one.coordinator for one in found.partners] == [False, True, False]
    assert found.partners[2].pic == "999999998"
    assert found.partners[2].same_entity_as == "KAIST"
    assert found.letters == {}


def test_the_commissions_codes_and_a_byte_order_mark_are_understood(tmp_path: Path) -> None:
    members = [{"organisation": "a", "country": "EL"}, {"organisation": "b", "country": "UK"}]
    found = read_consortium(_file(tmp_path, "\ufeff" + json.dumps({"members": members})))
    assert [one.country for one in found.partners] == ["GR", "GB"]


def test_an_international_organisation_has_no_country(tmp_path: Path) -> None:
    found = read_consortium(_file(tmp_path, {"members": [{"organisation": "CERN"}]}))
    assert found.partners[0].country == ""


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (True, {"left": True, "right": True}),
        (False, {"left": False, "right": False}),
        ({"left": True, "right": None}, {"left": True}),
        ({"EU": True, "KR": False}, {"left": True, "right": False}),
        (["eu"], {"left": True}),
        (None, {}),
    ],
)
def test_letters_of_intent_by_team(tmp_path: Path, given: Any, read: dict[str, bool]) -> None:
    data = {"members": [DRESDEN], "letters_of_intent": given}
    assert read_consortium(_file(tmp_path, data)).letters == read


BAD = [
    ("no json", "consortium.json"),
    ([], "consortium.json"),
    ({"members": {}}, "consortium.json"),
    ({"members": [DRESDEN] * (MOST_MEMBERS + 1)}, "members"),
    ({"members": ["TU Dresden"]}, "members[0]"),
    ({"members": [{"country": "DE"}]}, "members[0].organisation"),
    ({"members": [{"organisation": ["x"]}]}, "members[0].organisation"),
    ({"members": [{"organisation": "x" * 301}]}, "members[0].organisation"),
    ({"members": [DRESDEN | {"country": "Germany"}]}, "members[0].country"),
    ({"members": [DRESDEN, DRESDEN | {"type": "club"}]}, "members[1].type"),
    ({"members": [DRESDEN | {"pic": "12"}]}, "members[0].pic"),
    ({"members": [DRESDEN | {"coordinator": "yes"}]}, "members[0].coordinator"),
    ({"members": [DRESDEN | {"same_entity_as": "nobody"}]}, "members"),
    ({"members": [DRESDEN], "letters_of_intent": "soon"}, "letters_of_intent"),
    ({"members": [DRESDEN], "letters_of_intent": {"mars": True}}, "letters_of_intent"),
]


@pytest.mark.parametrize(("data", "field"), BAD)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, data: Any, field: str) -> None:
    assert list(_problems(tmp_path, data)) == [field]


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    members = [DRESDEN | {"country": "Germany", "pic": "1"}, {"organisation": ""}]
    assert len(_problems(tmp_path, {"members": members})) == 3
