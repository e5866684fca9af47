"""Which roles an account holds."""

from dataclasses import dataclass

from sqlmodel import Session, select

from models import AccountRole


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
        return self.administrator or self.organises_all or bool(self.organises)

    def may_organise(self, edition_id: int) -> bool:
        """Tell whether the account organises this edition."""
        return self.administrator or self.organises_all or edition_id in self.organises


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
