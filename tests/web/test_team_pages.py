"""The page of whole teams: asked for, waited for, compared, taken into the draft."""

import json
from collections.abc import Callable
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import Account, ConsortiumMember, TeamRun
from models.database import make_sessions
from services.consortium_roles import RoleWish, set_role
from services.team_kept import proposed
from tests.consortium_people import make_team
from tests.factories import Factory
from tests.team_searches import WORK, Searched, searched
from tests.word_encoder import word_encoders

SignIn = Callable[[Account], FlaskClient]


@pytest.fixture
def draft(make: Factory, session: Session, engine: Engine, now: datetime) -> Searched:
    return searched(make_team(make, session, now), session, make_sessions(engine))


@pytest.fixture
def url(draft: Searched, session: Session) -> str:
    found = f"/consortia/{draft.team.consortium.id}"
    session.commit()
    return found


@pytest.fixture
def lead(draft: Searched, sign_in: SignIn) -> FlaskClient:
    return sign_in(draft.team.account)


@pytest.fixture
def run(draft: Searched, lead: FlaskClient, url: str, session: Session) -> TeamRun:
    lead.post(f"{url}/teams", data={"mirror": "y"})
    found = draft.work()
    session.commit()
    return found


def _read(client: FlaskClient, path: str, language: str = "en") -> str:
    return unescape(client.get(path, headers={"Accept-Language": language}).text)


def test_before_anybody_asked_the_page_says_what_will_stand_there(
    lead: FlaskClient, url: str
) -> None:
    page = _read(lead, f"{url}/teams")
    assert "No teams yet" in page
    assert "4 to 6 members, 3 roles." in page
    assert 'checked id="mirror"' in page  # the draft's rules are of two teams


def test_asking_shows_how_far_it_is_and_can_be_cancelled(
    draft: Searched, lead: FlaskClient, url: str, session: Session
) -> None:
    page = lead.post(f"{url}/teams", data={}, follow_redirects=True).text
    assert "Waiting for the worker" in page
    number = session.exec(select(TeamRun.id)).one()
    session.commit()
    answer = lead.get(f"{url}/teams/{number}/progress")
    assert "HX-Refresh" not in answer.headers
    again = lead.post(f"{url}/teams", data={}, follow_redirects=True).text
    assert "Teams are being formed already." in again
    page = lead.post(f"{url}/teams/{number}/cancel", follow_redirects=True).text
    assert "Cancelled; nothing was changed." in page
    assert lead.get(f"{url}/teams/{number}/progress").headers["HX-Refresh"] == "true"
    assert draft.work().state == "cancelled"


def test_three_teams_are_shown_with_proof_evidence_rules_bars_and_map(
    run: TeamRun, lead: FlaskClient, url: str
) -> None:
    page = _read(lead, f"{url}/teams")
    for letter in "ABC":
        assert f'id="team-{letter}"' in page
    assert "Proven: none of the people compared make a better one." in page
    assert "All 13 people who may be in a team were compared." in page
    assert "<blockquote" in page
    assert "waits for a document" in page  # the letters of intent
    assert page.count("members with team A.") == 2
    assert page.count("The teams compared") >= 2  # picture and table
    korean = _read(lead, f"{url}/teams", "ko")
    assert "팀 A" in korean


def test_the_page_names_the_very_people_that_were_proposed(
    draft: Searched, run: TeamRun, lead: FlaskClient, url: str, session: Session
) -> None:
    names = {one.id: one.name for one in [*draft.people, draft.team.lead]}
    session.commit()
    page = _read(lead, f"{url}/teams")
    parts = page.split('<section class="team"')[1:]
    for part, team in zip(parts, proposed(run.result or {}).found.teams, strict=True):
        listed = part.split("<ol", 1)[1].split("</ol>", 1)[0]
        for one, name in names.items():
            member = any(found.profile_id == one for found in team.members)
            assert (f">{name}<" in listed) == member


def test_the_command_answers_the_same_as_the_page(
    draft: Searched,
    run: TeamRun,
    app: Flask,
    tmp_path: Path,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("web.commands.team.SharedEncoders", lambda _: word_encoders()[0])
    keys = {one.id: one.source_key for one in [*draft.people, draft.team.lead]}
    lead, slug, result = draft.team.lead.id, draft.team.edition.slug, run.result
    session.commit()
    idea = tmp_path / "idea.txt"
    idea.write_text("".join(f"- {text}\n" for text in WORK), "utf-8")
    asked = ["--edition", slug, "--mirror", "--preset", "chips-ju-nrf-mirror", "--size", "4-6"]
    answer = app.test_cli_runner().invoke(
        args=["team", str(idea), *asked, "--lock", keys[lead], "--json"]
    )
    told = json.loads(answer.stdout)["teams"]
    kept = proposed(result or {}).found.teams
    assert len(told) == len(kept) == 3
    for said, team in zip(told, kept, strict=True):
        assert {one["id"] for one in said["members"]} == {
            keys[one.profile_id] for one in team.members
        }
        assert said["score"] == pytest.approx(team.score, abs=1e-6)
        assert said["eligible"] == team.eligible


def test_who_is_kept_and_who_is_left_out_is_remembered_and_holds(
    draft: Searched, run: TeamRun, lead: FlaskClient, url: str, session: Session
) -> None:
    first = proposed(run.result or {}).found.teams[0]
    free = [one.profile_id for one in first.members if not one.locked]
    keep, without = free[0], free[1]
    data = {"mirror": "y", f"wish-{keep}": "keep", f"wish-{without}": "without"}
    lead.post(f"{url}/teams", data=data | {"wish-x": "keep", "wish-1": "nonsense"})
    found = draft.work()
    assert (found.asked["keep"], found.asked["without"]) == ([keep], [without])
    for team in proposed(found.result or {}).found.teams:
        ids = {one.profile_id for one in team.members}
        assert keep in ids
        assert without not in ids
    session.commit()
    page = _read(lead, f"{url}/teams")
    assert '<option value="keep" selected>' in page
    assert '<option value="without" selected>' in page


def test_a_team_goes_into_the_draft_and_one_that_is_not_there_is_not_found(
    run: TeamRun, lead: FlaskClient, url: str, session: Session
) -> None:
    number = run.id
    session.commit()
    assert lead.post(f"{url}/teams/{number}/take", data={"team": "D"}).status_code == 404
    assert lead.post(f"{url}/teams/{number}/take", data={}).status_code == 404
    page = lead.post(f"{url}/teams/{number}/take", data={"team": "A"}, follow_redirects=True).text
    assert "The team is in the draft." in page
    assert "On the map of the research landscape" not in page  # nobody is laid out here
    states = session.exec(select(ConsortiumMember.state)).all()
    assert sorted(set(states)) == ["joined", "planned"]


def test_a_member_who_withdrew_is_not_named_and_the_team_is_not_taken(
    draft: Searched, run: TeamRun, lead: FlaskClient, url: str, session: Session
) -> None:
    first = proposed(run.result or {}).found.teams[0]
    gone = next(one for one in draft.people if one.id in {m.profile_id for m in first.members})
    gone.visibility = "nobody"
    session.commit()
    page = lead.post(f"{url}/teams/{run.id}/take", data={"team": "A"}, follow_redirects=True).text
    assert "may no longer be shown" in page


def test_changed_roles_and_a_failure_are_told(
    draft: Searched, run: TeamRun, lead: FlaskClient, url: str, session: Session, now: datetime
) -> None:
    set_role(session, draft.team.at, RoleWish("one more"), now, actor_id=draft.team.account.id)
    session.commit()
    assert "Roles, rules or size were changed since." in _read(lead, f"{url}/teams")
    failed = session.get_one(TeamRun, run.id)
    failed.state, failed.failure, failed.result = "failed", "no-place-left", None
    session.commit()
    assert "Partners who are not compared fill the places" in _read(lead, f"{url}/teams")


def test_no_team_is_told_with_what_clashes_and_the_smallest_change(
    draft: Searched, lead: FlaskClient, url: str, session: Session
) -> None:
    korean = [one.id for one in draft.people if one.country == "KR"]
    session.commit()
    lead.post(f"{url}/teams", data={"mirror": "y"} | {f"wish-{one}": "keep" for one in korean})
    draft.work()
    session.commit()
    page = _read(lead, f"{url}/teams")
    assert "There is no such team. These cannot hold together:" in page
    assert "The smallest change that helps:" in page


def test_members_read_the_teams_and_only_who_may_write_asks(
    draft: Searched, run: TeamRun, url: str, sign_in: SignIn, session: Session
) -> None:
    guest = draft.people[0]
    session.add(
        ConsortiumMember(
            consortium_id=draft.team.consortium.id,
            profile_id=guest.id,
            state="joined",
            created_at=draft.team.now,
        )
    )
    account = session.get_one(Account, guest.account_id)
    stranger = session.get_one(Account, draft.people[1].account_id)
    session.commit()
    member = sign_in(account)
    page = member.get(f"{url}/teams").text
    assert 'id="team-A"' in page
    assert "Form teams" not in page
    assert member.post(f"{url}/teams", data={}).status_code == 403
    assert member.post(f"{url}/teams/{run.id}/take", data={"team": "A"}).status_code == 403
    outside = sign_in(stranger)
    for path in ("/teams", f"/teams/{run.id}/progress"):
        assert outside.get(url + path).status_code == 404


def test_the_page_asks_the_tables_as_often_for_many_as_for_few(
    draft: Searched, run: TeamRun, lead: FlaskClient, url: str, session: Session, count_queries: Any
) -> None:
    def queries() -> int:
        with count_queries() as counted:
            lead.get(f"{url}/teams")
        return len(counted.statements)

    before = queries()
    for number in range(12):
        draft.team.person("KR", organisation_name=f"More {number}", research="laser chip")
    session.commit()
    assert queries() == before == 16
