"""One's own profile: begun once, saved in parts, seen by nobody until it is published."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from models import Exclusion, Participation, Passage, Profile
from services.organisations import fold
from services.profile_content import empty_content
from services.profile_values import BadValue
from services.profiles import (
    ChangedElsewhere,
    NothingToShow,
    check_contact,
    content_of,
    fingerprint,
    known_organisation,
    own_profile,
    publish,
    save,
    start_profile,
    unpublish,
)
from tests.conftest import NOW
from tests.factories import Factory

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def profile(session: Session, make: Factory) -> Profile:
    return start_profile(session, make.account(email="kim@example.org"), NOW)


def put(session: Session, profile: Profile, **wish: Any) -> bool:
    seen = fingerprint(content_of(session, profile), wish)
    return save(session, profile, wish, seen, LATER)


def test_a_profile_begins_empty_confirmed_and_seen_by_nobody(
    session: Session, profile: Profile
) -> None:
    assert (profile.name, profile.email) == ("", "kim@example.org")
    assert (profile.confirmed_at, profile.published_at) == (NOW, None)
    assert profile.visibility == "participants"
    said = content_of(session, profile)
    assert dict(said) == {**empty_content(), "email": "kim@example.org"}


def test_an_account_has_one_profile(session: Session, make: Factory) -> None:
    account = make.account()

    first = start_profile(session, account, NOW)

    assert start_profile(session, account, LATER) is first
    assert own_profile(session, account.id) is first


def test_saving_writes_the_fields_and_notes_whose_they_are_now(
    session: Session, profile: Profile
) -> None:
    put(session, profile, name="Kim", name_native="", country="KR")

    assert (profile.name, profile.country, profile.updated_at) == ("Kim", "KR", LATER)
    assert profile.edited_fields == ["country", "name"]


def test_text_that_changed_is_cut_into_passages_to_be_read(
    session: Session, profile: Profile
) -> None:
    assert put(session, profile, research="Ferroelectric synapses.") is True
    assert put(session, profile, research="Ferroelectric synapses.") is False
    assert put(session, profile, name="Kim") is False
    assert session.exec(select(Passage.text)).all() == ["Ferroelectric synapses."]


def test_lists_are_saved_as_wholes(session: Session, profile: Profile, make: Factory) -> None:
    make.field("quantum")
    put(session, profile, offers=("a", "b"), needs=("c",), fields=("quantum",))

    put(session, profile, offers=("b",), needs=())

    said = content_of(session, profile)
    assert (said["offers"], said["needs"], said["fields"]) == (("b",), (), ("quantum",))


def test_what_changed_elsewhere_is_not_overwritten_unseen(
    session: Session, profile: Profile
) -> None:
    seen = fingerprint(content_of(session, profile), {"research"})
    put(session, profile, research="From the first tab.")

    with pytest.raises(ChangedElsewhere):
        save(session, profile, {"research": "From the second tab."}, seen, LATER)

    assert profile.research == "From the first tab."


def test_other_steps_may_change_in_other_tabs(session: Session, profile: Profile) -> None:
    seen = fingerprint(content_of(session, profile), {"research"})
    put(session, profile, name="Kim")

    save(session, profile, {"research": "Still mine."}, seen, LATER)

    assert profile.research == "Still mine."


def test_an_organisation_that_is_known_brings_its_kind(
    session: Session, profile: Profile, make: Factory
) -> None:
    kaist = make.organisation("KAIST", type="university", country="KR")

    put(session, profile, organisation="kaist", organisation_type=None, country="KR")

    assert known_organisation(session, profile) is kaist
    assert (profile.organisation_name, profile.organisation_type) == ("kaist", "university")
    put(session, profile, organisation="My garage", organisation_type="company", country="KR")
    assert known_organisation(session, profile) is None
    assert fold("KAIST") == "kaist"


def test_a_country_that_an_edition_does_not_know_is_refused_while_taking_part(
    session: Session, profile: Profile, make: Factory
) -> None:
    make.participation(make.edition(), profile)
    put(session, profile, country="KR")
    put(session, profile, country="FR")

    with pytest.raises(BadValue) as caught:
        put(session, profile, country="US")

    assert caught.value.code == "country-leaves-edition"
    assert profile.country == "FR"


def test_publishing_needs_a_name_and_shows_the_profile_to_whom_was_chosen(
    session: Session, profile: Profile
) -> None:
    with pytest.raises(NothingToShow):
        publish(session, profile, "participants", NOW)
    put(session, profile, name="Kim")

    publish(session, profile, "signed-in", NOW)
    publish(session, profile, "organisers", LATER)

    assert (profile.visibility, profile.published_at) == ("organisers", NOW)


def test_nobody_is_no_choice_when_publishing(session: Session, profile: Profile) -> None:
    with pytest.raises(BadValue):
        publish(session, profile, "nobody", NOW)


def test_taking_a_profile_back_leaves_the_editions_that_can_be_left(
    session: Session, make: Factory
) -> None:
    profile = make.profile()
    make.participation(make.edition(), profile)
    closed = make.edition(closes_at=NOW)
    make.participation(closed, profile)

    unpublish(session, profile, NOW)

    assert profile.published_at is None
    assert [row.edition_id for row in session.exec(select(Participation))] == [closed.id]


def test_whoever_was_waited_for_with_an_exclusion_is_found_on_arrival(
    session: Session, make: Factory
) -> None:
    owner = make.profile()
    session.add(Exclusion(profile_id=owner.id, other_key="kim@example.org", created_at=NOW))

    arrived = start_profile(session, make.account(email="kim@example.org"), NOW)

    assert session.exec(select(Exclusion.other_id)).all() == [arrived.id]


@pytest.mark.parametrize(("phone", "fine"), [("+82 42 350", True), ("", True), ("call", False)])
def test_a_telephone_number_has_digits(phone: str, fine: bool) -> None:
    if fine:
        assert check_contact(phone) == phone
    else:
        with pytest.raises(BadValue):
            check_contact(phone)
