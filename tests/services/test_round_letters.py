"""A round's people get one letter when it is published, replaced or withdrawn."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from models import Edition, Mail, Pairing, Profile, Round
from services.consents import withdraw
from services.round_letters import CHANGED, PUBLISHED, WITHDRAWN, tell_published, tell_withdrawn
from tests.factories import Factory
from tests.services.conftest import write_plainly


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition()


@pytest.fixture
def people(make: Factory, edition: Edition) -> list[Profile]:
    """Give two of each side; the last of the right side was imported and has no account."""
    own = [
        make.profile(edition, country=country, account_id=make.account().id)
        for country in ("DE", "FR", "KR")
    ]
    return [*own, make.profile(edition, country="KR", email="kim@example.org")]


def publish(
    session: Session, edition: Edition, now: datetime, *pairs: tuple[Profile, Profile]
) -> Round:
    number = len(session.exec(select(Round)).all()) + 1
    row = Round(
        edition_id=edition.id, number=number, state="done", created_at=now, published_at=now
    )
    session.add(row)
    session.flush()
    for left, right in pairs:
        session.add(
            Pairing(round_id=row.id, left_id=left.id, right_id=right.id, score=0.5, grade="good")
        )
    session.flush()
    return row


def kinds(session: Session) -> list[tuple[str, str]]:
    rows = session.exec(select(Mail).order_by(col(Mail.id)))
    return [(mail.recipient, mail.subject) for mail in rows]


def test_everybody_in_a_published_round_gets_one_letter_whatever_their_number_of_partners(
    session: Session, edition: Edition, people: list[Profile], now: datetime
) -> None:
    left, other, right, imported = people
    row = publish(session, edition, now, (left, right), (left, imported), (other, right))
    assert tell_published(session, write_plainly, row, now) == 3
    assert tell_published(session, write_plainly, row, now) == 0
    assert {kind for _to, kind in kinds(session)} == {PUBLISHED}


def test_who_does_not_want_mails_or_has_left_gets_none(
    session: Session, edition: Edition, people: list[Profile], make: Factory, now: datetime
) -> None:
    left, other, right, _imported = people
    withdraw(session, left.account_id or 0, ["mails"], "en", now)
    gone = make.profile(country="KR", account_id=make.account().id)
    row = publish(session, edition, now, (left, right), (other, gone))
    assert tell_published(session, write_plainly, row, now) == 2


def test_a_new_version_tells_those_of_the_earlier_one_that_their_list_changed(
    session: Session, edition: Edition, people: list[Profile], now: datetime
) -> None:
    left, other, right, _imported = people
    first = publish(session, edition, now, (left, right))
    tell_published(session, write_plainly, first, now)
    later = now + timedelta(days=1)
    second = publish(session, edition, later, (other, right))
    assert tell_published(session, write_plainly, second, later) == 3
    assert [kind for _to, kind in kinds(session)][2:] == [CHANGED, PUBLISHED, CHANGED]


def test_a_withdrawn_round_is_told_and_publishing_it_again_too(
    session: Session, edition: Edition, people: list[Profile], now: datetime
) -> None:
    left, _other, right, _imported = people
    row = publish(session, edition, now, (left, right))
    tell_published(session, write_plainly, row, now)
    row.withdrawn_at = now + timedelta(hours=1)
    assert tell_withdrawn(session, write_plainly, row, row.withdrawn_at) == 2
    row.withdrawn_at, row.published_at = None, now + timedelta(hours=2)
    assert tell_published(session, write_plainly, row, row.published_at) == 2
    assert [kind for _to, kind in kinds(session)] == [
        PUBLISHED, PUBLISHED, WITHDRAWN, WITHDRAWN, PUBLISHED, PUBLISHED,
    ]  # fmt: skip


def test_withdrawing_the_consent_takes_a_waiting_letter_back(
    session: Session, edition: Edition, people: list[Profile], now: datetime
) -> None:
    left, _other, right, _imported = people
    tell_published(session, write_plainly, publish(session, edition, now, (left, right)), now)
    withdraw(session, left.account_id or 0, ["mails"], "en", now)
    assert len(kinds(session)) == 1
