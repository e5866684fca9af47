from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlmodel import Session, select

from models import Account, Consortium, ConsortiumMember, Mail, Profile
from tests.consortium_people import Team, make_team
from tests.factories import Factory

SignIn = Callable[[Account], FlaskClient]


@pytest.fixture
def team(make: Factory, session: Session, now: datetime) -> Team:
    found = make_team(make, session, now)
    session.commit()
    return found


@pytest.fixture
def url(team: Team, session: Session) -> str:
    found = f"/consortia/{team.consortium.id}"
    session.commit()
    return found


@pytest.fixture
def lead(team: Team, sign_in: SignIn, session: Session) -> FlaskClient:
    return sign_in(team.account)


def _number(session: Session, column: Any, **given: Any) -> int:
    query = select(column)
    for name, value in given.items():
        query = query.where(getattr(ConsortiumMember, name) == value)
    found: int = session.exec(query).one()
    session.commit()
    return found


def test_a_consortium_is_begun_from_a_call_with_its_topics_as_roles(
    team: Team, lead: FlaskClient, session: Session
) -> None:
    call = team.call.id
    session.commit()
    assert "Begin a consortium" in lead.get(f"/calls/{call}").text
    data = {"title": "Second", "call": str(call), "preset": "none", "split": "y"}
    page = lead.post("/consortia/new", data=data, follow_redirects=True).text
    assert "The consortium is begun." in page
    assert "hybrid bonding of chiplets" in page
    assert "Gap: nobody covers it" in page
    assert "Find an independent Korean partner." in page


def test_whoever_is_no_coordinator_begins_none_and_sees_no_draft(
    team: Team, url: str, make: Factory, sign_in: SignIn, session: Session
) -> None:
    client = sign_in(make.account())
    assert client.get("/consortia/new").status_code == 403
    for path in ("", "/work", "/settings", "/history", "/partners.json", "/compare"):
        assert client.get(url + path).status_code == 404
    assert "No consortium yet" in client.get("/consortia/").text


def _ask(lead: FlaskClient, url: str, session: Session, profile_id: int) -> int:
    lead.post(f"{url}/people", data={"who": profile_id})
    member = _number(session, ConsortiumMember.id, profile_id=profile_id)
    assert "no answer yet" not in lead.get(url).text
    answer = lead.post(
        f"{url}/members/{member}/invite",
        data={"reason": "You bond chiplets.", "seat": "member", "days": "7"},
        follow_redirects=True,
    )
    assert "The invitation is on its way." in answer.text
    return member


def test_somebody_is_asked_reads_why_and_joins(
    team: Team, lead: FlaskClient, url: str, sign_in: SignIn, session: Session
) -> None:
    person = team.person(name="Kim Ha-neul", name_native="김하늘")
    account, profile_id = session.get_one(Account, person.account_id), person.id
    session.commit()
    member = _ask(lead, url, session, profile_id)
    guest = sign_in(account)
    page = guest.get(f"/team-invitations/{member}").text
    assert "You bond chiplets." in page
    assert "Cora Lead" in page
    assert "An idea" not in page
    answer = guest.post(
        f"/team-invitations/{member}",
        data={"answer": "accept", "shows_contact": "y"},
        follow_redirects=True,
    )
    assert "You have joined. Welcome." in answer.text
    assert guest.get(f"{url}/work").status_code == 200
    assert guest.post(f"{url}/roles", data={"text": "x"}).status_code == 403
    late = guest.post(
        f"/team-invitations/{member}", data={"answer": "decline"}, follow_redirects=True
    )
    assert "no longer open" in late.text


def test_a_partner_from_outside_counts_for_the_rules_and_the_letters_too(
    team: Team, lead: FlaskClient, url: str
) -> None:
    for country, organisation in (("FR", "CEA"), ("NL", "Imec NL"), ("KR", "KAIST")):
        data = {"organisation": organisation, "country": country, "type": "rto"}
        lead.post(f"{url}/members/new", data=data)
    page = lead.get(url).text
    assert "European team: 3, Korean team: 1" in page
    lead.post(f"{url}/members/new", data={"organisation": "ETRI", "country": "KR"})
    lead.post(f"{url}/letters", data={"left": ["received"], "right": ["text", "received"]})
    page = lead.get(url).text
    assert "Eligible by these rules." in page
    assert "Find an independent" not in page
    wrong = lead.post(f"{url}/members/new", data={"organisation": "X", "pic": "12"})
    assert "write its nine digits" in wrong.text


def test_the_file_and_the_page_say_the_same_by_the_same_rules(
    team: Team, lead: FlaskClient, url: str, tmp_path: Any, app: Any
) -> None:
    lead.post(f"{url}/members/new", data={"organisation": "CEA", "country": "FR"})
    lead.post(f"{url}/members/new", data={"organisation": "KAIST", "country": "KR"})
    file = tmp_path / "consortium.json"
    file.write_bytes(lead.get(f"{url}/partners.json").data)
    command = ["rules", "check", str(file), "--preset", "chips-ju-nrf-mirror", "--json"]
    told = app.test_cli_runner().invoke(args=command)
    page = lead.get(url).text
    assert told.exit_code == 1
    for rule in (
        told.json["rules"]
        if hasattr(told, "json")
        else __import__("json").loads(told.stdout)["rules"]
    ):
        assert rule["why"] in page


def test_contact_stands_in_a_file_only_for_who_consented(
    team: Team, lead: FlaskClient, url: str, session: Session
) -> None:
    for shows in (True, False):
        person = team.person(email=f"shows-{shows}@example.org")
        member = ConsortiumMember(
            consortium_id=team.consortium.id,
            profile_id=person.id,
            state="joined",
            shows_contact=shows,
            created_at=team.now,
        )
        session.add(member)
    session.commit()
    text = lead.get(f"{url}/partners.json").text
    assert "shows-True@example.org" in text
    assert "shows-False@example.org" not in text
    sheet = load_workbook(BytesIO(lead.get(f"{url}/partners.xlsx").data)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]][:2] == ["Organisation", "PIC"]
    assert sheet.max_row == 4


def test_notes_are_the_teams_or_ones_own(
    team: Team, lead: FlaskClient, url: str, sign_in: SignIn, session: Session
) -> None:
    lead.post(f"{url}/notes", data={"text": "For all of us"})
    lead.post(f"{url}/notes", data={"text": "For me only", "own": "y"})
    lead.post(f"{url}/tasks", data={"task-text": "Write part B", "task-due_on": "2026-11-01"})
    page = lead.get(f"{url}/work").text
    assert "For me only" in page
    assert "overdue" in page
    person = team.person()
    session.add(
        ConsortiumMember(
            consortium_id=team.consortium.id,
            profile_id=person.id,
            state="joined",
            created_at=team.now,
        )
    )
    session.commit()
    account = session.get_one(Account, person.account_id)
    page = sign_in(account).get(f"{url}/work").text
    assert "For all of us" in page
    assert "For me only" not in page


def test_the_history_says_who_did_what(team: Team, lead: FlaskClient, url: str) -> None:
    lead.post(f"{url}/members/new", data={"organisation": "CEA", "country": "FR"})
    page = lead.get(f"{url}/history").text
    assert "added a partner from outside" in page
    assert "Cora Lead" in page


def test_two_drafts_for_one_call_become_one_when_both_want(
    team: Team, lead: FlaskClient, url: str, session: Session, sign_in: SignIn, make: Factory
) -> None:
    data = {"title": "Other draft", "call": str(team.call.id), "preset": "none", "split": "y"}
    session.commit()
    lead.post("/consortia/new", data=data)
    other = session.exec(select(Consortium.id).where(Consortium.title == "Other draft")).one()
    session.commit()
    assert "Nobody who lets it be known." in lead.get(f"{url}/settings").text
    frame = {"title": "Other draft", "size_least": "5", "size_most": "8", "listed": "y"}
    lead.post(f"/consortia/{other}/settings", data=frame)
    assert "Other draft" in lead.get(f"{url}/settings").text
    lead.post(f"{url}/merge-offer", data={"into": other})
    assert "offers to become part" in lead.get(f"/consortia/{other}/settings").text
    lead.post(f"/consortia/{other}/merge", data={"from": team.consortium.id})
    session.expire_all()
    assert session.get_one(Consortium, team.consortium.id).state == "merged"


def test_requests_are_limited_by_the_person(
    team: Team, lead: FlaskClient, url: str, sign_in: SignIn, session: Session
) -> None:
    person = team.person()
    account, profile_id = session.get_one(Account, person.account_id), person.id
    session.commit()
    sign_in(account).post("/consortia/requests", data={"most_waiting": "0"})
    client = sign_in(team.account)
    client.post(f"{url}/people", data={"who": profile_id})
    member = _number(session, ConsortiumMember.id, profile_id=profile_id)
    assert "Takes no further requests now." in client.get(f"{url}/members/{member}/invite").text
    answer = client.post(
        f"{url}/members/{member}/invite",
        data={"reason": "Because", "seat": "member", "days": "7"},
        follow_redirects=True,
    )
    assert "As many requests wait for this person" in answer.text
    assert session.exec(select(Mail)).all() == []


def test_the_bench_asks_the_tables_as_often_for_many_as_for_few(
    team: Team, lead: FlaskClient, url: str, session: Session, count_queries: Any
) -> None:
    def queries() -> int:
        with count_queries() as counted:
            assert lead.get(url).status_code == 200
        return int(counted.total)

    people: list[Profile] = [team.person() for _ in range(6)]
    for person in people[:2]:
        session.add(
            ConsortiumMember(
                consortium_id=team.consortium.id, profile_id=person.id, created_at=team.now
            )
        )
    session.commit()
    before = queries()
    for person in people[2:]:
        session.add(
            ConsortiumMember(
                consortium_id=team.consortium.id, profile_id=person.id, created_at=team.now
            )
        )
    session.commit()
    assert queries() == before
