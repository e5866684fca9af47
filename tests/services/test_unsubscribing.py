"""Whoever unsubscribes gets no more of what they may do without: by person and by address."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from models import ConsentEvent, Profile, Unsubscription
from services.accounts_tokens import LinkDead
from services.address_keys import ACCOUNT, PROFILE, Ticket
from services.consents import give
from services.consents_reading import MAILS, has_consent
from services.mail import Letter, post
from services.mailing_readers import readers
from services.mailing_sending import send_mailing
from services.unsubscribing import subscribe_again, unsubscribe
from tests.factories import Factory
from tests.services.conftest import write_plainly
from tests.services.mailing_example import KEYS, MailingExample, mailing_example


@pytest.fixture
def example(make: Factory) -> MailingExample:
    return mailing_example(make)


def ticket_of(profile: Profile, address: str) -> Ticket:
    return KEYS.read(KEYS.ticket(PROFILE, profile.id, address))


def left_out(session: Session, example: MailingExample) -> dict[str, str]:
    found = readers(session, example.edition, "everybody", "both", KEYS)
    return {one.name: one.left_out for one in found if one.left_out}


def test_a_ticket_names_nobody_and_cannot_be_made_up() -> None:
    text = KEYS.ticket(PROFILE, 7, "Kim@Example.org")
    assert "kim" not in text.lower()
    assert KEYS.read(text).key == KEYS.key(" kim@example.org")
    for other in (text[:-2], text + "x", "", "e30.abc"):
        with pytest.raises(LinkDead):
            KEYS.read(other)


def test_an_imported_person_is_left_out_of_every_edition(
    session: Session, example: MailingExample, make: Factory, now: datetime
) -> None:
    unsubscribe(session, ticket_of(example.jana, "jana@example.org"), "en", now)
    assert left_out(session, example) == {"Jana": "unsubscribed"}
    later = make.edition()
    make.participation(later, example.jana)
    assert readers(session, later, "everybody", "both", KEYS)[0].left_out == "unsubscribed"


def test_it_holds_for_the_person_with_another_address_and_for_the_address_of_another_import(
    session: Session, example: MailingExample, make: Factory, now: datetime
) -> None:
    unsubscribe(session, ticket_of(example.jana, "jana@example.org"), "en", now)
    example.jana.email = "jana@elsewhere.example"
    make.profile(example.edition, name="Jana again", email="JANA@example.org")
    assert left_out(session, example) == {"Jana": "unsubscribed", "Jana again": "unsubscribed"}


def test_erasing_the_person_leaves_a_key_that_leads_to_nobody(
    session: Session, example: MailingExample, now: datetime
) -> None:
    unsubscribe(session, ticket_of(example.jana, "jana@example.org"), "en", now)
    session.delete(example.jana)
    session.commit()
    session.expire_all()
    (row,) = session.exec(select(Unsubscription)).all()
    assert (row.key, row.profile_id) == (KEYS.key("jana@example.org"), None)


def test_an_accounts_consent_is_withdrawn_and_giving_it_again_brings_the_mails_back(
    session: Session, example: MailingExample, now: datetime
) -> None:
    account = example.kim.account_id or 0
    unsubscribe(session, ticket_of(example.kim, "kim@example.org"), "ko", now)
    assert not has_consent(session, account, MAILS)
    (line,) = session.exec(select(ConsentEvent)).all()
    assert (line.purpose, line.given, line.language) == (MAILS, False, "ko")
    assert left_out(session, example) == {"Kim": "unsubscribed"}
    assert not subscribe_again(session, ticket_of(example.kim, "kim@example.org"))
    give(session, account, [MAILS], "ko", now + timedelta(days=1))
    assert left_out(session, example) == {}


def test_an_imported_person_who_pressed_by_mistake_takes_it_back(
    session: Session, example: MailingExample, now: datetime
) -> None:
    ticket = ticket_of(example.lee, "lee@example.org")
    unsubscribe(session, ticket, "ko", now)
    unsubscribe(session, ticket, "ko", now)
    assert subscribe_again(session, ticket)
    assert left_out(session, example) == {}


def test_waiting_mails_are_taken_back_and_those_of_the_account_stay(
    session: Session, example: MailingExample, now: datetime
) -> None:
    send_mailing(session, example.mailing, now)
    example.spread(now)
    account = example.lena.account_id or 0
    post(session, write_plainly, Letter("reset", "reset:1", "lena@example.org", account), now)
    unsubscribe(session, KEYS.read(KEYS.ticket(ACCOUNT, account, "lena@example.org")), "en", now)
    unsubscribe(session, ticket_of(example.jana, "jana@example.org"), "en", now)
    session.commit()
    session.expire_all()
    assert example.to() == ["kim@example.org", "lee@example.org"]
    assert [mail.event for mail in example.mails()][-1] == "reset:1"
    assert example.outcomes() == {"waiting": 2, "unsubscribed": 2}
