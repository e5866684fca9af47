"""The private list of people whom somebody does not want to meet."""

import pytest
from sqlmodel import Session, select

from models import Exclusion
from services.exclusions import (
    exclude_address,
    exclude_person,
    resolve_exclusions,
    stop_excluding,
    unwanted_by,
)
from services.profile_values import BadValue
from tests.conftest import NOW
from tests.factories import Factory


def test_an_address_is_kept_and_found_whether_known_or_not(session: Session, make: Factory) -> None:
    owner, known = make.profile(), make.profile(email="lee@example.org")

    exclude_address(session, owner, " Lee@Example.org ", NOW)
    exclude_address(session, owner, "later@example.org", NOW)

    rows = session.exec(select(Exclusion)).all()
    assert {row.other_key: row.other_id for row in rows} == {
        "lee@example.org": known.id,
        "later@example.org": None,
    }


def test_the_list_shows_what_was_written_and_never_who_it_was_found_to_be(
    session: Session, make: Factory
) -> None:
    owner = make.profile()
    make.profile(email="lee@example.org", name="Lee Min-ho")

    exclude_address(session, owner, "lee@example.org", NOW)

    assert [one.label for one in unwanted_by(session, owner.id)] == ["lee@example.org"]


def test_the_same_address_twice_stands_there_once(session: Session, make: Factory) -> None:
    owner = make.profile()

    for _ in range(2):
        exclude_address(session, owner, "lee@example.org", NOW)

    assert len(unwanted_by(session, owner.id)) == 1


def test_somebody_excluded_from_their_page_is_shown_by_name(
    session: Session, make: Factory
) -> None:
    owner, other = make.profile(), make.profile(name="Lee Min-ho", email="lee@example.org")

    for _ in range(2):
        exclude_person(session, owner, other.id, NOW)
    exclude_address(session, owner, "lee@example.org", NOW)

    assert [one.label for one in unwanted_by(session, owner.id)] == [
        "Lee Min-ho",
        "lee@example.org",
    ]
    assert resolve_exclusions(session) == 0


def test_nobody_excludes_oneself(session: Session, make: Factory) -> None:
    owner = make.profile(email="kim@example.org")

    with pytest.raises(BadValue):
        exclude_address(session, owner, "kim@example.org", NOW)
    with pytest.raises(BadValue):
        exclude_person(session, owner, owner.id, NOW)
    with pytest.raises(BadValue):
        exclude_address(session, owner, " ", NOW)


def test_only_ones_own_exclusions_are_taken_back(session: Session, make: Factory) -> None:
    owner, other = make.profile(), make.profile()
    exclude_address(session, owner, "lee@example.org", NOW)
    row = session.exec(select(Exclusion)).one()

    stop_excluding(session, other, row.id)
    assert len(unwanted_by(session, owner.id)) == 1
    stop_excluding(session, owner, row.id)
    assert unwanted_by(session, owner.id) == []
