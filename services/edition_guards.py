"""What keeps an edition from a step, as codes; empty when nothing does."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from models import Edition, EditionCountry, EditionField, Round


def missing_to_open(session: Session, edition: Edition, now: datetime) -> tuple[str, ...]:
    """List what an edition lacks before people may join: name, dates, both sides, a field."""
    lacks = []
    if not edition.name_en.strip():
        lacks.append("no-name")
    if not edition.opens_at < edition.closes_at <= edition.starts_at < edition.ends_at:
        lacks.append("dates-out-of-order")
    elif edition.closes_at <= now:
        lacks.append("closing-passed")
    countries, fields = _counts(session, edition.id)
    if countries < 2:
        lacks.append("side-empty")
    if not fields:
        lacks.append("no-fields")
    return tuple(lacks)


def _counts(session: Session, edition_id: int) -> tuple[int, int]:
    sides = select(func.count(func.distinct(EditionCountry.side))).where(
        EditionCountry.edition_id == edition_id
    )
    fields = select(func.count()).where(EditionField.edition_id == edition_id)
    found = session.execute(select(sides.scalar_subquery(), fields.scalar_subquery())).one()
    return int(found[0]), int(found[1])


def free(_session: Session, _edition: Edition, _now: datetime) -> tuple[str, ...]:
    """Ask for nothing."""
    return ()


def closing_ahead(_session: Session, edition: Edition, now: datetime) -> tuple[str, ...]:
    """Ask that the closing date is still to come."""
    return () if edition.closes_at > now else ("closing-passed",)


def has_round(session: Session, edition: Edition, _now: datetime) -> tuple[str, ...]:
    """Ask for a finished round."""
    done = select(Round.id).where(Round.edition_id == edition.id, Round.state == "done").limit(1)
    return () if session.exec(done).first() is not None else ("no-finished-round",)


def has_published_round(session: Session, edition: Edition, _now: datetime) -> tuple[str, ...]:
    """Ask for a round that people see."""
    published = select(Round.id).where(
        Round.edition_id == edition.id,
        col(Round.published_at).is_not(None),
        col(Round.withdrawn_at).is_(None),
    )
    return () if session.exec(published.limit(1)).first() is not None else ("no-published-round",)


def has_ended(_session: Session, edition: Edition, now: datetime) -> tuple[str, ...]:
    """Ask that the forum has ended."""
    return () if edition.ends_at <= now else ("not-ended",)
