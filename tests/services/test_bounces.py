"""Reports of mails that came back: read with care, believed only about our own mails."""

from datetime import datetime

import pytest
from sqlmodel import Session, select

from models import AuditEntry, Bounce
from services.bounce_report import read_report
from services.bounces import bounced_people, lift_bounce, take_report
from services.errors import NotFound
from services.mailing_sending import send_mailing
from tests.bounced_mail import NAME, bounce
from tests.factories import Factory
from tests.services.mailing_example import KEYS, MailingExample, mailing_example


@pytest.mark.parametrize("copy", ["message/rfc822", "text/rfc822-headers"])
def test_a_report_names_the_mail_and_the_servers_words(copy: str) -> None:
    found = read_report(bounce(copy=copy))
    assert found is not None
    assert found.message_ids == (NAME,)
    assert (found.status, found.for_good) == ("5.1.1", True)
    assert found.words == "5.1.1 smtp; 550 5.1.1 <kim@example.org>: user unknown"


@pytest.mark.parametrize(
    ("status", "for_good"),
    [("5.1.1", True), ("5.2.1", True), ("5.2.2", False), ("5.7.1", False), ("4.4.7", False)],
)
def test_only_a_dead_address_is_given_up(status: str, for_good: bool) -> None:
    found = read_report(bounce(status=status, said="smtp; no"))
    assert found is not None
    assert found.for_good is for_good


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe nonsense",
        b"Subject: I am out of office\n\nuntil Monday",
        bounce(action="delayed", status="4.4.1"),
        bounce(action="delivered", status="2.0.0"),
    ],
)
def test_what_is_no_report_of_a_failure_is_none(raw: bytes) -> None:
    assert read_report(raw) is None


def test_a_reply_to_the_mail_names_it_too() -> None:
    raw = b"In-Reply-To: <7.def@forum.example>\r\n" + bounce(name="<other@elsewhere>")
    found = read_report(raw)
    assert found is not None
    assert found.message_ids == ("<other@elsewhere>", "<7.def@forum.example>")


@pytest.fixture
def example(make: Factory, session: Session, now: datetime) -> MailingExample:
    made = mailing_example(make)
    send_mailing(session, made.mailing, now)
    made.spread(now)
    for mail in made.mails():
        mail.state = "sent"
    session.commit()
    return made


def test_a_mail_that_comes_back_is_marked_and_its_address_spared(
    session: Session, example: MailingExample, now: datetime
) -> None:
    report = read_report(bounce())
    assert report is not None
    mail = next(mail for mail in example.mails() if mail.profile_id == example.lee.id)
    assert take_report(session, report, mail.id, KEYS, now)
    assert not take_report(session, report, mail.id, KEYS, now)
    assert example.outcomes() == {"sent": 3, "mail-bounced": 1}
    (person,) = bounced_people(session, example.edition)
    assert (person.name, person.address) == ("Lee", "lee@example.org")


def test_a_full_mailbox_is_told_and_tried_again_with_the_next_mailing(
    session: Session, example: MailingExample, now: datetime
) -> None:
    report = read_report(bounce(status="5.2.2", said="smtp; 552 5.2.2 full"))
    assert report is not None
    assert take_report(session, report, example.mails()[0].id, KEYS, now)
    assert session.exec(select(Bounce)).all() == []


def test_an_address_stands_in_no_words_without_consent(
    session: Session, example: MailingExample, now: datetime
) -> None:
    report = read_report(bounce())
    assert report is not None
    mail = next(mail for mail in example.mails() if mail.profile_id == example.kim.id)
    take_report(session, report, mail.id, KEYS, now)
    (person,) = bounced_people(session, example.edition)
    assert person.address == ""
    assert "@" not in person.words
    assert "user unknown" in person.words


def test_an_organiser_lets_an_address_be_tried_again(
    session: Session, example: MailingExample, make: Factory, now: datetime
) -> None:
    row = Bounce(key=KEYS.key("lee@example.org"), profile_id=example.lee.id, words="no", at=now)
    session.add(row)
    session.flush()
    with pytest.raises(NotFound):
        lift_bounce(session, make.edition(), row.id, now, actor_id=None)
    lift_bounce(session, example.edition, row.id, now, actor_id=None)
    assert bounced_people(session, example.edition) == []
    entry = session.exec(select(AuditEntry).where(AuditEntry.subject == "registrant")).one()
    assert (entry.act, entry.subject_id) == ("address-tried-again", example.lee.id)


def test_what_nobody_knows_is_passed_over(
    session: Session, example: MailingExample, now: datetime
) -> None:
    report = read_report(bounce())
    assert report is not None
    assert not take_report(session, report, 999, KEYS, now)
