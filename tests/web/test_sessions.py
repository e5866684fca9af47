"""Sessions on the pages: organisers write them, participants sign up, calendars learn of them."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, col, select

from models import Account, EditionSession, Mail, Profile
from models.database import make_sessions
from services.calendars import renew_feed
from tests.conftest import NOW
from tests.factories import Factory
from tests.services.meeting_example import MeetingExample, meeting_example
from tests.services.session_example import signed_up, workshop
from web.meeting_mails import fill_sessions

SignIn = Callable[[Account], FlaskClient]


@pytest.fixture
def example(make: Factory) -> MeetingExample:
    return meeting_example(make)


@pytest.fixture
def enter(session: Session, sign_in: SignIn) -> Callable[[Profile], FlaskClient]:
    return lambda profile: sign_in(session.get_one(Account, profile.account_id))


@pytest.fixture
def organiser(sign_in: SignIn, make: Factory) -> FlaskClient:
    return sign_in(make.account("organiser"))


def form(**given: str) -> dict[str, str]:
    return {
        "kind": "workshop",
        "title_en": "Chiplets by hand",
        "title_ko": "칩렛 실습",
        "zone": "left",
        "day": "2026-12-23",
        "start": "10:00",
        "end": "11:00",
        "place": "Room 2",
        "signs_up": "y",
        "capacity": "1",
        "audience": "all",
        **given,
    }


def test_an_organiser_writes_a_session_and_participants_find_it(
    organiser: FlaskClient, example: MeetingExample, session: Session
) -> None:
    desk = f"/organise/{example.edition.slug}/sessions"
    assert "No sessions yet" in organiser.get(desk).text
    assert organiser.get(f"{desk}/new").status_code == 200

    text = organiser.post(f"{desk}/new", data=form(), follow_redirects=True).text

    assert "The session stands in the programme." in text
    row = session.exec(select(EditionSession)).one()
    session.commit()
    assert row.starts_at.isoformat() == "2026-12-23T09:00:00+00:00"  # ten in Brussels
    assert "Chiplets by hand" in organiser.get(desk).text
    programme = organiser.get(f"/editions/{example.edition.slug}/programme").text
    assert "Chiplets by hand" in programme
    assert "10:00–11:00" in programme
    assert "18:00–19:00" in programme  # in Seoul
    assert "1 place is left." in programme


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"title_en": ""}, "Give the session a title."),
        ({"end": "10:00"}, "The end must be after the start."),
        ({"capacity": "0"}, "Choose a number from 1 to 100000."),
        ({"link": "http://x"}, "Copy the whole address"),
        ({"kind": "party"}, "Not a valid choice"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    organiser: FlaskClient, example: MeetingExample, given: dict[str, str], words: str
) -> None:
    answer = organiser.post(f"/organise/{example.edition.slug}/sessions/new", data=form(**given))
    assert answer.status_code == 422
    assert words in answer.text


def test_a_change_that_clashes_asks_first(
    organiser: FlaskClient, example: MeetingExample, session: Session
) -> None:
    left, right = example.pair()
    row = workshop(example, starts_at=example.slot(1), sign_up_until=example.slot(1))
    signed_up(example, row, left)
    example.agreed(left, right)
    page = f"/organise/{example.edition.slug}/sessions/{row.id}/edit"
    assert 'value="Chiplets by hand"' in organiser.get(page).text
    first = f"{example.slot(0):%H:%M}"
    given = form(day=f"{example.slot(0):%Y-%m-%d}", start="10:00", end="10:20")
    assert first == "09:00"

    answer = organiser.post(page, data=given)
    assert answer.status_code == 422
    assert "1 person who comes has a meeting or another session then." in answer.text
    text = organiser.post(page, data={**given, "let_wait": "y"}, follow_redirects=True).text
    assert "1 person went onto the waiting list." in text


def test_cancelling_says_how_many_are_told_and_then_tells_them(
    organiser: FlaskClient, example: MeetingExample, session: Session
) -> None:
    row = workshop(example)
    one = example.person()
    signed_up(example, row, one)
    page = f"/organise/{example.edition.slug}/sessions/{row.id}"
    assert one.name in organiser.get(page).text
    assert "1 person who comes or waits is told" in organiser.get(f"{page}/cancel").text

    text = organiser.post(f"{page}/cancel", follow_redirects=True).text

    assert "The session is cancelled, and 1 person is told." in text
    mail = session.exec(select(Mail)).one()
    assert mail.recipient == one.email
    assert "Chiplets by hand" in mail.body
    assert "칩렛 실습" in mail.body
    assert "STATUS:CANCELLED" in mail.calendar_file


def test_a_participant_signs_up_waits_moves_up_and_gives_back(
    example: MeetingExample,
    enter: Callable[[Profile], FlaskClient],
    session: Session,
    app: Flask,
) -> None:
    row = workshop(example, link="https://meet.example.org/room")
    one, other = example.person(), example.person()
    page = f"/sessions/{row.id}"

    client = enter(one)
    assert "meet.example.org" not in client.get(page).text
    assert "Sign up" in client.get(page).text
    text = client.post(f"{page}/sign-up", follow_redirects=True).text
    assert "You have a place." in text
    assert "meet.example.org" in text
    assert "Chiplets by hand" in client.get("/meetings").text
    assert "SUMMARY:Chiplets by hand" in client.get(f"{page}/session.ics").text

    client = enter(other)
    assert "Join the waiting list" in client.get(page).text
    text = client.post(f"{page}/sign-up", follow_redirects=True).text
    assert "You are on the waiting list." in text
    assert client.get(f"{page}/session.ics").status_code == 404

    client = enter(one)
    text = client.post(f"{page}/give-back", follow_redirects=True).text
    assert "You gave your place back." in text
    mail = session.exec(select(Mail)).one()
    session.commit()
    assert mail.recipient == other.email
    assert mail.subject.startswith("Ieum: you have a place")
    with app.app_context():
        assert fill_sessions(make_sessions(app.extensions["engine"])) == 0


def test_who_has_a_meeting_then_reads_which_before_signing_up(
    example: MeetingExample, enter: Callable[[Profile], FlaskClient]
) -> None:
    left, right = example.pair()
    meeting, row = example.agreed(left, right), workshop(example)
    client = enter(left)

    text = client.get(f"/sessions/{row.id}").text
    assert "You have a meeting then." in text
    assert f"/meetings/{meeting.id}" in text
    assert "Sign up</button>" not in text
    text = client.post(f"/sessions/{row.id}/sign-up", follow_redirects=True).text
    assert "Give that up first." in text


def test_the_feed_holds_the_sessions_one_comes_to(
    example: MeetingExample, client: FlaskClient, session: Session
) -> None:
    row, one, other = workshop(example), example.person(), example.person()
    signed_up(example, row, one)
    signed_up(example, row, other)
    tokens = [renew_feed(session, who.id, NOW) for who in (one, other)]
    session.commit()

    comes, waits = (client.get(f"/meetings/feed/{token}.ics").text for token in tokens)

    assert "SUMMARY:Chiplets by hand" in comes
    assert "LOCATION:Room 2" in comes
    assert "VEVENT" not in waits


def test_visitors_read_the_programme_and_are_asked_to_sign_in(
    example: MeetingExample, client: FlaskClient
) -> None:
    row = workshop(example, sign_up_until=example.slot(0))
    assert "One-to-one meetings" in client.get(f"/editions/{example.edition.slug}/programme").text
    text = client.get(f"/sessions/{row.id}").text
    assert "Participants of this edition can sign up." in text
    assert "/sign-in?next=" in text


def test_the_sessions_of_a_draft_are_not_shown(
    example: MeetingExample, client: FlaskClient, session: Session
) -> None:
    row = workshop(example)
    example.edition.state = "draft"
    session.add(example.edition)
    session.commit()
    assert client.get(f"/sessions/{row.id}").status_code == 404
    assert client.get(f"/editions/{example.edition.slug}/programme").status_code == 404
    assert session.exec(select(col(EditionSession.id))).all() == [row.id]
