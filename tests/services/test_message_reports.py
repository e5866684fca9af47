"""Organisers see a reported message, and no other."""

from datetime import datetime

import pytest
from sqlmodel import Session

from models import Message
from services.errors import NotFound
from services.message_reports import KEPT, REMOVED, decide, open_reports, report
from services.roles import Roles
from tests.factories import Factory
from tests.services.reaction_people import People, two_people

EVERYWHERE = Roles(organises_all=True)


@pytest.fixture
def people(session: Session, make: Factory) -> People:
    return two_people(session, make)


@pytest.fixture
def message(session: Session, people: People, now: datetime) -> Message:
    found = Message(
        sender_id=people.ana.id, recipient_id=people.kim.id, text="buy my chips", sent_at=now
    )
    session.add(found)
    session.commit()
    return found


def test_the_organisers_see_the_message_who_wrote_it_and_why_it_is_reported(
    session: Session, people: People, message: Message, now: datetime
) -> None:
    report(session, people.kim.id, message.id, "advertising", now)
    report(session, people.kim.id, message.id, "again", now)
    (found,) = open_reports(session, EVERYWHERE)
    assert (found.text, found.writer, found.reporter) == ("buy my chips", "Ana", "Kim")
    assert found.reason == "advertising"


def test_only_who_got_a_message_may_report_it(
    session: Session, people: People, message: Message, now: datetime
) -> None:
    for stranger in (people.ana.id, people.make.profile().id):
        with pytest.raises(NotFound):
            report(session, stranger, message.id, "", now)


def test_an_organiser_of_another_edition_sees_nothing(
    session: Session, people: People, message: Message, now: datetime
) -> None:
    report(session, people.kim.id, message.id, "", now)
    assert open_reports(session, Roles(organises=frozenset({999}))) == []
    here = Roles(organises=frozenset({people.edition.id}))
    (found,) = open_reports(session, here)
    with pytest.raises(NotFound):
        decide(session, Roles(organises=frozenset({999})), 1, found.id, KEPT, now)


@pytest.mark.parametrize("outcome", [REMOVED, KEPT])
def test_a_decision_removes_the_text_or_lets_it_stand(
    session: Session, make: Factory, people: People, message: Message, now: datetime, outcome: str
) -> None:
    report(session, people.kim.id, message.id, "", now)
    organiser = make.account("organiser")
    (found,) = open_reports(session, EVERYWHERE)
    decide(session, EVERYWHERE, organiser.id, found.id, outcome, now)
    session.commit()
    session.refresh(message)
    assert message.text == ("" if outcome == REMOVED else "buy my chips")
    assert (message.removed_at is not None) == (outcome == REMOVED)
    assert open_reports(session, EVERYWHERE) == []
    with pytest.raises(NotFound):
        decide(session, EVERYWHERE, organiser.id, found.id, outcome, now)


def test_an_outcome_that_there_is_not_is_refused(
    session: Session, people: People, message: Message, now: datetime
) -> None:
    report(session, people.kim.id, message.id, "", now)
    (found,) = open_reports(session, EVERYWHERE)
    with pytest.raises(NotFound):
        decide(session, EVERYWHERE, 1, found.id, "burnt", now)
