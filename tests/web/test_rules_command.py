import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from matchmaking.eligibility import check
from matchmaking.eligibility_consortium import Consortium
from matchmaking.eligibility_preset import PRESETS, preset
from web.rule_words import RULES, change, why

TEAM = [{"organisation": code, "country": code, "type": "rto"} for code in ("DE", "FR", "KR")]


def _check(app: Flask, folder: Path, data: Any, name: str, *more: str) -> Result:
    path = folder / "consortium.json"
    path.write_text(json.dumps(data), "utf-8")
    arguments = ["rules", "check", str(path), "--preset", name, *more]
    return app.test_cli_runner().invoke(args=arguments)


def test_an_eligible_consortium_ends_well(app: Flask, tmp_path: Path) -> None:
    result = _check(app, tmp_path, {"members": TEAM}, "horizon-ria", "--json")
    answer = json.loads(result.stdout)
    assert result.exit_code == 0
    assert answer["eligible"] is True
    assert answer["smallest_fix"] == []
    assert {rule["rule"]: rule["holds"] for rule in answer["rules"]} == {
        "member-state": True,
        "three-countries": True,
        "coordinator": True,
    }


def test_one_that_is_not_ends_with_1_and_the_smallest_fix(app: Flask, tmp_path: Path) -> None:
    result = _check(app, tmp_path, {"members": TEAM[1:]}, "horizon-ria", "--json")
    answer = json.loads(result.stdout)
    assert result.exit_code == 1
    assert answer["eligible"] is False
    assert answer["smallest_fix"] == [
        "Find an independent partner in another Member State or associated country."
    ]


def test_a_document_still_to_come_is_null(app: Flask, tmp_path: Path) -> None:
    members = [
        *TEAM,
        {"organisation": "NL", "country": "NL"},
        {"organisation": "K", "country": "KR"},
    ]
    result = _check(app, tmp_path, {"members": members}, "chips-ju-nrf-mirror", "--json")
    rules = {rule["rule"]: rule["holds"] for rule in json.loads(result.stdout)["rules"]}
    assert result.exit_code == 1
    assert rules.pop("letters-of-intent") is None
    assert all(rules.values())


def test_on_a_terminal_it_names_each_rule_and_its_source(app: Flask, tmp_path: Path) -> None:
    text = _check(app, tmp_path, {"members": TEAM[1:]}, "quantera").stdout
    assert "fails: Three partners from three participating countries" in text
    assert "Check the call text" in text or "check the call text" in text


def test_a_file_that_is_wrong_is_told_as_json_too(app: Flask, tmp_path: Path) -> None:
    data = {"members": [{"organisation": "x", "country": "Germany"}]}
    result = _check(app, tmp_path, data, "none", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["problems"][0]["field"] == "members[0].country"


def test_an_unknown_preset_is_a_usage_error(app: Flask, tmp_path: Path) -> None:
    assert _check(app, tmp_path, {"members": TEAM}, "eureka").exit_code == 2


@pytest.mark.parametrize("name", PRESETS)
def test_every_rule_and_every_change_has_its_words(app: Flask, name: str) -> None:
    rules = preset(name)
    verdict = check(Consortium(()), rules)
    with app.test_request_context():
        assert all(RULES[rule.name] for rule in rules.rules)
        assert all(why(found) for found in verdict.findings)
        assert all(change(one) for one in verdict.fix or ())
