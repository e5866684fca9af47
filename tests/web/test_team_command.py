"""team, as a terminal sees it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session

from matchmaking.consortium_result import NoTeam, TeamChange
from matchmaking.encoder_plan import DEFAULT_PLAN
from services.shared_encoders import SharedEncoders
from tests.factories import Factory
from tests.word_encoder import WordEncoder, encode_everybody
from web.team_words import change, clashing

COUNTRIES = ("DE", "FR", "NL", "KR", "KR", "KR")
WORK = ("quantum photon", "laser chip", "turbine noise")


@pytest.fixture
def idea(make: Factory, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a forum of six people, and an idea of three points, the first in Korean."""
    monkeypatch.setattr(
        "web.commands.team.SharedEncoders", lambda _: SharedEncoders(DEFAULT_PLAN, WordEncoder)
    )
    sides = dict.fromkeys(("DE", "FR", "NL"), "left") | {"KR": "right"}
    edition = make.edition(slug="demo", countries=sides)
    for number, country in enumerate(COUNTRIES):
        make.profile(
            edition,
            source_key=f"p{number}",
            country=country,
            research=WORK[number % 3],
            organisation_name=f"House {number}",
        )
    encode_everybody(session)
    session.commit()
    path = tmp_path / "idea.txt"
    path.write_text("필요한 역할\n- 양자 광자 연구\n- laser chip\n- turbine noise\n", "utf-8")
    return path


def _run(app: Flask, *arguments: str, exit_code: int = 0) -> Mapping[str, Any]:
    result = app.test_cli_runner().invoke(args=["team", *arguments, "--json"])
    assert result.exit_code == exit_code, result.output
    found: Mapping[str, Any] = json.loads(result.stdout)
    return found


def test_an_idea_gives_an_eligible_mirrored_team_with_its_proof(app: Flask, idea: Path) -> None:
    asked = ("--mirror", "--preset", "chips-ju-nrf-mirror", "--size", "5-6", "--lock", "p0")
    found = _run(app, str(idea), *asked)
    team = found["teams"][0]
    assert team["eligible"] is True
    assert {rule["rule"]: rule["holds"] for rule in team["rules"]}["letters-of-intent"] is None
    assert "p0" in [one["id"] for one in team["members"]]
    assert {one["role"] for one in team["members"]} == {*found["roles"]}
    assert team["bound"] >= team["score"] - 1e-6
    assert 0 < team["coverage"] <= 1
    assert found["seconds"] >= 0
    assert {"turbine noise"} <= {one["passage"] for one in team["evidence"]}


def test_for_a_person_it_prints_members_with_roles_and_what_the_rules_say(
    app: Flask, idea: Path
) -> None:
    arguments = ["team", str(idea), "--preset", "horizon-ria", "--size", "3"]
    result = app.test_cli_runner().invoke(args=arguments)
    assert result.exit_code == 0
    assert "Team 1: score" in result.stdout
    assert "holds: A partner from a Member State" in result.stdout


def test_no_team_says_what_cannot_hold_together_and_exits_1(app: Flask, idea: Path) -> None:
    asked = ("--preset", "horizon-ria", "--size", "3", "--lock", "p3", "--lock", "p4")
    found = _run(app, str(idea), *asked, exit_code=1)
    assert found["teams"] == []
    assert "p3 in the team" in found["cannot_hold"]
    assert found["smallest_change"] == ["Let p3 go."]


def test_what_is_wrong_is_told_with_the_remedy(app: Flask, idea: Path, tmp_path: Path) -> None:
    assert "Known calls: none yet" in _run(app, str(idea), "--call", "X", exit_code=1)["error"]
    assert "Nobody" in _run(app, str(idea), "--lock", "nobody", exit_code=1)["error"]
    latin = tmp_path / "latin.txt"
    latin.write_bytes(b"one\n\xe4\n")
    assert "line 2" in _run(app, str(latin), exit_code=1)["error"]
    runner = app.test_cli_runner()
    assert runner.invoke(args=["team", str(idea), "--size", "8-5"]).exit_code == 2
    assert runner.invoke(args=["team", str(tmp_path / "gone.txt")]).exit_code == 2


def test_every_change_has_a_sentence(app: Flask) -> None:
    with app.test_request_context():
        none = NoTeam(("three-countries",), (1,), size=True, mirror=True, changes=None)
        assert clashing(none, {1: "Kim"})[1] == "Kim in the team"
        assert len(clashing(none, {1: "Kim"})) == 4
        assert change(TeamChange("more-members", number=9), {}) == "Allow 9 members."
        rule = change(TeamChange("without-rule", rule="three-countries"), {})
        assert rule.startswith("Do without the rule: Three independent")
