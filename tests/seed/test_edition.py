"""The demo edition and its calls are complete in both languages and fit each other."""

import json
import re
from collections import Counter
from datetime import time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

SEED = Path(__file__).parents[2] / "seed"
# Article 52 of the Treaty on European Union as amended, in ISO 3166-1 (GR, not EL).
# fmt: off
MEMBER_STATES = {
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
}
# fmt: on
PRESETS = {"horizon-ria", "chips-ju-nrf-mirror", "quantera", "none"}
HANGUL = re.compile(r"[가-힣]")


def read(name: str) -> dict[str, Any]:
    return dict(json.loads((SEED / name).read_text(encoding="utf-8")))


EDITION = read("edition.json")
CALLS = read("calls.json")["calls"]


def named_in_both(thing: dict[str, Any], key: str) -> bool:
    korean = HANGUL.search(thing[f"{key}_ko"]) is not None
    return korean and not HANGUL.search(thing[f"{key}_en"])


def test_the_edition_says_that_it_is_a_demo() -> None:
    assert EDITION["demo"] is True
    assert EDITION["slug"] == "demo"
    assert "demo" in EDITION["name_en"]
    assert "데모" in EDITION["name_ko"]


def test_the_edition_its_sides_and_its_fields_are_named_in_both_languages() -> None:
    assert named_in_both(EDITION, "name")
    assert named_in_both(EDITION, "text")
    assert all(named_in_both(EDITION[side], "name") for side in ("left", "right"))
    assert all(named_in_both(field, "name") for field in EDITION["fields"])


def test_no_country_is_on_both_sides_or_twice_on_one() -> None:
    left, right = EDITION["left"]["countries"], EDITION["right"]["countries"]
    assert max(Counter(left + right).values()) == 1
    assert all(re.fullmatch(r"[A-Z]{2}", country) for country in left + right)


def test_the_left_side_holds_the_27_member_states_and_the_right_side_korea() -> None:
    assert len(MEMBER_STATES) == 27
    assert set(EDITION["left"]["countries"]) > MEMBER_STATES
    assert EDITION["right"]["countries"] == ["KR"]


def test_associated_countries_are_on_the_left_and_others_on_neither_side() -> None:
    left = set(EDITION["left"]["countries"])
    assert {"CH", "GB", "NO", "IS", "TR", "IL", "UA", "RS", "EG", "XK"} <= left
    assert set(EDITION["left"]["associated_pillar_two_only"]) <= left - MEMBER_STATES
    assert not left & {"US", "CN", "JP", "RU", "LI"}


def test_the_country_list_states_what_was_decided_and_tells_to_check() -> None:
    note = EDITION["left"]["note"]
    assert all(word in note for word in ("XK", "Japan", "Pillar II", "Check"))


def test_every_demo_person_is_from_a_country_of_the_edition() -> None:
    lines = (SEED / "people_korea.jsonl").read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["country"] for line in lines} <= set(EDITION["right"]["countries"])


def test_registration_is_open_on_the_day_of_seeding_and_closes_before_the_event() -> None:
    first_day = EDITION["starts_in_days"]
    assert EDITION["opens_in_days"] < 0 < EDITION["closes_in_days"] < first_day


def test_two_half_days_are_a_morning_in_brussels_and_an_evening_in_seoul() -> None:
    assert len({half_day["day"] for half_day in EDITION["half_days"]}) == 2
    for half_day in EDITION["half_days"]:
        assert half_day["zone"] == EDITION["left"]["zone"] == "Europe/Brussels"
        assert time.fromisoformat(half_day["start"]) == time(9)
        assert time.fromisoformat(half_day["end"]) == time(12)
    assert ZoneInfo(EDITION["right"]["zone"]).key == "Asia/Seoul"


def test_slots_and_tables_hold_every_meeting_of_the_demo_people() -> None:
    minutes = sum(
        60 * (time.fromisoformat(h["end"]).hour - time.fromisoformat(h["start"]).hour)
        for h in EDITION["half_days"]
    )
    slots = minutes // EDITION["slot_minutes"]
    people = (SEED / "people_korea.jsonl").read_text(encoding="utf-8").count("\n")
    assert EDITION["tables"] == 20
    assert (EDITION["least_partners"], EDITION["most_partners"]) == (2, 5)
    assert slots * EDITION["tables"] >= people * EDITION["most_partners"]


def test_there_is_a_call_for_each_line_of_the_forum() -> None:
    fields = {field["slug"] for field in EDITION["fields"]}
    assert len({call["identifier"] for call in CALLS}) == len(CALLS) == 3
    assert {field for call in CALLS for field in call["fields"]} == fields


def test_the_file_of_calls_says_that_they_are_invented() -> None:
    calls = read("calls.json")
    assert calls["demo"] is True
    assert "check the call text" in calls["note_en"]
    assert named_in_both(calls, "note")


@pytest.mark.parametrize("call", CALLS, ids=lambda call: str(call["identifier"]))
def test_a_call_is_told_in_both_languages_and_names_its_model(call: dict[str, Any]) -> None:
    assert all(named_in_both(call, key) for key in ("title", "text", "budget_note"))
    assert call["identifier"].startswith("DEMO-")
    assert "(demo)" in call["title_en"]
    assert "(데모)" in call["title_ko"]
    assert call["source"].startswith("modelled on ")
    assert call["source"].endswith("; check the call text")


@pytest.mark.parametrize("call", CALLS, ids=lambda call: str(call["identifier"]))
def test_a_calls_numbers_make_sense(call: dict[str, Any]) -> None:
    assert call["preset"] in PRESETS
    assert 1 <= call["trl_from"] <= call["trl_to"] <= 9
    assert call["opens_in_days"] < call["deadline_in_days"]
    assert EDITION["starts_in_days"] < call["deadline_in_days"]
    assert call["budget_left"] >= (call["budget_per_project_eur"] or 0)
    assert len(call["topics"]) == len(set(call["topics"])) >= 5


def test_the_mirror_call_is_funded_equally_by_both_sides_for_trl_two_to_four() -> None:
    [call] = [call for call in CALLS if call["preset"] == "chips-ju-nrf-mirror"]
    assert call["budget_left"] == call["budget_right"] == 6_000_000
    assert (call["trl_from"], call["trl_to"], call["duration_months"]) == (2, 4, 36)


def test_the_countries_of_the_quantum_call_include_korea_and_belong_to_the_edition() -> None:
    [call] = [call for call in CALLS if call["preset"] == "quantera"]
    known = {*EDITION["left"]["countries"], *EDITION["right"]["countries"]}
    assert "KR" in call["countries"]
    assert set(call["countries"]) <= known
