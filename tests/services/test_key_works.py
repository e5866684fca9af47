"""At most three publications are marked as key works; a mark reaches the passages at once."""

import pytest
from sqlmodel import Session, select

from models import Passage, Profile
from services.encoding import write_passages
from services.index_version import index_version
from services.key_works import TooManyKeyWorks, key_works_of, mark_key_work
from services.publications import works_of
from tests.conftest import NOW
from tests.factories import Factory


@pytest.fixture
def profile(make: Factory, session: Session) -> Profile:
    made = make.profile(publications=["One", "Two", "Three", "Four"])
    write_passages(session, made)
    return made


def mark(session: Session, profile: Profile, number: int, *, key_work: bool = True) -> None:
    row = works_of(session, profile.id)[number]
    mark_key_work(session, profile, row, NOW, key_work=key_work)


def test_a_mark_reaches_the_passages_and_the_caches(session: Session, profile: Profile) -> None:
    before = index_version(session)
    mark(session, profile, 1)

    marked = select(Passage.text).where(Passage.key_work)
    assert session.exec(marked).all() == ["Two"]
    assert index_version(session) > before
    assert profile.edited_fields == ["publications"]


def test_a_fourth_key_work_is_refused_until_a_mark_is_taken_off(
    session: Session, profile: Profile
) -> None:
    for number in range(3):
        mark(session, profile, number)
    with pytest.raises(TooManyKeyWorks) as refused:
        mark(session, profile, 3)
    assert refused.value.most == 3

    mark(session, profile, 0, key_work=False)
    mark(session, profile, 3)

    works = works_of(session, profile.id)
    assert key_works_of(session, profile.id) == [works[place].id for place in (1, 2, 3)]


def test_marking_twice_is_marking_once(session: Session, profile: Profile) -> None:
    mark(session, profile, 0)
    version = index_version(session)
    mark(session, profile, 0)
    assert index_version(session) == version
    assert len(key_works_of(session, profile.id)) == 1
