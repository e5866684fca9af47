"""Who took part before there were consents is found, and told; nobody else is."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from models import Edition, Profile
from services.candidates import places_of
from services.consents import NEEDED, give, withdraw
from services.consents_owed import owed_edition
from services.editions_joining import NotConsented, agree
from services.errors import NotFound
from services.participants import side_counts
from services.registrants import registrant_page
from services.registrants_query import RegistrantFilters
from tests.conftest import NOW
from tests.factories import Factory


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition()


def early(make: Factory, edition: Edition | None, *consents: str) -> Profile:
    return make.profile(edition, account_id=make.account().id, consents=consents)


@pytest.mark.parametrize("consents", [(), ("matching",), ("overseas",), ("showing", "mails")])
def test_who_takes_part_without_agreeing_owes_it(
    session: Session, make: Factory, edition: Edition, consents: tuple[str, ...]
) -> None:
    kim = early(make, edition, *consents)
    assert owed_edition(session, kim.id, NOW) == edition


def test_who_agreed_or_takes_no_part_or_was_imported_owes_nothing(
    session: Session, make: Factory, edition: Edition
) -> None:
    imported = make.profile(edition, confirmed_at=None, published_at=None)
    for one in (early(make, edition, *NEEDED), early(make, None), imported):
        assert owed_edition(session, one.id, NOW) is None


def test_an_edition_that_has_ended_asks_nobody(
    session: Session, make: Factory, edition: Edition
) -> None:
    kim = early(make, edition)
    assert owed_edition(session, kim.id, edition.ends_at + timedelta(seconds=1)) is None


def test_who_withdrew_after_the_deadline_is_not_asked_again_unless_they_look(
    session: Session, make: Factory, edition: Edition
) -> None:
    kim = early(make, edition, *NEEDED)
    edition.state = "closed"
    withdraw(session, kim.account_id or 0, NEEDED, "en", NOW)
    assert owed_edition(session, kim.id, NOW) == edition
    assert owed_edition(session, kim.id, NOW, unasked=True) is None


def test_agreeing_takes_the_consents_and_needs_both(
    session: Session, make: Factory, edition: Edition
) -> None:
    kim = early(make, edition)
    account_id = kim.account_id or 0
    with pytest.raises(NotConsented) as caught:
        agree(session, edition, kim, NOW)
    assert caught.value.missing == NEEDED
    give(session, account_id, NEEDED, "en", NOW)
    agree(session, edition, kim, NOW)
    assert owed_edition(session, kim.id, NOW) is None


def test_agreeing_does_not_join(session: Session, make: Factory, edition: Edition) -> None:
    with pytest.raises(NotFound):
        agree(session, edition, early(make, None, *NEEDED), NOW)


def test_agreeing_shows_a_profile_that_nobody_saw(
    session: Session, make: Factory, edition: Edition
) -> None:
    account = make.account()
    kim = make.profile(edition, account_id=account.id, published_at=None, consents=NEEDED)
    agree(session, edition, kim, NOW)
    assert kim.published_at == NOW


def test_organisers_count_who_has_not_agreed_and_not_who_was_imported(
    session: Session, make: Factory, edition: Edition
) -> None:
    early(make, edition)
    early(make, edition, *NEEDED)
    make.profile(edition, country="KR", confirmed_at=None)
    counts = side_counts(session, edition.id)
    assert (counts.left, counts.right) == (2, 1)
    assert (counts.unconfirmed, counts.unagreed) == (1, 1)
    rows = registrant_page(session, edition.id, RegistrantFilters()).people
    assert sorted(one.agreed for one in rows) == [False, True, True]


def test_nobody_is_compared_before_they_agree(
    session: Session, make: Factory, edition: Edition
) -> None:
    kim, lee = early(make, edition), early(make, edition, *NEEDED)
    assert places_of(session, kim.id, compared=True) == []
    assert len(places_of(session, kim.id)) == 1
    assert len(places_of(session, lee.id, compared=True)) == 1
