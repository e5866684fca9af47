"""Roles add up; the last administrator stays."""

import pytest
from sqlmodel import Session, select

from models import AccountRole
from services.errors import NotFound
from services.roles import LastAdministrator, Roles, UnknownRole, grant, roles_of, withdraw
from tests.factories import Factory


def test_everybody_is_a_researcher_and_nothing_else(session: Session, make: Factory) -> None:
    roles = roles_of(session, make.account().id)
    assert roles == Roles()
    assert not roles.organiser
    assert not roles.may_organise(1)


def test_roles_add_up(session: Session, make: Factory) -> None:
    account, edition = make.account(), make.edition()
    grant(session, account.id, "coordinator")
    grant(session, account.id, "organiser", edition.id)
    roles = roles_of(session, account.id)
    assert roles.coordinator
    assert roles.organiser
    assert roles.may_organise(edition.id)
    assert not roles.may_organise(edition.id + 1)
    assert not roles.administrator


@pytest.mark.parametrize("role", ["organiser", "administrator"])
def test_without_an_edition_it_is_every_edition(session: Session, make: Factory, role: str) -> None:
    account = make.account(role)
    assert roles_of(session, account.id).may_organise(12345)


def test_a_role_is_held_once(session: Session, make: Factory) -> None:
    account, edition = make.account(), make.edition()
    for edition_id in (None, edition.id):
        assert grant(session, account.id, "organiser", edition_id)
        assert not grant(session, account.id, "organiser", edition_id)
    assert len(session.exec(select(AccountRole)).all()) == 2


@pytest.mark.parametrize(("role", "edition_id"), [("king", None), ("coordinator", 1)])
def test_a_role_that_is_none_is_refused(
    session: Session, make: Factory, role: str, edition_id: int | None
) -> None:
    make.edition()
    with pytest.raises(UnknownRole):
        grant(session, make.account().id, role, edition_id)


def test_a_role_is_withdrawn(session: Session, make: Factory) -> None:
    account = make.account("coordinator")
    held = session.exec(select(AccountRole)).one()
    with pytest.raises(NotFound):
        withdraw(session, account.id + 1, held.id)
    withdraw(session, account.id, held.id)
    assert roles_of(session, account.id) == Roles()
    with pytest.raises(NotFound):
        withdraw(session, account.id, held.id)


def test_the_last_administrator_cannot_be_withdrawn(session: Session, make: Factory) -> None:
    first, second = make.account("administrator"), make.account("administrator")
    rows = {row.account_id: row.id for row in session.exec(select(AccountRole))}
    withdraw(session, first.id, rows[first.id])
    with pytest.raises(LastAdministrator):
        withdraw(session, second.id, rows[second.id])
    assert roles_of(session, second.id).administrator
