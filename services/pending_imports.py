"""An import between reading and saving: kept for its owner alone, changed, dropped, forgotten."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from models import ImportedWork, PendingImport, Profile, Publication
from services.errors import NotFound
from services.imports_works import WorkRecord
from services.pending_lines import Before, Line, Stored, as_json, from_json, prepare
from services.profile_content import empty_content
from services.profiles import content_of, own_profile
from services.publications import works_of
from services.reading import Found, Unread

LASTS = timedelta(days=7)


@dataclass(frozen=True)
class Pending:
    """An import that waits: its lines by their numbers, and what could not be read."""

    kind: str
    lines: tuple[Line, ...]
    unread: tuple[Unread, ...]


def begin_import(session: Session, account_id: int, found: Found, now: datetime) -> None:
    """Keep what was read until its owner decides; what waited before gives way.

    Imports that nobody came back to are forgotten at the same time.
    """
    session.exec(delete(PendingImport).where(col(PendingImport.account_id) == account_id))
    forget_expired(session, now)
    lines = prepare(found, before(session, own_profile(session, account_id)))
    row = PendingImport(
        account_id=account_id,
        kind=found.kind,
        lines=[as_json(line) for line in lines],
        unread=[asdict(one) for one in found.unread],
        created_at=now,
        expires_at=now + LASTS,
    )
    session.add(row)
    session.flush()


def find_import(session: Session, account_id: int, now: datetime) -> Pending | None:
    """Give the account's import that waits."""
    row = _row(session, account_id, now)
    if row is None:
        return None
    unread = tuple(Unread(**one) for one in row.unread)
    return Pending(row.kind, tuple(from_json(line) for line in row.lines), unread)


def change_lines(
    session: Session, account_id: int, changes: Mapping[int, Line], now: datetime
) -> None:
    """Keep what the owner made of some lines, by their numbers.

    Raises
    ------
    NotFound
        When the import was saved or discarded in another tab, or has expired.
    """
    row = _row(session, account_id, now)
    if row is None:
        raise NotFound("this import no longer waits; begin it again")
    lines = list(row.lines)
    for number, line in changes.items():
        lines[number] = as_json(line)
    row.lines = lines
    session.flush()


def discard_import(session: Session, account_id: int) -> None:
    """Forget the account's import; nothing of it was saved."""
    session.exec(delete(PendingImport).where(col(PendingImport.account_id) == account_id))


def forget_expired(session: Session, now: datetime) -> None:
    """Delete the imports that nobody came back to."""
    session.exec(delete(PendingImport).where(col(PendingImport.expires_at) <= now))


def before(session: Session, profile: Profile | None) -> Before:
    """Read what a profile says before an import, in a few queries."""
    if profile is None:
        return Before(empty_content(), (), {})
    query = select(ImportedWork.key, ImportedWork.publication_id).where(
        ImportedWork.profile_id == profile.id
    )
    stored = [Stored(row.id, _record(row)) for row in works_of(session, profile.id)]
    return Before(content_of(session, profile), stored, dict(session.exec(query).all()))


def remember(session: Session, profile_id: int, became: Mapping[str, int | None]) -> None:
    """Note what imported works became: a publication's id by mark, None for a dropped one."""
    query = select(ImportedWork).where(ImportedWork.profile_id == profile_id)
    known = {row.key: row for row in session.exec(query)}
    for key, publication_id in became.items():
        row = known.get(key)
        if row is None:
            row = ImportedWork(profile_id=profile_id, key=key)
            session.add(row)
        row.publication_id = publication_id
    session.flush()


def _row(session: Session, account_id: int, now: datetime) -> PendingImport | None:
    query = select(PendingImport).where(
        PendingImport.account_id == account_id, PendingImport.expires_at > now
    )
    return session.exec(query).first()


def _record(row: Publication) -> WorkRecord:
    return WorkRecord(
        title=row.title,
        abstract=row.abstract,
        authors=_names(row.authors),
        year=row.year,
        doi=row.doi,
        venue=row.venue,
        weight=row.weight,
    )


def _names(names: Sequence[object]) -> tuple[str, ...]:
    return tuple(str(name) for name in names)
