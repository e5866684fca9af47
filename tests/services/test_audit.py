"""The audit log: who changed what, when, what was before and what after."""

from datetime import datetime, timedelta

from sqlmodel import Session, select

from models import AuditEntry
from services.audit import Subject, entries_about, record
from tests.factories import Factory


def test_tells_the_changes_to_one_thing_newest_first(
    session: Session, make: Factory, now: datetime
) -> None:
    edition, organiser = make.edition(), make.account()
    third, fourth = Subject("round", 3), Subject("round", 4)
    record(session, edition.id, "published", third, now, actor_id=organiser.id)
    record(session, edition.id, "published", fourth, now, actor_id=organiser.id)
    later = now + timedelta(hours=1)
    record(
        session,
        edition.id,
        "withdrawn",
        third,
        later,
        actor_id=None,
        before={"published_at": "2026-11-23"},
        after={"published_at": None},
    )
    found = entries_about(session, edition.id, third)
    assert [(one.act, one.at, one.actor_id) for one in found] == [
        ("withdrawn", later, None),
        ("published", now, organiser.id),
    ]
    assert (found[0].before, found[0].after) == (
        {"published_at": "2026-11-23"},
        {"published_at": None},
    )


def test_stays_when_the_account_that_did_it_goes(
    session: Session, make: Factory, now: datetime
) -> None:
    edition, organiser = make.edition(), make.account()
    record(session, edition.id, "opened", Subject("edition"), now, actor_id=organiser.id)
    session.commit()
    session.delete(organiser)
    session.commit()
    assert [one.actor_id for one in session.exec(select(AuditEntry))] == [None]
