"""A round that people see: one at most, and another takes its place as a whole."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import AuditEntry, Edition, Mail, Round
from models.database import SessionMaker, make_sessions
from services.round_publishing import (
    CannotPublish,
    is_published,
    publish_round,
    published_round,
    withdraw_round,
)
from services.round_reach import Reach, reach_of
from tests.factories import Factory
from tests.services.conftest import write_plainly
from tests.services.round_example import forum, run


@pytest.fixture
def sessions(engine: Engine) -> SessionMaker:
    return make_sessions(engine)


@pytest.fixture
def closed(make: Factory, now: datetime) -> Edition:
    edition, _, _ = forum(make, state="closed", closes_at=now - timedelta(days=1))
    return edition


def test_publishing_a_round_marks_the_edition_published(
    closed: Edition, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    row = run(session, sessions, closed, now)
    assert publish_round(session, write_plainly, closed, row, now, actor_id=None) is None
    assert is_published(row)
    assert closed.state == "published"
    assert published_round(session, closed.id) == row


def test_another_round_takes_the_place_of_the_published_one(
    closed: Edition, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    first = run(session, sessions, closed, now)
    publish_round(session, write_plainly, closed, first, now, actor_id=None)
    session.commit()
    second = run(session, sessions, closed, now, most=2)
    assert publish_round(session, write_plainly, closed, second, now, actor_id=None) == first
    assert (is_published(first), is_published(second)) == (False, True)


def test_withdrawing_takes_the_edition_back_and_lets_it_be_published_again(
    closed: Edition, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    row = run(session, sessions, closed, now)
    publish_round(session, write_plainly, closed, row, now, actor_id=None)
    withdraw_round(session, write_plainly, closed, row, now, actor_id=None)
    assert (is_published(row), closed.state) == (False, "matched")
    publish_round(session, write_plainly, closed, row, now, actor_id=None)
    assert (is_published(row), closed.state) == (True, "published")


def test_each_act_is_in_the_audit_log_with_who_did_it(
    closed: Edition, session: Session, sessions: SessionMaker, now: datetime, make: Factory
) -> None:
    account = make.account("organiser")
    first = run(session, sessions, closed, now)
    publish_round(session, write_plainly, closed, first, now, actor_id=account.id)
    session.commit()
    second = run(session, sessions, closed, now)
    publish_round(session, write_plainly, closed, second, now, actor_id=account.id)
    log = session.exec(select(AuditEntry).where(AuditEntry.subject == "round")).all()
    assert [(entry.act, entry.subject_id, entry.actor_id) for entry in log] == [
        ("published", first.id, account.id),
        ("withdrawn", first.id, account.id),
        ("published", second.id, account.id),
    ]
    states = session.exec(select(AuditEntry.after).where(AuditEntry.subject == "edition")).all()
    assert states == [{"state": "published"}]
    assert log[1].after == {"number": 1, "published": False, "in_favour_of": 2}


def test_a_round_is_not_published_while_people_may_join(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, _, _ = forum(make)
    row = run(session, sessions, edition, now)
    with pytest.raises(CannotPublish) as refused:
        publish_round(session, write_plainly, edition, row, now, actor_id=None)
    assert refused.value.reason == "still-open"


@pytest.mark.parametrize("state", ["queued", "running", "failed", "cancelled"])
def test_only_a_finished_round_is_published(
    closed: Edition, session: Session, now: datetime, state: str
) -> None:
    row = Round(edition_id=closed.id, number=1, state=state, created_at=now)
    session.add(row)
    session.commit()
    with pytest.raises(CannotPublish) as refused:
        publish_round(session, write_plainly, closed, row, now, actor_id=None)
    assert refused.value.reason == "not-done"


def test_publishing_twice_and_withdrawing_what_is_not_published_are_refused(
    closed: Edition, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    row = run(session, sessions, closed, now)
    with pytest.raises(CannotPublish, match="not-published"):
        withdraw_round(session, write_plainly, closed, row, now, actor_id=None)
    publish_round(session, write_plainly, closed, row, now, actor_id=None)
    with pytest.raises(CannotPublish, match="already-published"):
        publish_round(session, write_plainly, closed, row, now, actor_id=None)


def test_a_round_of_an_edition_that_is_over_stays_as_it_is(
    closed: Edition, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    row = run(session, sessions, closed, now)
    publish_round(session, write_plainly, closed, row, now, actor_id=None)
    closed.state = "over"
    session.flush()
    with pytest.raises(CannotPublish, match="not-now"):
        withdraw_round(session, write_plainly, closed, row, now, actor_id=None)


def test_whoever_consents_is_told_by_one_letter(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, left, right = forum(make, state="closed", closes_at=now - timedelta(days=1))
    left[0].account_id, right[0].account_id = make.account().id, make.account().id
    session.add_all([left[0], right[0]])
    for person, more in ((left[0], ["mails"]), (right[0], [])):
        assert person.account_id
        make.consents(person.account_id, "matching", "showing", "overseas", *more)
    row = run(session, sessions, edition, now)
    assert reach_of(session, row) == Reach(people=6, accounts=2, mails=1)
    publish_round(session, write_plainly, edition, row, now, actor_id=None)
    assert [mail.account_id for mail in session.exec(select(Mail))] == [left[0].account_id]
