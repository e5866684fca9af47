"""Inviting imported people: to whom, once, and what the link opens."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import Account, AuditEntry, Edition, Mail, Participation, Profile
from models.database import make_sessions
from services.accounts import Desk
from services.accounts_passwords import cheap_passwords
from services.accounts_tokens import LinkDead, Tokens
from services.invitation_accounts import open_account
from services.invitation_answers import accept, read_invitation, refuse
from services.invitation_letters import write_invitations
from services.invitations import invite, uninvited
from services.mail import Letter, Written
from tests.conftest import NOW
from tests.factories import Factory
from tests.people_rows import take

PASSWORD = "reed boat lantern"
LETTERS: list[Letter] = []


def write(letter: Letter) -> Written:
    LETTERS.append(letter)
    return Written(letter.kind, letter.token)


DESK = Desk(cheap_passwords(), Tokens("secret"), write)


@pytest.fixture
def edition(make: Factory) -> Edition:
    LETTERS.clear()
    return make.edition()


def imported(make: Factory, edition: Edition, **given: object) -> Profile:
    email = given.pop("email", f"{len(LETTERS)}.{next(make.numbers)}@example.org")
    values: dict[str, object] = {"confirmed_at": None, "published_at": None, "source": "forum"}
    return make.profile(edition, email=email, **values | given)


def send(engine: Engine) -> int:
    return write_invitations(make_sessions(engine), DESK, lambda: NOW)


def test_all_who_were_not_invited_are_and_a_second_press_reaches_nobody(
    session: Session, engine: Engine, make: Factory, edition: Edition
) -> None:
    people = [imported(make, edition) for _ in range(3)]
    make.profile(edition, account_id=make.account().id)
    imported(make, edition, email="")
    assert uninvited(session, edition.id) == 3

    asked = [invite(session, edition, NOW) for _ in range(2)]
    session.commit()

    assert asked == [3, 0]
    assert send(engine) == 3
    assert send(engine) == 0
    assert sorted(session.exec(select(Mail.recipient))) == sorted(one.email for one in people)
    entry = session.exec(select(AuditEntry)).one()
    assert (entry.act, entry.after["count"]) == ("invited", 3)


def test_a_selection_is_invited(session: Session, engine: Engine, make: Factory) -> None:
    edition = make.edition()
    people = [imported(make, edition) for _ in range(3)]

    assert invite(session, edition, NOW, profile_ids=[people[1].id]) == 1
    session.commit()
    send(engine)

    assert session.exec(select(Mail.recipient)).all() == [people[1].email]


def test_two_records_of_one_address_get_one_letter(
    session: Session, engine: Engine, make: Factory, edition: Edition
) -> None:
    for _ in range(2):
        imported(make, edition, email="kim@example.org")
    invite(session, edition, NOW)
    session.commit()

    assert send(engine) == 1


@pytest.mark.parametrize(("country", "language"), [("KR", "ko"), ("DE", "en")])
def test_the_letter_is_in_the_language_of_the_persons_country(
    country: str, language: str, session: Session, engine: Engine, make: Factory, edition: Edition
) -> None:
    imported(make, edition, country=country)
    invite(session, edition, NOW)
    session.commit()
    send(engine)

    assert LETTERS[0].language == language


def test_a_mended_address_can_be_invited_again(
    session: Session, engine: Engine, make: Factory, edition: Edition
) -> None:
    row = {"id": "a", "name": "Ana", "country": "DE", "email": "wrong@example.org"}
    take(session, row, edition=edition)
    invite(session, edition, NOW)
    session.commit()
    send(engine)

    take(session, row | {"email": "right@example.org"}, edition=edition)

    assert uninvited(session, edition.id) == 1
    invite(session, edition, NOW)
    session.commit()
    assert send(engine) == 1


def token_for(session: Session, engine: Engine, edition: Edition) -> str:
    invite(session, edition, NOW)
    session.commit()
    send(engine)
    return LETTERS[-1].token


def test_the_link_opens_an_account_that_owns_the_profile_and_works_once(
    session: Session, engine: Engine, make: Factory, edition: Edition
) -> None:
    person = imported(make, edition, gender="f", email="kim@example.org")
    token = token_for(session, engine, edition)

    found = read_invitation(session, DESK, token, NOW)
    account = open_account(session, DESK, found, PASSWORD, "ko", NOW)
    session.commit()

    session.refresh(person)
    assert (account.email, account.language, account.confirmed_at) == ("kim@example.org", "ko", NOW)
    assert (person.account_id, person.gender) == (account.id, None)
    with pytest.raises(LinkDead):
        read_invitation(session, DESK, token, NOW)


def test_a_strangers_unconfirmed_account_loses_its_password(
    session: Session, engine: Engine, make: Factory, edition: Edition
) -> None:
    waiting = make.account(email="kim@example.org", confirmed_at=None, password_hash="theirs")
    imported(make, edition, email="kim@example.org")

    found = read_invitation(session, DESK, token_for(session, engine, edition), NOW)
    account = open_account(session, DESK, found, PASSWORD, None, NOW)

    assert account.id == waiting.id
    assert account.password_hash != "theirs"


def test_an_account_of_another_address_takes_it_into_its_own_profile(
    session: Session, engine: Engine, make: Factory, edition: Edition
) -> None:
    account = make.account()
    own = make.profile(account_id=account.id, research="")
    imported(make, edition, research="Memory.")

    found = read_invitation(session, DESK, token_for(session, engine, edition), NOW)
    profile = accept(session, account, found, NOW)

    assert (profile.id, profile.research) == (own.id, "Memory.")
    assert session.exec(select(Participation.profile_id)).one() == own.id


def test_refusing_deletes_the_profile_without_an_account(
    session: Session, engine: Engine, make: Factory, edition: Edition
) -> None:
    imported(make, edition)
    found = read_invitation(session, DESK, token_for(session, engine, edition), NOW)

    refuse(session, found, NOW)

    assert session.exec(select(Profile)).all() == []
    assert session.exec(select(Account)).all() == []
    assert "refused" in session.exec(select(AuditEntry.act)).all()


def test_a_link_dies_with_time_and_with_its_address(
    session: Session, engine: Engine, make: Factory, edition: Edition
) -> None:
    person = imported(make, edition)
    token = token_for(session, engine, edition)

    with pytest.raises(LinkDead):
        read_invitation(session, DESK, token, NOW + timedelta(days=91))
    person.email = "other@example.org"
    session.flush()
    with pytest.raises(LinkDead):
        read_invitation(session, DESK, token, NOW)
    with pytest.raises(LinkDead):
        read_invitation(session, DESK, "nonsense", NOW)


def test_a_worker_that_stops_in_between_goes_on_where_it_was(
    session: Session, engine: Engine, make: Factory, edition: Edition
) -> None:
    imported(make, edition)
    invite(session, edition, NOW)
    session.commit()

    assert write_invitations(make_sessions(engine), DESK, lambda: NOW, lambda: True) == 0
    assert send(engine) == 1
