"""A person's zone, the mails they want, and the secret address of their feed."""

import pytest
from sqlmodel import Session, select

from models import Calendar, Profile
from services.calendars import (
    UnknownZone,
    calendar_of,
    choose_mails,
    choose_zone,
    end_feed,
    owner_of_feed,
    reading_zone,
    renew_feed,
    zone_of,
)
from services.errors import NotFound
from tests.conftest import NOW
from tests.factories import Factory


@pytest.fixture
def person(make: Factory) -> Profile:
    return make.profile()


def test_who_chose_nothing_reads_the_clock_of_their_side_and_gets_every_mail(
    session: Session, make: Factory, person: Profile
) -> None:
    edition = make.edition()
    assert zone_of(session, edition, person.id, "left") == "Europe/Brussels"
    assert zone_of(session, edition, person.id, "right") == "Asia/Seoul"
    usual = calendar_of(session, person.id)
    assert usual.reminders
    assert usual.follow_ups
    session.flush()
    assert session.exec(select(Calendar)).all() == []


def test_a_chosen_zone_holds_until_it_is_taken_back(
    session: Session, make: Factory, person: Profile
) -> None:
    edition = make.edition()
    choose_zone(session, person.id, "Europe/Helsinki")
    assert zone_of(session, edition, person.id, "left") == "Europe/Helsinki"
    choose_zone(session, person.id, "")
    assert zone_of(session, edition, person.id, "left") == "Europe/Brussels"


@pytest.mark.parametrize(("country", "zone"), [("DE", "Europe/Brussels"), ("KR", "Asia/Seoul")])
def test_outside_of_editions_times_are_those_of_ones_side(
    session: Session, make: Factory, country: str, zone: str
) -> None:
    person = make.profile(make.edition(), country=country)
    assert reading_zone(session, person.id) == zone


def test_outside_of_editions_a_chosen_zone_goes_before_that_of_the_side(
    session: Session, make: Factory
) -> None:
    person = make.profile(make.edition())
    choose_zone(session, person.id, "Europe/Helsinki")
    assert reading_zone(session, person.id) == "Europe/Helsinki"
    choose_zone(session, person.id, "")
    assert reading_zone(session, person.id) == "Europe/Brussels"


def test_who_takes_part_nowhere_and_chose_nothing_reads_universal_time(
    session: Session, person: Profile
) -> None:
    assert reading_zone(session, person.id) == "UTC"


@pytest.mark.parametrize("zone", ["Moon/Base", "../etc/passwd"])
def test_a_zone_that_there_is_not_is_refused(session: Session, person: Profile, zone: str) -> None:
    with pytest.raises(UnknownZone):
        choose_zone(session, person.id, zone)


def test_mails_are_refused_one_by_one(session: Session, person: Profile) -> None:
    choose_mails(session, person.id, reminders=True, follow_ups=False)
    found = calendar_of(session, person.id)
    assert (found.reminders, found.follow_ups) == (True, False)


def test_a_feed_is_found_by_its_secret_of_which_only_a_hash_is_kept(
    session: Session, person: Profile
) -> None:
    token = renew_feed(session, person.id, NOW)
    assert owner_of_feed(session, token).id == person.id
    row = session.exec(select(Calendar)).one()
    assert row.feed_hash is not None
    assert token not in row.feed_hash


def test_a_renewed_or_closed_feed_is_not_found_under_its_old_address(
    session: Session, person: Profile
) -> None:
    old = renew_feed(session, person.id, NOW)
    new = renew_feed(session, person.id, NOW)
    assert owner_of_feed(session, new).id == person.id
    with pytest.raises(NotFound):
        owner_of_feed(session, old)
    end_feed(session, person.id)
    with pytest.raises(NotFound):
        owner_of_feed(session, new)
