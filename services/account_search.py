"""Accounts as an administrator reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from models import Account, AccountRole, Edition, Profile

PER_PAGE = 50


@dataclass(frozen=True)
class HeldRole:
    """A role that an account holds; an organiser's edition by slug and English name."""

    id: int
    role: str
    edition_id: int | None = None
    edition_slug: str = ""


@dataclass(frozen=True)
class AccountLine:
    """An account in the list."""

    id: int
    email: str
    name: str
    created_at: datetime
    confirmed_at: datetime | None
    locked_until: datetime | None
    roles: tuple[HeldRole, ...]


@dataclass(frozen=True)
class AccountPage:
    """A page of the list; ``pages`` is at least 1."""

    lines: Sequence[AccountLine]
    total: int
    page: int
    pages: int


def find_accounts(session: Session, text: str = "", page: int = 1) -> AccountPage:
    """List accounts whose address or profile's name contains a text, in three queries.

    Parameters
    ----------
    page
        Counts from 1; one beyond the last gives the last.
    """
    chosen = select(Account, Profile.name).join(
        Profile, col(Profile.account_id) == Account.id, isouter=True
    )
    if text:
        found = func.lower(Account.email).contains(text.lower(), autoescape=True)
        named = [col(name).icontains(text, autoescape=True) for name in _NAMES]
        chosen = chosen.where(found | named[0] | named[1])
    total = session.exec(select(func.count()).select_from(chosen.subquery())).one()
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(1, page), pages)
    rows = session.exec(
        chosen.order_by(Account.email).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    ).all()
    roles = held_roles(session, [account.id for account, _ in rows])
    lines = [_line(account, name, roles.get(account.id, ())) for account, name in rows]
    return AccountPage(lines, total, page, pages)


def held_roles(session: Session, account_ids: Sequence[int]) -> dict[int, tuple[HeldRole, ...]]:
    """Read the roles of several accounts in one query."""
    query = (
        select(AccountRole, Edition.slug)
        .join(Edition, col(AccountRole.edition_id) == Edition.id, isouter=True)
        .where(col(AccountRole.account_id).in_(account_ids))
        .order_by(col(AccountRole.id))
    )
    found: dict[int, tuple[HeldRole, ...]] = {}
    for row, slug in session.exec(query):
        held = HeldRole(row.id, row.role, row.edition_id, slug or "")
        found[row.account_id] = (*found.get(row.account_id, ()), held)
    return found


_NAMES = (Profile.name, Profile.name_native)


def _line(account: Account, name: str | None, roles: tuple[HeldRole, ...]) -> AccountLine:
    return AccountLine(
        id=account.id,
        email=account.email,
        name=name or "",
        created_at=account.created_at,
        confirmed_at=account.confirmed_at,
        locked_until=account.locked_until,
        roles=roles,
    )
