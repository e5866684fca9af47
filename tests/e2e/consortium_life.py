"""A consortium in the demo forum, with everything on its pages that can be."""

import re

from flask import Flask
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models import Account, Call, ConsortiumMember, Profile
from models.database import make_sessions, reading
from services.consortium_access import workspace
from services.consortium_inviting import Ask, invite, prepare_reserve
from services.consortium_planning import plan_person
from services.consortium_roles import roles_of_consortium
from services.mail import Letter, Written
from services.roles import roles_of
from services.team_search import TeamWork, run_team_searches
from services.visibility import Viewer
from tests.e2e.walking import visit_as
from tests.word_encoder import word_encoders
from web.clock import now

_NOBODY = 3


def _write(letter: Letter) -> Written:
    return Written(letter.kind, "")


def build_a_little(app: Flask, session: Session) -> None:
    """Let the demo coordinator begin a consortium, plan and ask people, and note things."""
    client = app.test_client()
    visit_as(client, session, "coordinator", "en")
    call = session.exec(select(Call.id).where(Call.identifier == "DEMO-CHIPS-NRF")).one()
    session.commit()
    data = {"title": "Cold chiplets", "call": str(call), "preset": "none", "split": "y"}
    answer = client.post("/consortia/new", data=data | {"idea": "Chiplets and 칩렛 본딩."})
    found = re.search(r"/consortia/(\d+)", answer.location)
    assert found is not None
    number = int(found.group(1))
    for path, values in (
        ("members/new", {"organisation": "Imec", "country": "BE", "type": "rto"}),
        ("notes", {"text": "첫 메모"}),
        ("tasks", {"task-text": "Ask for letters", "task-due_on": "2026-12-24"}),
    ):
        assert client.post(f"/consortia/{number}/{path}", data=values).status_code == 302
    with app.app_context():
        _ask(session, number)
    assert client.post(f"/consortia/{number}/teams", data={"mirror": "y"}).status_code == 302
    made: Engine = app.extensions["engine"]
    work = TeamWork(make_sessions(made), reading(made), now, word_encoders()[0])
    with app.app_context():
        assert run_team_searches(work) == 1


def _ask(session: Session, number: int) -> None:
    lead = session.exec(select(Account).where(col(Account.email).startswith("coordinator"))).one()
    me = session.exec(select(Profile).where(Profile.account_id == lead.id)).one()
    guest = session.exec(
        select(Profile.id)
        .join(Account, col(Account.id) == Profile.account_id)
        .where(col(Account.email).startswith("researcher-kr"))
    ).one()
    at = workspace(session, number, me.id, "write")
    viewer = Viewer(me.id, roles_of(session, lead.id))
    role = roles_of_consortium(session, number)[0]
    member = plan_person(session, at, viewer, guest, now(), actor_id=lead.id, role_id=role.id)
    invite(session, _write, at, member.id, Ask("당신의 연구"), now(), actor_id=lead.id)
    others = select(Profile.id).where(
        Profile.country == "KR", Profile.id != guest, col(Profile.confirmed_at).is_not(None)
    )
    for place, one in enumerate(session.exec(others.limit(_NOBODY)).all()):
        reserve = place > 0
        row: ConsortiumMember = plan_person(
            session, at, viewer, one, now(), actor_id=lead.id, role_id=role.id, reserve=reserve
        )
        if reserve:
            prepare_reserve(session, at, row.id, Ask("In reserve"))
    session.commit()
