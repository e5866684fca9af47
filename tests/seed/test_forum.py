"""The demo forum: loaded once, as its own import would take it, and left alone after."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, SQLModel, func, select

from models import Account, Organisation, OrganisationLink, OrganisationName, Passage, Profile
from models.database import make_engine, make_sessions
from seed import DemoForum, load_demo
from services.accounts_passwords import cheap_passwords
from services.participants import side_counts
from services.roles import roles_of

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    """Share one loaded forum: the tests below only read it."""
    engine = make_engine("sqlite://", poolclass=StaticPool)
    SQLModel.metadata.create_all(engine)
    with make_sessions(engine)() as opened:
        yield opened
    engine.dispose()


@pytest.fixture(scope="module")
def forum(session: Session) -> DemoForum:
    loaded = load_demo(session, cheap_passwords(), NOW)
    session.commit()
    return loaded


def account(session: Session, name: str) -> Account:
    return session.exec(select(Account).where(Account.email == f"{name}@demo.example")).one()


def test_sixty_people_stand_on_each_side(session: Session, forum: DemoForum) -> None:
    edition_id = 1
    counts = side_counts(session, edition_id)
    assert (forum.added, forum.people, forum.calls) == (True, 120, 7)
    assert (counts.left, counts.right, counts.unconfirmed) == (60, 60, 0)


def test_loading_again_changes_nothing(session: Session, forum: DemoForum) -> None:
    before = session.exec(select(func.count()).select_from(Passage)).one()
    again = load_demo(session, cheap_passwords(), NOW)
    assert (again.added, again.people, again.accounts) == (False, 120, ())
    assert session.exec(select(func.count()).select_from(Passage)).one() == before


def test_each_role_has_an_account_whose_password_is_told_once(
    session: Session, forum: DemoForum
) -> None:
    assert [one.email.partition("@")[0] for one in forum.accounts] == [
        "researcher-eu",
        "researcher-kr",
        "coordinator",
        "organiser",
        "administrator",
    ]
    assert len({one.password for one in forum.accounts}) == 5
    stored = session.exec(select(Account.password_hash)).all()
    assert not any(one.password in text for one in forum.accounts for text in stored)


def test_the_demo_accounts_hold_their_roles(session: Session, forum: DemoForum) -> None:
    assert roles_of(session, account(session, "coordinator").id).coordinator
    assert roles_of(session, account(session, "organiser").id).organises_all
    assert roles_of(session, account(session, "administrator").id).administrator
    assert not roles_of(session, account(session, "researcher-eu").id).organiser


def test_the_researchers_own_a_profile_on_their_side(session: Session, forum: DemoForum) -> None:
    for name, country in (("researcher-eu", False), ("researcher-kr", True)):
        owner = account(session, name)
        profile = session.exec(select(Profile).where(Profile.account_id == owner.id)).one()
        assert profile.email == owner.email
        assert (profile.country == "KR") is country


def test_every_demo_person_is_marked_and_published(session: Session, forum: DemoForum) -> None:
    people = session.exec(select(Profile)).all()
    assert all("(demo)" in person.name for person in people)
    assert all(person.published_at and person.confirmed_at for person in people)
    assert all(person.email == "" or person.email.endswith(".example") for person in people)


def test_people_are_tied_to_the_organisations_of_the_list(
    session: Session, forum: DemoForum
) -> None:
    tied = session.exec(select(Profile.organisation_id)).all()
    assert sum(one is not None for one in tied) > 100


def test_a_korean_university_is_linked_to_its_foundation(
    session: Session, forum: DemoForum
) -> None:
    foundation = session.exec(
        select(Organisation).where(Organisation.name_native == "서울대학교 산학협력단")
    ).one()
    link = session.exec(
        select(OrganisationLink).where(OrganisationLink.linked_id == foundation.id)
    ).one()
    university = session.get_one(Organisation, link.organisation_id)
    assert (university.name, link.kind) == ("Seoul National University", "cooperation-foundation")


def test_organisations_are_found_by_any_of_their_names(session: Session, forum: DemoForum) -> None:
    kinds = Counter(session.exec(select(OrganisationName.kind)).all())
    assert set(kinds) == {"label", "alias", "acronym"}


def test_some_passages_are_korean_and_some_english(session: Session, forum: DemoForum) -> None:
    counts = Counter(session.exec(select(Passage.hangul)).all())
    assert min(counts[True], counts[False]) > 100
