"""Whom a private choice keeps apart: persons, and whole organisations."""

import pytest
from sqlmodel import Session

from models import Edition, Exclusion, Organisation, OrganisationLink, Profile
from services.candidates import candidate_ids, places_of
from services.errors import NotFound
from services.exclusions_organisations import (
    HiddenOrganisation,
    NoOrganisation,
    hidden_organisations,
    hide_organisation_of,
    show_organisation,
)
from services.private_choices import kept_apart, private_pairs
from services.roles import Roles
from services.visibility import Viewer
from tests.conftest import NOW
from tests.factories import Factory


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition()


@pytest.fixture
def me(make: Factory, edition: Edition) -> Profile:
    return make.profile(edition)


def _link(session: Session, one: Organisation, other: Organisation, kind: str) -> None:
    session.add(OrganisationLink(organisation_id=one.id, linked_id=other.id, kind=kind))
    session.commit()


def _shown(session: Session, profile: Profile) -> list[int]:
    place = places_of(session, profile.id)[0]
    return sorted(candidate_ids(session, place, Viewer(profile.id, Roles())))


def _apart(session: Session, one: Profile, other: Profile) -> bool:
    """Ask in every way that there is; all answer alike."""
    found = kept_apart(session, one.id, other.id)
    assert found == kept_apart(session, other.id, one.id)
    pairs = private_pairs(session)
    assert found == ((one.id, other.id) in pairs or (other.id, one.id) in pairs)
    assert found == (other.id not in _shown(session, one))
    assert found == (one.id not in _shown(session, other))
    return found


def test_a_hidden_person_is_kept_apart_both_ways(
    session: Session, make: Factory, edition: Edition, me: Profile
) -> None:
    kim, lee = (make.profile(edition, country="KR") for _ in range(2))
    session.add(Exclusion(profile_id=me.id, other_id=kim.id, created_at=NOW))
    session.add(Exclusion(profile_id=me.id, other_key="nobody@example.org", created_at=NOW))
    session.flush()
    assert _apart(session, me, kim)
    assert not _apart(session, me, lee)


def test_a_hidden_organisation_takes_all_its_people_along_and_nobody_else(
    session: Session, make: Factory, edition: Edition, me: Profile
) -> None:
    snu, kaist = make.organisation("SNU"), make.organisation("KAIST")
    kim, park = (make.profile(edition, country="KR", organisation_id=snu.id) for _ in range(2))
    lee = make.profile(edition, country="KR", organisation_id=kaist.id)
    words = make.profile(edition, country="KR", organisation_name="SNU")
    row = hide_organisation_of(session, me, kim.id, NOW)
    assert row.label == "SNU"
    assert [_apart(session, me, one) for one in (kim, park, lee, words)] == [
        True,
        True,
        False,
        False,
    ]
    show_organisation(session, me, row.id)
    assert not _apart(session, me, kim)


def test_what_belongs_to_the_organisation_is_hidden_with_it_but_not_what_stands_above(
    session: Session, make: Factory, edition: Edition, me: Profile
) -> None:
    university, foundation, institute, ministry, sister = (
        make.organisation(name) for name in ("Uni", "Uni IACF", "Institute", "Ministry", "Sister")
    )
    _link(session, university, foundation, "cooperation-foundation")
    _link(session, institute, university, "parent")
    _link(session, university, ministry, "parent")
    _link(session, sister, ministry, "parent")
    _link(session, sister, university, "related")
    there = {
        name: make.profile(edition, country="KR", organisation_id=one.id)
        for name, one in (
            ("university", university),
            ("foundation", foundation),
            ("institute", institute),
            ("ministry", ministry),
            ("sister", sister),
        )
    }
    hide_organisation_of(session, me, there["foundation"].id, NOW)
    hidden = {name for name, one in there.items() if _apart(session, me, one)}
    assert hidden == {"university", "foundation", "institute"}


def test_an_organisation_known_by_its_words_is_hidden_by_them(
    session: Session, make: Factory, edition: Edition, me: Profile
) -> None:
    kim, same, other = (
        make.profile(edition, country="KR", organisation_name=name)
        for name in ("Small Lab", "SMALL lab", "Other Lab")
    )
    hide_organisation_of(session, me, kim.id, NOW)
    assert [_apart(session, me, one) for one in (kim, same, other)] == [True, True, False]


def test_hiding_twice_is_hiding_once_and_the_list_names_it(
    session: Session, make: Factory, edition: Edition, me: Profile
) -> None:
    snu = make.organisation("SNU")
    kim = make.profile(edition, country="KR", organisation_id=snu.id)
    lee = make.profile(edition, country="KR", organisation_name="Small Lab")
    first = hide_organisation_of(session, me, kim.id, NOW)
    assert hide_organisation_of(session, me, kim.id, NOW) == first
    second = hide_organisation_of(session, me, lee.id, NOW)
    assert hidden_organisations(session, me.id) == [first, second]
    assert second == HiddenOrganisation(second.id, "Small Lab")


def test_only_ones_own_list_is_changed(
    session: Session, make: Factory, edition: Edition, me: Profile
) -> None:
    kim = make.profile(edition, country="KR", organisation_name="Small Lab")
    row = hide_organisation_of(session, me, kim.id, NOW)
    show_organisation(session, kim, row.id)
    assert hidden_organisations(session, me.id) == [row]
    assert hidden_organisations(session, kim.id) == []


def test_somebody_without_an_organisation_cannot_be_hidden_by_it(
    session: Session, make: Factory, edition: Edition, me: Profile
) -> None:
    kim = make.profile(edition, country="KR")
    with pytest.raises(NoOrganisation):
        hide_organisation_of(session, me, kim.id, NOW)
    with pytest.raises(NotFound):
        hide_organisation_of(session, me, 9999, NOW)


def test_two_people_without_an_organisation_are_not_taken_for_colleagues(
    session: Session, make: Factory, edition: Edition, me: Profile
) -> None:
    lab = make.profile(edition, country="KR", organisation_name="Small Lab")
    without = make.profile(edition, country="KR")
    hide_organisation_of(session, me, lab.id, NOW)
    assert not _apart(session, me, without)
