"""Fields, requests and mails, as administrators and organisers see them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, select

from models import Account, Edition, Field, Mail
from services.mail import INTERRUPTED
from services.role_requests import ask_for_coordinator, open_requests
from services.roles import roles_of
from tests.conftest import Queries
from tests.factories import Factory
from tests.web.account_pages import mails

SignIn = Callable[[Account], FlaskClient]
Count = Callable[[], AbstractContextManager[Queries]]


@pytest.fixture
def browser(sign_in: SignIn, make: Factory) -> FlaskClient:
    return sign_in(make.account("administrator"))


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition(slug="demo")


def test_a_field_is_added_renamed_moved_and_removed(
    browser: FlaskClient, make: Factory, session: Session
) -> None:
    make.field("quantum")
    data = {"slug": "photonics", "name_en": "Photonics", "name_ko": "광자공학"}
    assert browser.post("/admin/fields", data=data).location == "/admin/fields"
    text = browser.get("/admin/fields").text
    assert text.index("Quantum") < text.index("Photonics")
    browser.post("/admin/fields/photonics/move", data={"way": "up"})
    text = browser.get("/admin/fields").text
    assert text.index("Photonics") < text.index("Quantum")
    assert "광자공학" in browser.get("/admin/fields/photonics").text
    names = {"name_en": "Light", "name_ko": "빛"}
    assert browser.post("/admin/fields/photonics", data=names).location == "/admin/fields"
    assert "Light" in browser.get("/admin/fields").text
    browser.post("/admin/fields/photonics/remove")
    assert list(session.exec(select(Field.slug))) == ["quantum"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"slug": "quantum"}, "a field with this short name already"),
        ({"slug": "Two Words"}, "Use small letters"),
        ({"slug": ""}, "Write a short name"),
        ({"name_en": ""}, "Write the name in English"),
        ({"name_ko": "x" * 121}, "Use at most 120 characters"),
    ],
)
def test_a_field_that_cannot_be_added_is_explained(
    browser: FlaskClient, make: Factory, data: dict[str, str], words: str
) -> None:
    make.field("quantum")
    answer = browser.post("/admin/fields", data={"slug": "new", "name_en": "New"} | data)
    assert answer.status_code == 422
    assert words in answer.text


def test_a_field_in_use_stays_and_says_by_whom(
    browser: FlaskClient, make: Factory, session: Session
) -> None:
    make.field("quantum")
    make.profile(fields=["quantum"])
    answer = browser.post("/admin/fields/quantum/remove", follow_redirects=True)
    assert "profiles (1) and editions (0) name it" in answer.text
    assert session.exec(select(Field)).one()


def test_a_field_that_is_not_there_is_not_found(browser: FlaskClient) -> None:
    assert browser.get("/admin/fields/none").status_code == 404
    assert browser.post("/admin/fields/none", data={"name_en": "x"}).status_code == 404
    assert browser.post("/admin/fields/none/move", data={"way": "up"}).status_code == 404
    assert browser.post("/admin/fields/none/remove").status_code == 404


def test_the_list_of_fields_takes_four_queries(
    browser: FlaskClient, make: Factory, count_queries: Count
) -> None:
    for slug in ("a", "b", "c", "d"):
        make.field(slug)
    with count_queries() as queries:
        browser.get("/admin/fields")
    assert queries.total == 4


@pytest.mark.parametrize(("word", "granted"), [("grant", True), ("decline", False), ("", False)])
def test_an_organiser_answers_a_request(
    sign_in: SignIn, make: Factory, session: Session, now: datetime, word: str, granted: bool
) -> None:
    asking = make.account(email="kim@example.org")
    make.profile(account_id=asking.id, name="Kim Minseo")
    ask_for_coordinator(session, asking.id, "I lead a call.", now)
    (one,) = open_requests(session)
    session.commit()
    organiser = sign_in(make.account("organiser"))
    text = organiser.get("/requests").text
    assert "Kim Minseo" in text
    assert "I lead a call." in text
    answer = organiser.post(f"/requests/{one.id}", data={"answer": word}, follow_redirects=True)
    assert "Nobody waits for an answer" in answer.text
    assert roles_of(session, asking.id).coordinator is granted
    session.commit()
    assert len(mails(session)) == 1
    again = organiser.post(f"/requests/{one.id}", data={"answer": word}, follow_redirects=True)
    assert "Somebody else answered" in again.text


def test_the_list_of_requests_takes_four_queries(
    browser: FlaskClient,
    make: Factory,
    session: Session,
    now: datetime,
    count_queries: Count,
) -> None:
    for _ in range(4):
        ask_for_coordinator(session, make.account().id, "why", now)
    session.commit()
    with count_queries() as queries:
        browser.get("/requests")
    assert queries.total == 4


@pytest.fixture
def stuck(session: Session, now: datetime) -> Mail:
    row = Mail(
        event="event",
        recipient="kim@example.org",
        subject="Ieum: a new password",
        body="text",
        state="refused",
        problem=INTERRUPTED,
        next_attempt_at=now,
        created_at=now,
    )
    session.add(row)
    session.commit()
    return row


def test_a_mail_that_was_interrupted_is_sent_again_by_hand(
    browser: FlaskClient, session: Session, stuck: Mail
) -> None:
    assert "Sending was interrupted" in browser.get("/admin/mails").text
    answer = browser.post(f"/admin/mails/{stuck.id}/resend", follow_redirects=True)
    assert "in the queue again" in answer.text
    session.refresh(stuck)
    assert stuck.state == "waiting"
    session.commit()
    again = browser.post(f"/admin/mails/{stuck.id}/resend", follow_redirects=True)
    assert "cannot be sent again" in again.text
    assert browser.post("/admin/mails/999/resend").status_code == 404


def test_the_list_of_mails_shows_the_servers_words_but_no_text(
    browser: FlaskClient, session: Session, stuck: Mail, count_queries: Count
) -> None:
    stuck.sqlmodel_update({"problem": "550 no such user", "body": ""})
    session.add(stuck)
    session.commit()
    with count_queries() as queries:
        text = browser.get("/admin/mails").text
    assert "550 no such user" in text
    assert "Send again" not in text
    assert queries.total == 4
