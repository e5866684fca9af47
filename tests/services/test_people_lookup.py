import pytest
from sqlmodel import Session

from models import Edition
from services.errors import NotFound
from services.people_lookup import Ambiguous, NotTakingPart, find_place, newest_open_edition
from tests.factories import Factory


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition()


def test_a_person_is_found_by_the_senders_id_the_address_or_the_profiles_id(
    session: Session, make: Factory, edition: Edition
) -> None:
    one = make.profile(edition, source_key="g-17", email="kim@snu.example")
    for key in ("g-17", "Kim@SNU.example", str(one.id)):
        assert find_place(session, edition, key).profile_id == one.id
    assert find_place(session, edition, "g-17").side == "left"


def test_the_senders_id_comes_before_a_profiles_number(
    session: Session, make: Factory, edition: Edition
) -> None:
    first = make.profile(edition, source_key="a")
    second = make.profile(edition, source_key=str(first.id))
    assert find_place(session, edition, str(first.id)).profile_id == second.id


def test_nobody_is_found_by_an_unknown_key(session: Session, edition: Edition) -> None:
    with pytest.raises(NotFound, match="'nobody'"):
        find_place(session, edition, "nobody")


def test_somebody_who_takes_no_part_is_told_apart_from_nobody(
    session: Session, make: Factory, edition: Edition
) -> None:
    make.profile(source_key="outside")
    make.profile(edition, source_key="no-side", country="US")
    for key in ("outside", "no-side"):
        with pytest.raises(NotTakingPart, match=edition.slug):
            find_place(session, edition, key)


def test_two_people_with_one_id_from_two_sources_are_ambiguous(
    session: Session, make: Factory, edition: Edition
) -> None:
    make.profile(edition, source="a", source_key="7x")
    make.profile(edition, source="b", source_key="7x")
    with pytest.raises(Ambiguous, match="e-mail"):
        find_place(session, edition, "7x")


def test_the_newest_open_edition_is_the_one_that_starts_last(
    session: Session, make: Factory, edition: Edition
) -> None:
    make.edition(state="draft", starts_at=edition.ends_at)
    assert newest_open_edition(session).id == edition.id


def test_without_an_open_edition_one_must_be_named(session: Session, make: Factory) -> None:
    make.edition(state="closed")
    with pytest.raises(NotFound, match="--edition"):
        newest_open_edition(session)
