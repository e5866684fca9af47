"""The publications of one's own profile, by hand."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from models import Profile, Publication
from services.encoding import write_passages
from services.errors import NotFound, ServiceError
from services.imports_works import WORKS_LIMIT, WorkRecord
from services.profiles import touch

_FIELD = "publications"


class TooManyWorks(ServiceError):
    """A profile holds a bounded number of publications."""

    code = "too-many-works"


def works_of(session: Session, profile_id: int) -> Sequence[Publication]:
    """List a profile's publications in their order."""
    query = select(Publication).where(Publication.profile_id == profile_id)
    return session.exec(query.order_by(col(Publication.position))).all()


def find_work(session: Session, profile: Profile, work_id: int) -> Publication:
    """Find one of the profile's own publications.

    Raises
    ------
    NotFound
        Also when it is somebody else's.
    """
    row = session.get(Publication, work_id)
    if row is None or row.profile_id != profile.id:
        raise NotFound("this publication is no longer in the profile")
    return row


def add_work(session: Session, profile: Profile, work: WorkRecord, now: datetime) -> bool:
    """Put a publication first; tell whether the worker has something new to read.

    Raises
    ------
    TooManyWorks
    """
    known = works_of(session, profile.id)
    if len(known) >= WORKS_LIMIT:
        raise TooManyWorks(f"a profile holds {WORKS_LIMIT} publications: remove some first")
    for position, row in enumerate(known, start=1):
        row.position = position
    session.add(Publication(profile_id=profile.id, position=0, **_columns(work)))
    return _changed(session, profile, now)


def change_work(
    session: Session, profile: Profile, row: Publication, work: WorkRecord, now: datetime
) -> bool:
    """Change a publication; tell whether the worker has something new to read."""
    for name, value in _columns(work).items():
        setattr(row, name, value)
    return _changed(session, profile, now)


def weigh_work(
    session: Session, profile: Profile, row: Publication, weight: float, now: datetime
) -> bool:
    """Let a publication count more or less; tell whether the worker has something to read."""
    row.weight = weight
    return _changed(session, profile, now)


def remove_work(session: Session, profile: Profile, row: Publication, now: datetime) -> bool:
    """Remove a publication; tell whether the worker has something new to read."""
    session.delete(row)
    session.flush()
    for position, other in enumerate(works_of(session, profile.id)):
        other.position = position
    return _changed(session, profile, now)


def _columns(work: WorkRecord) -> dict[str, Any]:
    return {**asdict(work), "authors": list(work.authors)}


def _changed(session: Session, profile: Profile, now: datetime) -> bool:
    touch(profile, {_FIELD}, now)
    session.flush()
    return write_passages(session, profile)
