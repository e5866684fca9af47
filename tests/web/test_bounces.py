"""The mailbox of bounces, read over a real connection: what is ours is marked, once."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlmodel import Session, select

from app import create_app
from models import Mail
from models.database import make_sessions
from services.mailing_sending import send_mailing
from tests.bounced_mail import bounce
from tests.conftest import NOW
from tests.factories import Factory
from tests.imap_server import Mailbox, imap_server
from tests.services.mailing_example import MailingExample, mailing_example
from web.bounces import read_bounces
from web.config import Settings
from web.mail_ids import message_id, named_mail

Read = Callable[[], int]


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def reading(engine: Engine, tmp_path: Path, mailbox: Mailbox) -> Iterator[Flask]:
    with imap_server(mailbox) as port:
        settings = Settings(
            instance_dir=tmp_path,
            testing=True,
            bounce_imap_server="127.0.0.1",
            bounce_imap_port=port,
            bounce_imap_plain=True,
            bounce_imap_username="forum",
            bounce_imap_password="secret",
        )
        app = create_app(settings)
        app.extensions["engine"] = engine
        app.extensions["clock"] = lambda: NOW
        with app.app_context():
            yield app


@pytest.fixture
def read(reading: Flask, engine: Engine) -> Read:
    return lambda: read_bounces(make_sessions(engine))


@pytest.fixture
def mail(make: Factory, session: Session) -> Mail:
    """Give the mail to Lee of a mailing that went out."""
    example: MailingExample = mailing_example(make)
    send_mailing(session, example.mailing, NOW)
    example.spread(NOW)
    for row in example.mails():
        row.state = "sent"
    session.commit()
    return session.exec(select(Mail).where(Mail.profile_id == example.lee.id)).one()


def state(session: Session, mail: Mail) -> tuple[str, str]:
    session.expire_all()
    found = mail.state, mail.problem
    session.rollback()
    return found


def test_a_report_marks_its_mail_and_is_read_once(
    read: Read, session: Session, mail: Mail, mailbox: Mailbox
) -> None:
    mailbox.mails += [b"Subject: hello\r\n\r\nI am away", bounce(name=message_id(mail.id))]
    session.rollback()
    assert read() == 1
    assert state(session, mail)[0] == "bounced"
    assert "user unknown" in state(session, mail)[1]
    assert mailbox.seen == {1, 2}
    assert read() == 0
    assert mailbox.said.count("FETCH") == 2


def test_a_report_about_a_mail_that_we_never_named_is_not_believed(
    read: Read, session: Session, mail: Mail, mailbox: Mailbox
) -> None:
    mailbox.mails += [bounce(name=f"<{mail.id}.{'0' * 24}@localhost>"), bounce()]
    session.rollback()
    assert read() == 0
    assert state(session, mail)[0] == "sent"


@pytest.mark.parametrize("wrong", ["password", "port"])
def test_a_mailbox_that_cannot_be_read_is_tried_later(
    reading: Flask, read: Read, mailbox: Mailbox, wrong: str, caplog: pytest.LogCaptureFixture
) -> None:
    mailbox.password = "another" if wrong == "password" else "secret"
    if wrong == "port":
        reading.extensions["settings"] = Settings(
            testing=True, bounce_imap_server="127.0.0.1", bounce_imap_port=1, bounce_imap_plain=True
        )
    assert read() == 0
    assert "cannot be read" in caplog.text
    assert "secret" not in caplog.text


def test_without_a_mailbox_nothing_is_asked(app: Flask, engine: Engine) -> None:
    with app.app_context():
        assert read_bounces(make_sessions(engine)) == 0


def test_a_mail_has_one_name_that_nobody_else_can_give(app: Flask) -> None:
    with app.app_context():
        name = message_id(12)
        assert named_mail(name) == 12
        assert message_id(12) == name
        assert named_mail(name.replace("12.", "13.")) is None
        assert named_mail("nonsense") is None
