"""Reading the audit log of an edition, a page at a time, with the names of today."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, case, exists, func
from sqlmodel import Session, col, select

from models import Account, AccountRole, AuditEntry, Profile
from services.roles import ADMINISTRATOR, ORGANISER

PAGE_SIZE = 50
_ONE = ("person", "profile", "left", "right", "with", "other")
_PEOPLE_SUBJECTS = ("registrant",)


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What to list: one kind of subject, what one account did; empty is everything."""

    subject: str = ""
    actor_id: int | None = None


@dataclass(frozen=True, slots=True)
class AuditPage:
    """A page of the log, newest first.

    ``actors`` are all who ever changed something of this edition and are still here, ``people``
    those whom these entries are about, by the names of today; a name may be empty.
    """

    entries: tuple[AuditEntry, ...]
    page: int
    pages: int
    total: int
    actors: Mapping[int, str]
    people: Mapping[int, str]


def audit_page(
    session: Session, edition_id: int, wish: AuditFilter | None = None, page: int = 1
) -> AuditPage:
    """Read a page of an edition's log, in four queries."""
    which = _conditions(edition_id, wish or AuditFilter())
    total = session.exec(select(func.count()).select_from(AuditEntry).where(*which)).one()
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, page), pages)
    query = (
        select(AuditEntry)
        .where(*which)
        .order_by(col(AuditEntry.id).desc())
        .offset((page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    )
    entries = tuple(session.exec(query))
    actors = _actors(session, edition_id)
    people = _people(session, {one for entry in entries for one in people_in(entry)})
    return AuditPage(entries, page, pages, total, actors, people)


def people_in(entry: AuditEntry) -> set[int]:
    """Find the profile ids in an entry: its subject, and values whose names say that they are."""
    found = set()
    if entry.subject in _PEOPLE_SUBJECTS and entry.subject_id is not None:
        found.add(entry.subject_id)
    for values in (entry.before, entry.after):
        for name, value in values.items():
            found |= set(ids_of_people(name, value))
    return found


def ids_of_people(name: str, value: Any) -> tuple[int, ...]:  # noqa: ANN401 - as JSON holds it
    """Give the profile ids that a value of the log holds; none when it is about something else."""
    if name in _ONE or name.endswith(("profile_id", "left_id", "right_id", "person_id")):
        return (value,) if isinstance(value, int) else ()
    if name in ("people", "profiles", "profile_ids") and isinstance(value, list):
        return tuple(one for one in value if isinstance(one, int))
    return ()


def _conditions(edition_id: int, wish: AuditFilter) -> tuple[ColumnElement[bool], ...]:
    which = [col(AuditEntry.edition_id) == edition_id]
    if wish.subject:
        which.append(col(AuditEntry.subject) == wish.subject)
    if wish.actor_id is not None:
        which.append(col(AuditEntry.actor_id) == wish.actor_id)
    return tuple(which)


def _actors(session: Session, edition_id: int) -> dict[int, str]:
    """Name who changed something: by their profile, or staff by the address of their account."""
    staff = exists().where(
        col(AccountRole.account_id) == Account.id,
        col(AccountRole.role).in_((ORGANISER, ADMINISTRATOR)),
    )
    query = (
        select(Account.id, Profile.name, case((staff, Account.email), else_=""))
        .outerjoin(Profile, col(Profile.account_id) == Account.id)
        .where(
            col(Account.id).in_(
                select(AuditEntry.actor_id).where(AuditEntry.edition_id == edition_id)
            )
        )
        .order_by(Profile.name, Account.email)
    )
    return {number: name or email for number, name, email in session.exec(query)}


def _people(session: Session, ids: Iterable[int]) -> dict[int, str]:
    query = select(Profile.id, Profile.name, Profile.source_key).where(col(Profile.id).in_(ids))
    return {number: name or key for number, name, key in session.exec(query)}
