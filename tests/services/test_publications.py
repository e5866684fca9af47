"""Publications by hand: put first, changed, removed, and read again each time."""

import pytest
from sqlmodel import Session, select

from models import Passage, Profile, Publication
from services.errors import NotFound
from services.imports_works import WORKS_LIMIT, WorkRecord
from services.publications import (
    TooManyWorks,
    add_work,
    change_work,
    find_work,
    remove_work,
    works_of,
)
from tests.conftest import NOW
from tests.factories import Factory


@pytest.fixture
def profile(make: Factory) -> Profile:
    return make.profile(publications=["One", "Two"])


def titles(session: Session, profile: Profile) -> list[str]:
    works = works_of(session, profile.id)
    assert [work.position for work in works] == list(range(len(works)))
    return [work.title for work in works]


def test_a_new_publication_comes_first_and_is_to_be_read(
    session: Session, profile: Profile
) -> None:
    assert add_work(session, profile, WorkRecord("Three", authors=("Kim",)), NOW) is True

    assert titles(session, profile) == ["Three", "One", "Two"]
    assert "Three" in session.exec(select(Passage.text)).all()
    assert profile.edited_fields == ["publications"]


def test_a_publication_changes_in_its_place(session: Session, profile: Profile) -> None:
    row = works_of(session, profile.id)[1]

    change_work(session, profile, row, WorkRecord("Two, revised", year=2025, weight=0.5), NOW)

    assert titles(session, profile) == ["One", "Two, revised"]
    assert (row.year, row.weight) == (2025, 0.5)


def test_a_publication_is_removed_and_the_rest_moves_up(session: Session, profile: Profile) -> None:
    remove_work(session, profile, works_of(session, profile.id)[0], NOW)

    assert titles(session, profile) == ["Two"]


def test_somebody_elses_publication_is_not_there(
    session: Session, profile: Profile, make: Factory
) -> None:
    theirs = works_of(session, make.profile(publications=["Theirs"]).id)[0]

    with pytest.raises(NotFound):
        find_work(session, profile, theirs.id)
    with pytest.raises(NotFound):
        find_work(session, profile, 10_000)


def test_a_profile_holds_a_bounded_number(session: Session, make: Factory) -> None:
    profile = make.profile()
    for number in range(WORKS_LIMIT):
        session.add(Publication(profile_id=profile.id, position=number, title=str(number)))

    with pytest.raises(TooManyWorks):
        add_work(session, profile, WorkRecord("One more"), NOW)
