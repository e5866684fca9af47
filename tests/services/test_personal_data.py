"""One's own copy of the data: complete, and nothing of what others chose about one."""

import json
from datetime import datetime

from sqlalchemy import Table
from sqlmodel import Session, SQLModel

from models import (
    Account,
    Exclusion,
    Mail,
    Message,
    MessageBlock,
    MessageReport,
    Passage,
    PassageVector,
    Profile,
    Reaction,
    Round,
)
from services.personal_data import LEFT_OUT, LOOSE, REFERENCES, Means, personal_data, references
from tests.factories import Factory


def _tables() -> dict[str, Table]:
    return {table.name: table for table in SQLModel.metadata.sorted_tables}


def _referring() -> set[str]:
    """List every column that leads to a person, from table to table, by foreign keys."""
    theirs, found = {"account", "profile"}, set[str]()
    for name, table in _tables().items():
        for column, target in references(table):
            if target in theirs:
                found.add(f"{name}.{column.name}")
                means = REFERENCES.get(f"{name}.{column.name}", Means.MINE)
                if means in (Means.MINE, Means.PART):
                    theirs.add(name)
    return found


def test_every_column_that_leads_to_a_person_is_known() -> None:
    assert _referring() == REFERENCES.keys() | LOOSE.keys(), "see services/personal_data.py"


def test_what_is_left_out_exists() -> None:
    columns = {f"{name}.{c.name}" for name, table in _tables().items() for c in table.columns}
    assert not LEFT_OUT - columns
    assert LOOSE.keys() <= columns


def test_every_column_named_like_a_person_is_known() -> None:
    """A person may be named without a foreign key, too."""
    known = REFERENCES.keys() | LOOSE.keys()
    named = {
        f"{name}.{column.name}"
        for name, table in _tables().items()
        for column in table.columns
        if column.name in ("account_id", "profile_id", "sender_id", "recipient_id")
    }
    assert named <= known


def _mine(session: Session, make: Factory) -> tuple[Account, Profile, Profile]:
    account = make.account(email="kim@example.org")
    mine = make.profile(make.edition(), account_id=account.id, country="KR", name="Kim")
    return account, mine, make.profile()


def test_the_copy_holds_what_belongs_to_the_person_down_to_the_vectors(
    session: Session, make: Factory, now: datetime
) -> None:
    account, mine, _other = _mine(session, make)
    passage = Passage(profile_id=mine.id, kind="research", text="my chips", text_hash="h")
    session.add(passage)
    session.flush()
    vector = PassageVector(passage_id=passage.id, encoder="e", text_hash="h", vector=b"\x01\x02")
    session.add(vector)
    session.commit()
    found = personal_data(session, account, now)
    tables = found["tables"]
    assert tables["account"][0]["email"] == "kim@example.org"
    assert "password_hash" not in tables["account"][0]
    assert tables["profile"][0]["name"] == "Kim"
    assert len(tables["participation"]) == 1
    assert tables["passage"][0]["text"] == "my chips"
    assert tables["passage_vector"][0]["vector"] == "AQI="
    assert {row["purpose"] for row in tables["consent"]} == {
        "matching",
        "showing",
        "overseas",
        "mails",
    }
    assert json.loads(json.dumps(found)) == found


def test_messages_of_both_are_in_it_and_choices_of_others_are_not(
    session: Session, make: Factory, now: datetime
) -> None:
    account, mine, other = _mine(session, make)
    sent = Message(sender_id=mine.id, recipient_id=other.id, text="hello", sent_at=now)
    got = Message(sender_id=other.id, recipient_id=mine.id, text="welcome", sent_at=now)
    session.add_all([sent, got])
    session.flush()
    edition = make.edition()
    session.add_all(
        [
            MessageBlock(profile_id=other.id, other_id=mine.id, created_at=now),
            MessageReport(message_id=sent.id, reporter_id=other.id, reported_at=now),
            Exclusion(profile_id=other.id, other_id=mine.id, created_at=now),
            Exclusion(profile_id=mine.id, other_key="someone@example.org", created_at=now),
            Reaction(
                edition_id=edition.id,
                profile_id=other.id,
                other_id=mine.id,
                kind="interested",
                made_at=now,
            ),
        ]
    )
    session.commit()
    tables = personal_data(session, account, now)["tables"]
    assert [row["text"] for row in tables["message"]] == ["hello", "welcome"]
    assert [row["other_key"] for row in tables["exclusion"]] == ["someone@example.org"]
    assert not {"message_block", "message_report", "reaction"} & tables.keys()


def test_mails_to_the_address_are_in_it_without_what_opens_something(
    session: Session, make: Factory, now: datetime
) -> None:
    account, _, _other = _mine(session, make)
    mail = Mail(
        event="one",
        recipient=account.email,
        subject="Your link",
        body="http://secret",
        next_attempt_at=now,
        created_at=now,
    )
    session.add(mail)
    session.commit()
    (row,) = personal_data(session, account, now)["tables"]["mail"]
    assert row["subject"] == "Your link"
    assert "body" not in row


def test_acts_in_office_are_named_and_other_people_s_results_are_not_copied(
    session: Session, make: Factory, now: datetime
) -> None:
    account = make.account("organiser")
    run = Round(
        edition_id=make.edition().id,
        number=1,
        started_by=account.id,
        certificate={"left": {"1": 0.5}},
        created_at=now,
    )
    session.add(run)
    session.commit()
    found = personal_data(session, account, now)
    assert found["acts_in_office"] == {"round": [run.id]}
    assert "round" not in found["tables"]


def test_nobody_else_s_rows_are_in_it(session: Session, make: Factory, now: datetime) -> None:
    account, _, other = _mine(session, make)
    stranger = make.account()
    make.profile(account_id=stranger.id, research="theirs alone")
    text = json.dumps(personal_data(session, account, now))
    assert "theirs alone" not in text
    assert stranger.email not in text
    assert other.name not in text
