"""Calls are listed with the edition that they belong to."""

from datetime import datetime, timedelta

from sqlmodel import Session

from models import Call, Edition
from services.calls import calls_of
from tests.factories import Factory


def add_call(session: Session, edition: Edition, identifier: str, deadline: datetime) -> None:
    session.add(
        Call(
            edition_id=edition.id,
            identifier=identifier,
            title_en=identifier,
            opens_at=deadline - timedelta(days=30),
            deadline_at=deadline,
        )
    )
    session.commit()


def test_the_nearest_deadline_comes_first(make: Factory, session: Session, now: datetime) -> None:
    edition = make.edition()
    add_call(session, edition, "LATER", now + timedelta(days=90))
    add_call(session, edition, "SOON", now + timedelta(days=10))
    assert [call.identifier for call in calls_of(session, edition.id, now)] == ["SOON", "LATER"]


def test_calls_of_another_edition_are_left_out(
    make: Factory, session: Session, now: datetime
) -> None:
    add_call(session, make.edition(), "ELSEWHERE", now)
    assert calls_of(session, make.edition().id, now) == []
