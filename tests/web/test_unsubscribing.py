"""The link that ends mails: no sign-in, nothing told by its address, nothing done by looking."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from models import Unsubscription
from services.mail import Letter
from tests.factories import Factory
from tests.services.mailing_example import MailingExample, mailing_example
from web.letters import write
from web.mailing_letters import mailing_writer


@pytest.fixture
def example(make: Factory) -> MailingExample:
    return mailing_example(make)


@pytest.fixture
def link(app: Flask, example: MailingExample) -> Callable[[int, str], str]:
    def act(profile_id: int, address: str) -> str:
        letter = Letter("mailing", "event", address, profile_id=profile_id)
        with app.test_request_context("/"):
            written = mailing_writer(example.edition, example.mailing)(letter)
        assert written.unsubscribe_link in written.body
        return written.unsubscribe_link.removeprefix("http://localhost")

    return act


def rows(session: Session) -> list[Unsubscription]:
    found = list(session.exec(select(Unsubscription)))
    # One connection serves the test and the application.
    session.rollback()
    return found


def test_looking_ends_nothing_and_pressing_does(
    client: FlaskClient, session: Session, example: MailingExample, link: Callable[..., str]
) -> None:
    path = link(example.jana.id, "jana@example.org")
    assert "jana" not in path
    asked = client.get(path)
    assert asked.status_code == 200
    assert "Send me no more of these" in asked.get_data(as_text=True)
    assert rows(session) == []
    ended = client.post(path)
    assert "You get no more of these mails" in ended.get_data(as_text=True)
    assert len(rows(session)) == 1
    again = client.post(path + "/again")
    assert "You get these mails again" in again.get_data(as_text=True)
    assert rows(session) == []


def test_a_mail_program_presses_without_a_cookie_or_a_token_of_the_form(
    app: Flask, session: Session, example: MailingExample, link: Callable[..., str]
) -> None:
    path = link(example.lee.id, "lee@example.org")
    app.config["WTF_CSRF_ENABLED"] = True
    machine = app.test_client()
    answer = machine.post(path, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert len(rows(session)) == 1
    assert machine.post(path + "/again").status_code == 400


def test_somebody_with_an_account_is_led_to_privacy(
    client: FlaskClient, session: Session, example: MailingExample, link: Callable[..., str]
) -> None:
    path = link(example.kim.id, "kim@example.org")
    assert "/account/privacy" in client.post(path).get_data(as_text=True)
    assert "sign in, and agree" in client.post(path + "/again").get_data(as_text=True)


def test_a_broken_link_says_so(client: FlaskClient, session: Session) -> None:
    for act in (client.get, client.post):
        assert act("/unsubscribe/nonsense").status_code == 404
    assert client.post("/unsubscribe/nonsense/again").status_code == 404


def test_notices_carry_the_link_and_mails_of_the_account_do_not(app: Flask) -> None:
    with app.test_request_context("/"):
        notice = write(Letter("message", "notice:message:1", "kim@example.org", account_id=7))
        own = write(Letter("reset", "reset:1", "kim@example.org", account_id=7, token="t"))
        agreed = write(
            Letter(
                "meeting-agreed",
                "meeting-agreed:1:2",
                "kim@example.org",
                account_id=7,
                place={"meeting_id": 1},
            )
        )
    assert "/unsubscribe/" in notice.unsubscribe_link
    assert (own.unsubscribe_link, agreed.unsubscribe_link) == ("", "")
