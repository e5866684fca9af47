"""Registrants who may be in twice: found by the worker, looked at by an organiser."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from models import Duplicate, Profile
from services import audit
from services.audit import Subject
from services.errors import NotFound

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two registrants side by side, and why they may be one."""

    row: Duplicate
    one: Profile
    other: Profile


def proposals(session: Session, edition_id: int) -> tuple[Sequence[Proposal], int]:
    """List the first proposals that nobody has decided on, and count all; three queries."""
    here = col(Duplicate.edition_id) == edition_id, col(Duplicate.declined_at).is_(None)
    total = session.exec(select(func.count()).select_from(Duplicate).where(*here)).one()
    query = select(Duplicate).where(*here).order_by(col(Duplicate.id)).limit(PAGE_SIZE)
    rows = session.exec(query).all()
    ids = {one for row in rows for one in (row.one_id, row.other_id)}
    people = {one.id: one for one in session.exec(select(Profile).where(col(Profile.id).in_(ids)))}
    return [Proposal(row, people[row.one_id], people[row.other_id]) for row in rows], total


def find_proposal(session: Session, edition_id: int, number: int) -> Proposal:
    """Find a proposal of this edition that nobody has decided on.

    Raises
    ------
    NotFound
    """
    row = session.get(Duplicate, number)
    if row is None or row.edition_id != edition_id or row.declined_at is not None:
        raise NotFound("somebody decided on these two already")
    one, other = session.get_one(Profile, row.one_id), session.get_one(Profile, row.other_id)
    return Proposal(row, one, other)


def decline(session: Session, proposal: Proposal, now: datetime, *, actor_id: int | None) -> None:
    """Note that the two are two people; they are not proposed again, in no edition."""
    row = proposal.row
    row.declined_at, row.declined_by = now, actor_id
    audit.record(
        session,
        row.edition_id,
        "told-apart",
        Subject("registrant", row.one_id),
        now,
        actor_id=actor_id,
        after={"other": row.other_id},
    )
