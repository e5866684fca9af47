"""Which roles an account holds, and giving and taking them."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from models import AccountRole
from models.account import ROLES
from services.accounts import get_account
from services.errors import NotFound, ServiceError

COORDINATOR, ORGANISER, ADMINISTRATOR = ROLES


class UnknownRole(ServiceError):
    """A role that does not exist, or an edition for a role that has none."""

    code = "unknown-role"


class LastAdministrator(ServiceError):
    """Nobody would be left to administer; make somebody else administrator first."""

    code = "last-administrator"


@dataclass(frozen=True)
class Roles:
    """The roles of one account; everybody is a researcher besides.

    Parameters
    ----------
    organises
        Ids of the editions it organises; see ``organises_all`` for all of them, future ones too.
    """

    coordinator: bool = False
    administrator: bool = False
    organises_all: bool = False
    organises: frozenset[int] = frozenset()

    @property
    def organiser(self) -> bool:
        """Tell whether the account organises at least one edition."""
        return self.organises_every or bool(self.organises)

    @property
    def organises_every(self) -> bool:
        """Tell whether the account organises all editions, later ones too."""
        return self.administrator or self.organises_all

    def may_organise(self, edition_id: int) -> bool:
        """Tell whether the account organises this edition."""
        return self.organises_every or edition_id in self.organises


def roles_of(session: Session, account_id: int) -> Roles:
    """Read the roles of an account, in one query."""
    rows = session.exec(select(AccountRole).where(AccountRole.account_id == account_id)).all()
    names = {row.role for row in rows}
    return Roles(
        coordinator="coordinator" in names,
        administrator="administrator" in names,
        organises_all=any(row.role == "organiser" and row.edition_id is None for row in rows),
        organises=frozenset(row.edition_id for row in rows if row.edition_id is not None),
    )


def grant(session: Session, account_id: int, role: str, edition_id: int | None = None) -> bool:
    """Give an account a role; tells whether it is new.

    Raises
    ------
    NotFound, UnknownRole
    """
    if role not in ROLES or (edition_id is not None and role != ORGANISER):
        raise UnknownRole(f"{role!r} is no role, or is not given for one edition")
    # Held, so that two grants at one moment make one row: NULL editions are not unique.
    get_account(session, account_id, locked=True)
    same = AccountRole.account_id == account_id, AccountRole.role == role
    edition = col(AccountRole.edition_id)
    of = edition.is_(None) if edition_id is None else edition == edition_id
    if session.exec(select(AccountRole.id).where(*same, of)).first() is not None:
        return False
    session.add(AccountRole(account_id=account_id, role=role, edition_id=edition_id))
    session.flush()
    return True


def withdraw(session: Session, account_id: int, role_id: int) -> None:
    """Take a role from an account.

    Raises
    ------
    NotFound, LastAdministrator
    """
    row = session.get(AccountRole, role_id)
    if row is None or row.account_id != account_id:
        raise NotFound("this account does not hold this role")
    if row.role == ADMINISTRATOR:
        keep_an_administrator(session, account_id)
    session.delete(row)
    session.flush()


def keep_an_administrator(session: Session, without: int) -> None:
    """Refuse an act that would leave the installation without administrator.

    Raises
    ------
    LastAdministrator
    """
    # All of them held: two administrators who withdraw each other must not both succeed.
    query = select(AccountRole).where(AccountRole.role == ADMINISTRATOR).with_for_update()
    holders = {row.account_id for row in session.exec(query)}
    if holders == {without}:
        raise LastAdministrator("make somebody else administrator first")
