"""The version of what an index is built from: raised with every change, compared before every use.

``note_change`` belongs into the transaction that writes or removes vectors. On either database a
later version is never seen before an earlier one: SQLite has one writer at a time, and on
PostgreSQL the row of the counter stays locked until the writer commits.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models import IndexVersion, ProfileVectorState

_ONE_ROW = 1


@dataclass(frozen=True, slots=True)
class Change:
    """A profile whose vectors were written again, or that is gone."""

    profile_id: int
    gone: bool


def index_version(session: Session) -> int:
    """Read the version; 0 before the first change."""
    query = select(IndexVersion.version).where(IndexVersion.id == _ONE_ROW)
    return session.exec(query).first() or 0


def note_change(session: Session, profile_ids: Collection[int], *, gone: bool = False) -> int:
    """Raise the version and write down whose vectors changed in it.

    Parameters
    ----------
    profile_ids
        Whose vectors were written or removed in this transaction.
    gone
        Whether these profiles are being deleted.

    Returns
    -------
    The new version.
    """
    version = _raise(session)
    ids = sorted(set(profile_ids))
    known = set(_update_known(session, ids, version, gone=gone))
    session.add_all(
        ProfileVectorState(profile_id=one, version=version, gone=gone)
        for one in ids
        if one not in known
    )
    session.flush()
    return version


def changed_since(session: Session, version: int) -> tuple[Change, ...]:
    """List whose vectors changed after a version, in the order of the changes."""
    order = (col(ProfileVectorState.version), col(ProfileVectorState.profile_id))
    rows = session.exec(
        select(ProfileVectorState.profile_id, ProfileVectorState.gone)
        .where(ProfileVectorState.version > version)
        .order_by(*order)
    )
    return tuple(Change(profile_id, gone) for profile_id, gone in rows)


def _raise(session: Session) -> int:
    raised = (
        update(IndexVersion)
        .where(col(IndexVersion.id) == _ONE_ROW)
        .values(version=IndexVersion.version + 1)
        .returning(col(IndexVersion.version))
    )
    version = session.execute(raised).scalar()
    if version is None:
        _make_row(session)
        version = session.execute(raised).scalar_one()
    return int(version)


def _make_row(session: Session) -> None:
    try:
        with session.begin_nested():
            session.add(IndexVersion(id=_ONE_ROW))
    except IntegrityError:
        # Another process made it in the meantime; either way it is there now.
        return


def _update_known(session: Session, ids: list[int], version: int, *, gone: bool) -> tuple[int, ...]:
    """Set the version of those who have a row already; return whose rows these were."""
    known: list[int] = []
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        rows = session.exec(
            select(ProfileVectorState).where(col(ProfileVectorState.profile_id).in_(some))
        ).all()
        for row in rows:
            row.version, row.gone = version, gone
            known.append(row.profile_id)
    return tuple(known)
