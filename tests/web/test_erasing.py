"""Deleting an account leaves no trace of its owner: in no column, and in no file on the disk."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, select

from models import (
    Account,
    Exclusion,
    Mail,
    Meeting,
    Message,
    Passage,
    PassageVector,
    PendingImport,
    Profile,
    Publication,
    Reaction,
    Round,
)
from models.database import make_engine, make_sessions
from services.accounts_passwords import cheap_passwords
from services.consents import give
from tests.factories import Factory
from web import uploads
from web.erasing import leave_no_trace
from web.mail_delivery import deliver_mails
from web.mailer import outbox

PASSWORD = "reed boat lantern"
ADDRESS = "zyxmarker@example.org"
NAME, NATIVE = "Zyxmarker Vorname", "즥마커이름"
MARKERS = (ADDRESS, NAME, NATIVE, "zyxresearch", "zyxoffer", "zyxpaper", "zyxmessage", "zyximport")
VECTOR: bytes = np.linspace(0.1, 0.9, 96, dtype="<f4").tobytes()
TRACES = (VECTOR, *(marker.encode() for marker in MARKERS))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """Give a database in a file of the instance folder, as in service."""
    folder = tmp_path / "instance"
    folder.mkdir()
    made = make_engine(f"sqlite:///{folder / 'ieum.sqlite'}")
    SQLModel.metadata.create_all(made)
    yield made
    made.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with make_sessions(engine)() as opened:
        yield opened


@pytest.fixture
def partner(make: Factory) -> Account:
    return make.account(email="partner@example.org")


@pytest.fixture
def person(session: Session, make: Factory, partner: Account) -> Account:
    """Make somebody of whom there is a trace wherever there can be one."""
    edition = make.edition(landscape=[[0.1, 0.2, "left"]])
    account = make.account(email=ADDRESS, password_hash=cheap_passwords().hash(PASSWORD))
    mine = make.profile(
        edition,
        account_id=account.id,
        email=ADDRESS,
        name=NAME,
        name_native=NATIVE,
        research="zyxresearch",
        offers=["zyxoffer"],
    )
    theirs = make.profile(edition, account_id=partner.id, country="KR", email=partner.email)
    _fill(session, make, account, mine, theirs, edition.id)
    give(session, account.id, ("mails", "contact"), "ko", make.now)
    session.commit()
    return account


def _fill(
    session: Session, make: Factory, account: Account, mine: Profile, theirs: Profile, place: int
) -> None:
    now, later = make.now, make.now + timedelta(days=30)
    passage = Passage(profile_id=mine.id, kind="research", text="zyxresearch", text_hash="h")
    run = Round(edition_id=place, number=1, started_by=account.id, created_at=now)
    session.add_all([passage, run])
    session.flush()
    both: dict[str, Any] = {"edition_id": place, "left_id": mine.id, "right_id": theirs.id}
    times: dict[str, Any] = {"starts_at": later, "ends_at": later + timedelta(hours=1)}
    session.add_all(
        [
            PassageVector(passage_id=passage.id, encoder="e", text_hash="h", vector=VECTOR),
            Publication(profile_id=mine.id, title="zyxpaper", authors=[NAME]),
            Exclusion(profile_id=theirs.id, other_key=ADDRESS, created_at=now),
            Reaction(
                edition_id=place,
                profile_id=mine.id,
                other_id=theirs.id,
                kind="interested",
                made_at=now,
            ),
            Message(sender_id=mine.id, recipient_id=theirs.id, text="zyxmessage", sent_at=now),
            Message(sender_id=theirs.id, recipient_id=mine.id, text="zyxmessage", sent_at=now),
            Meeting(uid="m", state="accepted", created_at=now, changed_at=now, **both, **times),
            PendingImport(
                account_id=account.id,
                kind="bibtex",
                lines=[{"title": "zyximport"}],
                created_at=now,
                expires_at=later,
            ),
        ]
    )
    session.flush()
    meeting = session.exec(select(Meeting)).one()
    mails = (
        ("one", ADDRESS, account.id),
        (f"meeting-agreed:{meeting.id}:{theirs.id}:1", "partner@example.org", None),
        (f"both-interested:{place}:{theirs.id}:{mine.id}", "partner@example.org", None),
    )
    session.add_all(
        Mail(
            event=event,
            recipient=recipient,
            account_id=owner,
            subject=NAME,
            body=NATIVE,
            calendar_file=NAME,
            next_attempt_at=now,
            created_at=now,
        )
        for event, recipient, owner in mails
    )


def _delete(client: FlaskClient) -> int:
    client.post("/sign-in", data={"email": ADDRESS, "password": PASSWORD})
    return client.post("/account/delete", data={"password": PASSWORD}).status_code


def _in_tables(session: Session) -> list[str]:
    """Name every column of the database in which a trace of the person stands."""
    found = []
    for table in SQLModel.metadata.sorted_tables:
        for row in session.execute(select(table)).mappings():  # type: ignore[call-overload] # a bare table
            for column, value in row.items():
                told = value if isinstance(value, bytes) else str(value).encode()
                if any(trace in told for trace in TRACES):
                    found.append(f"{table.name}.{column}")
    session.rollback()
    return found


def _on_disk(folder: Path) -> list[str]:
    """Name every file in which a trace stands, the database's own and its log included."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(trace in path.read_bytes() for trace in TRACES)]


def test_before_it_is_deleted_there_are_traces_everywhere(
    app: Flask, session: Session, person: Account, tmp_path: Path
) -> None:
    found = set(_in_tables(session))
    assert {"profile.name", "message.text", "passage_vector.vector", "mail.body"} <= found
    assert {"pending_import.lines", "exclusion.other_key", "publication.authors"} <= found
    assert _on_disk(tmp_path / "instance") != []


def test_afterwards_no_column_and_no_file_tells_of_the_person(
    app: Flask, client: FlaskClient, session: Session, person: Account, tmp_path: Path
) -> None:
    with app.app_context():
        deliver_mails()
        (outbox() / "old.log").write_text(f"Subject: to somebody\n\nHello, {NATIVE}.\n", "utf-8")
    session.rollback()
    assert len(_on_disk(tmp_path / "instance")) > 1
    assert _delete(client) == 302
    # Only the farewell is on its way, and it leaves nothing but itself to the person's own address.
    assert set(_in_tables(session)) <= {"mail.recipient"}
    with app.app_context():
        deliver_mails()
        assert _in_tables(session) == []
        for farewell in outbox().glob("*"):
            if ADDRESS in farewell.read_text("utf-8"):
                farewell.unlink()
        leave_no_trace(())
    assert _on_disk(tmp_path / "instance") == []


def test_the_partner_is_told_that_the_meeting_is_cancelled_and_by_whom_not(
    client: FlaskClient, session: Session, person: Account
) -> None:
    _delete(client)
    mail = session.exec(select(Mail).where(Mail.recipient == "partner@example.org")).one()
    assert mail.event.startswith("meeting-gone:")
    assert "/meetings" in mail.body
    assert not any(marker in mail.subject + mail.body for marker in MARKERS)


def test_the_picture_of_the_front_page_is_drawn_again_without_the_person(
    client: FlaskClient, session: Session, person: Account
) -> None:
    _delete(client)
    edition = SQLModel.metadata.tables["edition"]
    assert session.execute(select(edition.c.landscape)).scalar_one() == []


def test_an_organiser_s_file_that_waits_goes_too(
    app: Flask, client: FlaskClient, person: Account, tmp_path: Path
) -> None:
    folder = tmp_path / "instance" / "uploads"
    with app.test_request_context():
        uploads.drop_all()
    (folder / f"{'0' * 32}-people.csv").write_text(ADDRESS)
    _delete(client)
    assert list(folder.iterdir()) == []


def test_a_wrong_password_deletes_nothing(
    client: FlaskClient, session: Session, person: Account
) -> None:
    client.post("/sign-in", data={"email": ADDRESS, "password": PASSWORD})
    assert client.post("/account/delete", data={"password": "wrong"}).status_code == 422
    assert session.get(Account, person.id) is not None
