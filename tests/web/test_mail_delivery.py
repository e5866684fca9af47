"""Mails through a real server on this machine, and into the outbox without one."""

import asyncio
import email
import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import Engine
from sqlmodel import Session, select

from app import create_app
from models import Mail
from services.mail import Letter, Written, post
from services.mail_delivery import AT_ONCE, PAUSES, Delivery
from tests.conftest import NOW
from web.config import Settings
from web.mail_delivery import deliver_mails
from web.mail_ids import named_mail

TO = "kim@example.org"


class Inbox:
    """A mail server that keeps what it takes and answers as it is told."""

    def __init__(self) -> None:
        self.mails: list[Any] = []
        self.to_recipient = "250 OK"
        self.to_data = "250 taken"
        self.callers: set[Any] = set()

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it by this name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        if self.to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, _server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.callers.add(session.peer)
        if self.to_data.startswith("250"):
            self.mails.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return self.to_data


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def port() -> int:
    # The controller checks itself at the port that it was given, so that cannot be 0.
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server(inbox: Inbox, port: int) -> Iterator[Controller]:
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield controller
    if not controller.loop.is_closed():
        controller.stop()


@pytest.fixture
def posting(engine: Engine, tmp_path: Path, server: Controller) -> Iterator[Flask]:
    settings = Settings(
        instance_dir=tmp_path,
        testing=True,
        mail_server="127.0.0.1",
        mail_port=server.port,
        mail_sender="Ieum <forum@example.org>",
    )
    app = create_app(settings)
    # The test client of mails would keep them in memory; here they travel.
    app.extensions["mailman"].backend = "smtp"
    app.extensions["engine"] = engine
    app.extensions["clock"] = lambda: NOW
    with app.app_context():
        yield app


@pytest.fixture
def mail(session: Session) -> Mail:
    row = Mail(
        event="event",
        recipient=TO,
        subject="Ieum: 안녕하세요",
        body="Bonjour,\n\nvoilà un lien: http://localhost/x\n안녕하세요\n",
        next_attempt_at=NOW,
        created_at=NOW,
    )
    session.add(row)
    session.commit()
    return row


def _state(session: Session) -> tuple[str, str]:
    row = session.exec(select(Mail).execution_options(populate_existing=True)).one()
    session.commit()
    return row.state, row.problem


def test_a_mail_arrives_whole(posting: Flask, inbox: Inbox, mail: Mail, session: Session) -> None:
    assert deliver_mails() == Delivery(sent=1)
    (received,) = inbox.mails
    assert received["To"] == TO
    assert received["From"] == "Ieum <forum@example.org>"
    assert received["Subject"] == "Ieum: 안녕하세요"
    assert received["Auto-Submitted"] == "auto-generated"
    assert received.get_content_type() == "text/plain"
    assert received.get_content().replace("\r\n", "\n").strip() == (
        "Bonjour,\n\nvoilà un lien: http://localhost/x\n안녕하세요"
    )
    assert _state(session) == ("sent", "")
    assert deliver_mails() == Delivery()


@pytest.mark.parametrize("where", ["to_recipient", "to_data"])
@pytest.mark.parametrize(
    ("answer", "outcome", "state"),
    [
        ("550 no such user", Delivery(given_up=1), "refused"),
        ("451 try later", Delivery(put_off=1), "waiting"),
    ],
)
def test_a_refusal_ends_it_and_a_delay_waits(
    posting: Flask,
    inbox: Inbox,
    mail: Mail,
    session: Session,
    where: str,
    answer: str,
    outcome: Delivery,
    state: str,
) -> None:
    setattr(inbox, where, answer)
    assert deliver_mails() == outcome
    found, problem = _state(session)
    assert found == state
    assert problem == answer


def test_a_server_that_is_down_is_tried_again_when_it_is_up(
    posting: Flask, inbox: Inbox, mail: Mail, session: Session, server: Controller
) -> None:
    server.stop()
    assert deliver_mails() == Delivery(put_off=1)
    assert _state(session)[0] == "waiting"
    again = Controller(inbox, hostname="127.0.0.1", port=server.port)
    again.start()
    assert deliver_mails() == Delivery()
    posting.extensions["clock"] = lambda: NOW + PAUSES[0]
    assert deliver_mails() == Delivery(sent=1)
    again.stop()
    assert len(inbox.mails) == 1


def test_a_refused_sender_is_our_fault_and_the_mails_wait(
    posting: Flask, inbox: Inbox, mail: Mail, session: Session
) -> None:
    async def refuse(*_args: Any) -> str:
        return "553 this sender may not"

    inbox.handle_MAIL = refuse  # type: ignore[attr-defined]
    assert deliver_mails() == Delivery(put_off=1)
    assert _state(session)[0] == "waiting"


def test_a_mail_that_may_be_ended_says_how_to_mail_programs(
    posting: Flask, inbox: Inbox, mail: Mail, session: Session
) -> None:
    mail.unsubscribe_link = "https://forum.example.org/unsubscribe/abc"
    session.commit()
    number = mail.id
    session.rollback()
    deliver_mails()
    (received,) = inbox.mails
    assert received["List-Unsubscribe"] == "<https://forum.example.org/unsubscribe/abc>"
    assert received["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert named_mail(received["Message-ID"]) == number


def test_many_mails_go_over_one_connection_and_lines_of_dots_arrive_whole(
    posting: Flask, inbox: Inbox, session: Session
) -> None:
    for number in range(AT_ONCE + 2):
        letter = Letter("kind", f"event {number}", f"p{number}@example.org")
        post(session, lambda _letter: Written("Dots", ".\n..\nend\n.\n"), letter, NOW)
    session.commit()
    assert deliver_mails() == Delivery(sent=AT_ONCE + 2)
    assert len({mail["To"] for mail in inbox.mails}) == len(inbox.mails) == AT_ONCE + 2
    assert inbox.mails[0].get_content().replace("\r\n", "\n") == ".\n..\nend\n.\n"
    assert len(inbox.callers) == 2


def test_a_server_that_hangs_up_between_two_mails_is_called_again(
    posting: Flask, inbox: Inbox, session: Session
) -> None:
    for number in range(2):
        letter = Letter("kind", f"event {number}", f"p{number}@example.org")
        post(session, lambda _letter: Written("Two", "words"), letter, NOW)
    session.commit()
    taken = inbox.handle_DATA

    async def take_and_hang_up(server: Any, session: Any, envelope: Any) -> str:
        answer = await taken(server, session, envelope)
        asyncio.get_running_loop().call_later(0, server.transport.close)
        return answer

    inbox.handle_DATA = take_and_hang_up  # type: ignore[assignment,method-assign]
    assert deliver_mails().sent == 2


def test_an_address_that_cannot_stand_in_a_mail_is_given_up(
    posting: Flask, inbox: Inbox, mail: Mail, session: Session
) -> None:
    mail.recipient = "kim@example.org\nBcc: all@example.org"
    session.add(mail)
    session.commit()
    assert deliver_mails() == Delivery(given_up=1)
    assert inbox.mails == []


@pytest.fixture
def outbox(app: Flask, tmp_path: Path) -> Iterator[Callable[[], list[str]]]:
    app.extensions["mailman"].backend = "file"
    folder = tmp_path / "instance" / "outbox"
    with app.app_context():
        yield lambda: [path.read_text() for path in sorted(folder.iterdir())]


def test_without_a_server_mails_land_in_the_outbox_of_the_instance(
    outbox: Callable[[], list[str]], mail: Mail
) -> None:
    assert deliver_mails() == Delivery(sent=1)
    (text,) = outbox()
    assert f"To: {TO}" in text
    assert "http://localhost/x" in text


def test_the_outbox_is_for_its_owner_alone(app: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "instance" / "outbox"
    assert folder.stat().st_mode & 0o077 == 0


def test_a_delivery_that_is_due_later_waits(
    app: Flask, outbox: Callable[[], list[str]], mail: Mail, session: Session
) -> None:
    mail.next_attempt_at = NOW + timedelta(seconds=1)
    session.commit()
    assert deliver_mails() == Delivery()
    assert outbox() == []
