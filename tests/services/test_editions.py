"""Editions: when they are open, who may join, who takes part."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from models import AccountRole, Edition, Participation
from services.editions import (
    edition_fields,
    editions,
    editions_of,
    find_edition,
    is_open,
    participant_counts,
    sides,
)
from services.editions_joining import (
    NotOpen,
    NotReady,
    join,
    leave,
    missing_for,
    organiser_names,
    participates,
)
from services.errors import NotFound
from services.registrants import PAGE_SIZE, registrant_page
from services.registrants_query import RegistrantFilters
from tests.conftest import NOW
from tests.factories import Factory

SECOND = timedelta(seconds=1)


def ready(make: Factory, **given: Any) -> Any:
    return make.profile(**{"research": "Ferroelectric synapses.", "country": "KR"} | given)


def test_an_edition_is_found_by_its_slug_or_the_known_ones_are_named(
    session: Session, make: Factory
) -> None:
    edition = make.edition(slug="demo")

    assert find_edition(session, "dem" + "o") == edition
    with pytest.raises(NotFound, match="demo"):
        find_edition(session, "dmeo")


@pytest.mark.parametrize(
    ("state", "moment", "answer"),
    [
        ("open", NOW, True),
        ("open", NOW + SECOND, True),
        ("open", NOW - SECOND, False),
        ("open", NOW + timedelta(days=1), False),
        ("draft", NOW, False),
        ("closed", NOW, False),
        ("over", NOW, False),
    ],
)
def test_an_edition_is_open_from_its_opening_to_just_before_its_closing(
    state: str, moment: Any, answer: bool, make: Factory
) -> None:
    edition = make.edition(state=state, opens_at=NOW, closes_at=NOW + timedelta(days=1))

    assert is_open(edition, moment) is answer


def test_drafts_are_not_listed(session: Session, make: Factory) -> None:
    make.edition(state="draft")
    first, later = make.edition(), make.edition(starts_at=NOW + timedelta(days=90))

    assert list(editions(session)) == [later, first]


def test_sides_and_fields_are_read(session: Session, make: Factory) -> None:
    edition = make.edition(countries={"PT": "left", "KR": "right"})

    assert sides(session, edition.id) == {"PT": "left", "KR": "right"}
    assert edition_fields(session, edition.id) == []


def test_joining_shows_the_profile_and_twice_is_once(session: Session, make: Factory) -> None:
    edition, profile = make.edition(), ready(make, published_at=None)

    join(session, edition, profile, NOW)
    join(session, edition, profile, NOW)

    assert len(session.exec(select(Participation)).all()) == 1
    assert profile.published_at == NOW
    assert participates(session, edition.id, profile.id)
    assert list(editions_of(session, profile.id)) == [edition]


def test_joining_does_not_change_who_sees_a_published_profile(
    session: Session, make: Factory
) -> None:
    profile = ready(make, visibility="organisers")

    join(session, make.edition(), profile, NOW)

    assert profile.visibility == "organisers"


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, ()),
        ({"name": ""}, ("name",)),
        ({"country": None}, ("country",)),
        ({"country": "US"}, ("side",)),
        ({"research": ""}, ("research",)),
        ({"name": "", "country": None, "research": ""}, ("name", "country", "research")),
    ],
)
def test_what_a_profile_lacks_is_told_before_joining(
    given: dict[str, Any], missing: tuple[str, ...], session: Session, make: Factory
) -> None:
    edition, profile = make.edition(), ready(make, **given)

    assert missing_for(session, edition, profile) == missing
    if missing:
        with pytest.raises(NotReady) as caught:
            join(session, edition, profile, NOW)
        assert caught.value.missing == missing


def test_without_a_profile_everything_is_missing(session: Session, make: Factory) -> None:
    assert missing_for(session, make.edition(), None) == ("name", "country", "research")


@pytest.mark.parametrize("act", [join, leave])
@pytest.mark.parametrize(
    ("dates", "closed"),
    [
        ({"opens_at": NOW + SECOND}, False),
        ({"closes_at": NOW}, True),
        ({"state": "closed"}, True),
        ({"state": "over"}, True),
    ],
)
def test_nobody_joins_or_leaves_out_of_time(
    act: Any, dates: dict[str, Any], closed: bool, session: Session, make: Factory
) -> None:
    edition, profile = make.edition(**dates), ready(make)

    with pytest.raises(NotOpen) as caught:
        act(session, edition, profile, NOW)

    assert caught.value.closed is closed


def test_leaving_ends_the_participation(session: Session, make: Factory) -> None:
    edition = make.edition()
    profile, other = ready(make, edition=edition), ready(make, edition=edition)

    leave(session, edition, profile, NOW)

    assert not participates(session, edition.id, profile.id)
    assert participates(session, edition.id, other.id)


def test_only_this_editions_organisers_are_named(session: Session, make: Factory) -> None:
    edition = make.edition()
    for name, of in (("Ada", edition.id), ("Bo", make.edition().id), ("", edition.id)):
        account = make.account()
        session.add(AccountRole(account_id=account.id, role="organiser", edition_id=of))
        make.profile(account_id=account.id, name=name)

    assert organiser_names(session, edition.id) == ["Ada"]


def test_participants_come_by_name_a_page_at_a_time_in_two_queries(
    session: Session, make: Factory, count_queries: Any
) -> None:
    edition = make.edition()
    for number in range(PAGE_SIZE + 1):
        make.profile(edition, name=f"Person {number:03}", country="KR")
    make.profile(edition, name="ada", confirmed_at=None, country="US")
    session.commit()

    with count_queries() as queries:
        page = registrant_page(session, edition.id, RegistrantFilters(), 1)

    assert queries.total == 2
    assert (page.pages, page.total, len(page.people)) == (2, PAGE_SIZE + 2, PAGE_SIZE)
    first = page.people[0]
    assert (first.profile.name, first.imported, first.side) == ("ada", True, None)
    assert [
        one.profile.name
        for one in registrant_page(session, edition.id, RegistrantFilters(), 99).people
    ] == [
        "Person 049",
        "Person 050",
    ]


def test_an_edition_without_people_has_one_empty_page(session: Session, make: Factory) -> None:
    page = registrant_page(session, make.edition().id, RegistrantFilters())

    assert (page.people, page.pages, page.total) == ((), 1, 0)


def test_people_are_counted_by_side(session: Session, make: Factory) -> None:
    edition: Edition = make.edition()
    make.profile(edition, country="KR")
    make.profile(edition, country="DE", confirmed_at=None)

    counts = participant_counts(session, edition)

    assert (counts.left, counts.right, counts.unconfirmed) == (1, 1, 1)
