"""Inviting imported people by mail: to one, to some, or to all who were not yet.

An organiser asks; the worker writes the letters (services/invitation_letters.py).
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, update
from sqlmodel import Session, col, select

from models import Edition, Participation, Profile
from services import audit
from services.audit import Subject

_NAMED_IN_LOG = 200
_CHUNK = 500


def may_be_invited() -> tuple[ColumnElement[bool], ...]:
    """Make the conditions that somebody with a place can be invited and was not yet."""
    return (
        col(Profile.account_id).is_(None),
        col(Profile.confirmed_at).is_(None),
        col(Profile.email) != "",
        col(Participation.invite_asked_at).is_(None),
    )


def uninvited(session: Session, edition_id: int) -> int:
    """Count whom an invitation to all would reach; one query."""
    query = (
        select(func.count())
        .select_from(Participation)
        .join(Profile, col(Profile.id) == Participation.profile_id)
        .where(Participation.edition_id == edition_id, *may_be_invited())
    )
    return session.exec(query).one()


def invite(
    session: Session,
    edition: Edition,
    now: datetime,
    *,
    profile_ids: Sequence[int] | None = None,
    actor_id: int | None = None,
) -> int:
    """Have people invited: some, or all who were not yet. Wake the registrants' worker.

    Passed over are those who have an account, no address, or were invited before.

    Returns
    -------
    int
        How many letters will go out.
    """
    query = (
        select(Participation.id, Participation.profile_id)
        .join(Profile, col(Profile.id) == Participation.profile_id)
        .where(Participation.edition_id == edition.id, *may_be_invited())
    )
    if profile_ids is not None:
        query = query.where(col(Profile.id).in_(profile_ids))
    found = session.exec(query.order_by(col(Participation.id))).all()
    if not found:
        return 0
    every = [place for place, _ in found]
    for start in range(0, len(every), _CHUNK):
        some = col(Participation.id).in_(every[start : start + _CHUNK])
        session.execute(update(Participation).where(some).values(invite_asked_at=now))
    after: dict[str, object] = {"count": len(found)}
    if len(found) <= _NAMED_IN_LOG:
        after["profiles"] = [person for _, person in found]
    subject = Subject("registrant", found[0][1] if len(found) == 1 else None)
    audit.record(session, edition.id, "invited", subject, now, actor_id=actor_id, after=after)
    return len(found)
