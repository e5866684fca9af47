"""Looking for registrants who may be in twice; the worker does it, beside everybody else."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, or_
from sqlalchemy import select as select_columns
from sqlalchemy.orm import load_only
from sqlmodel import Session, col, select

from matchmaking.duplicates import Registered, Twice, find_twice
from models import Duplicate, Edition, Profile
from models.database import SessionMaker
from services.editions import OVER
from services.registrants_query import places

_READ = (
    "name",
    "name_native",
    "email",
    "orcid",
    "organisation_name",
    "organisation_id",
)


def look_for_duplicates(sessions: SessionMaker, now: datetime) -> int:
    """Look through every edition whose people changed since the last look; returns how many.

    Comparing holds no lock: what changes meanwhile is seen at the next look.
    """
    looked = 0
    with sessions() as session:
        running = select(Edition.id).where(Edition.state != OVER).order_by(col(Edition.id))
        editions = list(session.exec(running))
        session.commit()
    for edition_id in editions:
        with sessions() as session:
            stamp, people = _changed_people(session, edition_id)
            session.commit()
        if people is None:
            continue
        found = find_twice(people)
        with sessions() as session:
            edition = session.get(Edition, edition_id)
            if edition is not None:
                _write(session, edition, found, now)
                edition.people_stamp = stamp
            session.commit()
        looked += 1
    return looked


def _changed_people(session: Session, edition_id: int) -> tuple[str, list[Registered] | None]:
    place = places(edition_id)
    joined = select_columns(
        func.count(), func.max(place.c.number), func.max(Profile.updated_at)
    ).join(place, place.c.profile_id == Profile.id)
    count, latest, updated = session.execute(joined).one()
    moment = updated.isoformat() if isinstance(updated, datetime) else str(updated)
    stamp = f"{count}:{latest}:{moment}"[:80]
    if stamp == session.exec(select(Edition.people_stamp).where(Edition.id == edition_id)).first():
        return stamp, None
    query = (
        select(Profile)
        .options(load_only(*(getattr(Profile, name) for name in _READ)))
        .join(place, place.c.profile_id == Profile.id)
    )
    return stamp, [_registered(row) for row in session.exec(query)]


def _registered(row: Profile) -> Registered:
    return Registered(
        id=row.id,
        names=(row.name, row.name_native),
        email=row.email,
        orcid=row.orcid or "",
        organisation=row.organisation_name,
        organisation_id=row.organisation_id,
    )


def _write(session: Session, edition: Edition, found: Sequence[Twice], now: datetime) -> None:
    """Add what is new, drop what is no longer so, and leave alone what somebody decided on."""
    here = col(Duplicate.edition_id) == edition.id
    told = or_(here, col(Duplicate.declined_at).is_not(None))
    rows = session.exec(select(Duplicate).where(told)).all()
    declined = {(row.one_id, row.other_id) for row in rows if row.declined_at is not None}
    open_rows = {(row.one_id, row.other_id): row for row in rows if row.declined_at is None}
    wanted = {(two.one, two.other): two.reason for two in found}
    gone = [row.id for pair, row in open_rows.items() if pair not in wanted]
    session.execute(delete(Duplicate).where(col(Duplicate.id).in_(gone)))
    there = set(
        session.exec(
            select(Profile.id).where(col(Profile.id).in_({one for pair in wanted for one in pair}))
        )
    )
    for (one, other), reason in wanted.items():
        if (one, other) in declined or not {one, other} <= there:
            continue
        row = open_rows.get((one, other))
        if row is not None:
            row.reason = reason
            continue
        pair: dict[str, Any] = {"edition_id": edition.id, "one_id": one, "other_id": other}
        session.add(Duplicate(**pair, reason=reason, found_at=now))
    session.flush()
