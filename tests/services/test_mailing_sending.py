"""A mailing goes out once: to everybody it is for, whoever presses, whatever is killed."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from models import AuditEntry, Bounce, MailingRecipient
from services import mailing_sending
from services.consents import withdraw
from services.mail import INTERRUPTED
from services.mailing_readers import readers, with_counts
from services.mailing_sending import (
    AlreadySent,
    cancel_mailing,
    finish_mailings,
    send_again,
    send_mailing,
    spread_mailings,
)
from tests.conftest import Queries
from tests.factories import Factory
from tests.services.mailing_example import KEYS, MailingExample, mailing_example, writer_of

CountQueries = Callable[[], AbstractContextManager[Queries]]


@pytest.fixture
def example(make: Factory) -> MailingExample:
    return mailing_example(make)


EVERYBODY = ["lena@example.org", "kim@example.org", "jana@example.org", "lee@example.org"]


def test_everybody_gets_one_mail_imported_people_too(
    session: Session, example: MailingExample, now: datetime
) -> None:
    send_mailing(session, example.mailing, now)
    assert example.spread(now) == 4
    assert example.spread(now) == 0
    assert example.to() == EVERYBODY
    assert example.outcomes() == {"waiting": 4}
    assert (example.mailing.state, example.mailing.found) == ("sending", 4)


def test_a_second_press_sends_nothing(
    session: Session, example: MailingExample, now: datetime
) -> None:
    send_mailing(session, example.mailing, now)
    with pytest.raises(AlreadySent):
        send_mailing(session, example.mailing, now)
    example.spread(now)
    with pytest.raises(AlreadySent):
        send_again(session, example.mailing, now)


def test_it_goes_on_where_a_killed_worker_left_it(
    session: Session, example: MailingExample, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailing_sending, "BATCH", 1)
    send_mailing(session, example.mailing, now)
    session.commit()
    seen: list[int] = []

    def stop_after_two() -> bool:
        seen.append(1)
        return len(seen) > 2

    spread_mailings(example.sessions, writer_of, KEYS, lambda: now, stop_after_two)
    session.expire_all()
    assert example.to() == EVERYBODY[:2]
    assert example.mailing.reached == example.kim.id
    assert example.spread(now) == 2
    assert example.to() == EVERYBODY


def test_people_are_left_out_and_told_why(
    session: Session, example: MailingExample, make: Factory, now: datetime
) -> None:
    withdraw(session, example.lena.account_id or 0, ["mails"], "en", now)
    session.add(Bounce(key=KEYS.key("JANA@example.org"), profile_id=example.jana.id, at=now))
    make.profile(example.edition, email="")
    make.profile(example.edition, email="Lee@example.org")
    send_mailing(session, example.mailing, now)
    assert example.spread(now) == 2
    assert example.to() == ["kim@example.org", "lee@example.org"]
    assert example.outcomes() == {
        "waiting": 2, "no-consent": 1, "bounced": 1, "no-address": 1, "same-address": 1,
    }  # fmt: skip


def test_one_side_or_one_group_alone_gets_it(
    session: Session, example: MailingExample, now: datetime
) -> None:
    example.mailing.audience, example.mailing.side = "unconfirmed", "right"
    session.commit()
    send_mailing(session, example.mailing, now)
    example.spread(now)
    assert example.to() == ["lee@example.org"]


def test_cancelling_takes_back_what_has_not_gone_out(
    session: Session, example: MailingExample, now: datetime
) -> None:
    send_mailing(session, example.mailing, now)
    example.spread(now)
    first = example.mails()[0]
    first.state = "sent"
    session.commit()
    assert cancel_mailing(session, example.mailing, now)
    session.commit()
    assert example.to() == ["lena@example.org"]
    assert example.outcomes() == {"sent": 1, "cancelled": 3}
    assert not cancel_mailing(session, example.mailing, now)
    assert example.spread(now) == 0


def test_a_cancelled_mailing_can_go_to_the_rest_and_to_nobody_twice(
    session: Session, example: MailingExample, now: datetime
) -> None:
    send_mailing(session, example.mailing, now)
    example.spread(now)
    example.mails()[0].state = "sent"
    cancel_mailing(session, example.mailing, now)
    send_again(session, example.mailing, now)
    assert example.spread(now) == 3
    assert sorted(example.to()) == sorted(EVERYBODY)


def test_sending_again_reaches_the_refused_and_the_new_and_nobody_who_may_have_it(
    session: Session, example: MailingExample, make: Factory, now: datetime
) -> None:
    send_mailing(session, example.mailing, now)
    example.spread(now)
    lena, kim, jana, lee = example.mails()
    lena.state = "sent"
    kim.state, kim.problem = "refused", "550 no such user"
    jana.state, jana.problem = "refused", INTERRUPTED
    lee.state, lee.problem = "bounced", "5.1.1 no such user"
    make.profile(example.edition, email="new@example.org")
    finish_mailings(session, now)
    session.commit()
    session.expire_all()
    send_again(session, example.mailing, now)
    assert example.spread(now) == 3
    assert sorted(example.to()) == sorted([*EVERYBODY, "new@example.org"])
    assert example.outcomes() == {"waiting": 3, "sent": 1, "interrupted": 1}
    assert len(session.exec(select(MailingRecipient)).all()) == 5


def test_it_is_done_when_no_mail_waits_any_more(
    session: Session, example: MailingExample, now: datetime
) -> None:
    send_mailing(session, example.mailing, now)
    example.spread(now)
    for mail in example.mails():
        mail.state = "sent"
    later = now + timedelta(hours=1)
    example.spread(later)
    assert (example.mailing.state, example.mailing.finished_at) == ("done", later)
    assert example.outcomes() == {"sent": 4}


def test_who_unsubscribes_while_a_mail_waits_does_not_get_it(
    session: Session, example: MailingExample, now: datetime
) -> None:
    send_mailing(session, example.mailing, now)
    example.spread(now)
    withdraw(session, example.kim.account_id or 0, ["mails"], "ko", now)
    session.commit()
    session.expire_all()
    assert "kim@example.org" not in example.to()
    assert example.outcomes() == {"waiting": 3, "unsubscribed": 1}


def test_what_organisers_do_is_in_the_log(
    session: Session, example: MailingExample, make: Factory, now: datetime
) -> None:
    organiser = make.account("organiser").id
    send_mailing(session, example.mailing, now, actor_id=organiser)
    cancel_mailing(session, example.mailing, now, actor_id=organiser)
    send_again(session, example.mailing, now, actor_id=organiser)
    rows = session.exec(select(AuditEntry)).all()
    assert [(row.act, row.subject, row.subject_id, row.actor_id) for row in rows] == [
        (act, "mailing", example.mailing.id, organiser)
        for act in ("sent", "cancelled", "sent-again")
    ]
    assert rows[0].after == {"people": 4}


@pytest.mark.parametrize("people", [3, 30])
def test_reading_many_people_takes_as_many_queries_as_reading_few(
    session: Session, make: Factory, count_queries: CountQueries, people: int
) -> None:
    edition = make.edition()
    for number in range(people):
        make.profile(edition, email=f"p{number}@example.org")
    with count_queries() as queries:
        found = readers(session, edition, "everybody", "both", KEYS)
        found = with_counts(session, edition, found)
    assert len(found) == people
    assert queries.total == 7
