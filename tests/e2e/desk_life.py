"""A round, its board, a session, files on their way: the organiser's pages are not empty."""

import io

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import Edition, Meeting
from models.database import make_sessions
from seed.forum import SLUG
from services.matcher import make_judge
from services.meeting_rules import PLANNED
from services.round_queue import run_queued_rounds
from tests.e2e.walking import visit_as
from web.clock import now

_DESK = f"/organise/{SLUG}"
# A column that is not known, so that the page asks what it means; two rows that cannot be taken.
_FOREIGN = "Nr;Name;Land;Schuhgröße\n7;Ana Silva;DE;38\n"
_BROKEN = "id,name,country\na,Ana,Atlantis\nb,,KR\nc,Cem,DE\n"
_WORKS = "@article{a, title={A paper on 칩렛}, year={2024}, author={Silva, Ana}}\n"


def run_a_little(app: Flask, session: Session) -> dict[str, list[str]]:
    """Let the organiser pair people, plan their meetings, and begin what else there is.

    Returns
    -------
    Addresses, by who walks, to which no link of a page leads that would be followed.
    """
    client = app.test_client()
    visit_as(client, session, "organiser", "en")
    _pair(app, client)
    _done(client, f"{_DESK}/schedule/plan", {})
    left, right, planned = session.exec(
        select(Meeting.left_id, Meeting.right_id, Meeting.id).where(Meeting.state == PLANNED)
    ).all()[0]
    session.commit()
    _done(client, f"{_DESK}/schedule/meetings/{planned}/remove", {})
    _meet(client, session)
    files = [_file(client, text) for text in (_FOREIGN, _BROKEN)]
    reader = app.test_client()
    visit_as(reader, session, "researcher-kr", "en")
    _done(reader, "/profile/import", {"text": _WORKS})
    administrator = app.test_client()
    visit_as(administrator, session, "administrator", "en")
    _done(administrator, "/admin/topics", {"name_en": "Cold probing", "name_ko": "극저온 측정"})
    return {
        "administrator": ["/admin/topics/1"],
        "organiser": [
            *files,
            f"{_DESK}/schedule/pairs/{left}/{right}",
            f"{_DESK}/mailings/1/edit",
            f"{_DESK}/mailings/1/preview",
            f"{_DESK}/mailings/addresses",
            f"{_DESK}/outcome/",
        ],
        "coordinator": ["/consortia/1/compare"],
        "researcher-kr": ["/profile/import/review", "/meetings/outcomes"],
    }


def _pair(app: Flask, client: FlaskClient) -> None:
    _done(client, f"{_DESK}/rounds", {"least": 1, "most": 2, "seed": 0, "fair": "none"})
    engine: Engine = app.extensions["engine"]
    with app.app_context():
        assert run_queued_rounds(make_sessions(engine), now, make_judge) == 1


def _meet(client: FlaskClient, session: Session) -> None:
    """Put a workshop with few places into the programme."""
    starts = session.exec(select(Edition.starts_at).where(Edition.slug == SLUG)).one()
    session.commit()
    _done(
        client,
        f"{_DESK}/sessions/new",
        {
            "kind": "workshop",
            "title_en": "Hands on cryogenic probing",
            "title_ko": "극저온 측정 실습",
            "zone": "left",
            "day": starts.date().isoformat(),
            "start": "19:00",
            "end": "20:30",
            "signs_up": "y",
            "capacity": "12",
            "audience": "all",
        },
    )


def _file(client: FlaskClient, text: str) -> str:
    data = {"file": (io.BytesIO(text.encode()), "people.csv")}
    answer = client.post(f"/editions/{SLUG}/people/import", data=data)
    assert answer.status_code == 302
    return str(answer.location)


def _done(client: FlaskClient, path: str, values: dict[str, object]) -> None:
    answer = client.post(path, data=values)
    assert answer.status_code == 302, (path, answer.status_code)
