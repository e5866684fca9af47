"""How a person keeps time: their zone, the mails they want, the secret address of their feed."""

import secrets
from datetime import datetime
from hashlib import sha256
from zoneinfo import available_timezones

from sqlmodel import Session, col, select

from models import Calendar, Edition, EditionCountry, Participation, Profile
from services.errors import NotFound, ServiceError

_TOKEN_BYTES = 24


class UnknownZone(ServiceError):
    """A name that no time zone has."""

    code = "unknown-zone"


def calendar_of(session: Session, profile_id: int) -> Calendar:
    """Read how a person keeps time; whoever chose nothing gets what is usual, not yet stored."""
    return session.get(Calendar, profile_id) or Calendar(profile_id=profile_id)


def zone_of(session: Session, edition: Edition, profile_id: int, side: str) -> str:
    """Name the time zone of a person: the one they chose, or that of their side."""
    chosen = session.exec(select(Calendar.zone).where(Calendar.profile_id == profile_id)).first()
    return chosen or side_zone(edition, side)


def reading_zone(session: Session, profile_id: int) -> str:
    """Name the zone that a person reads times in, outside of any one edition.

    The one they chose; or that of their side in the latest edition they take part in; or UTC.
    """
    chosen = session.exec(select(Calendar.zone).where(Calendar.profile_id == profile_id)).first()
    if chosen:
        return chosen
    query = (
        select(Edition, EditionCountry.side)
        .join(Participation, col(Participation.edition_id) == Edition.id)
        .join(Profile, col(Profile.id) == Participation.profile_id)
        .join(EditionCountry, col(EditionCountry.edition_id) == Edition.id)
        .where(Profile.id == profile_id, EditionCountry.country == Profile.country)
        .order_by(col(Edition.starts_at).desc(), col(Edition.id).desc())
    )
    place = session.exec(query.limit(1)).first()
    return side_zone(*place) if place else "UTC"


def side_zone(edition: Edition, side: str) -> str:
    """Name the time zone of a side."""
    return edition.left_zone if side == "left" else edition.right_zone


def choose_zone(session: Session, profile_id: int, zone: str) -> None:
    """Remember the zone that a person reads times in; empty takes the choice back.

    Raises
    ------
    UnknownZone
    """
    if zone and zone not in available_timezones():
        raise UnknownZone(f"{zone!r} is no time zone; choose one of the list")
    _kept(session, profile_id).zone = zone
    session.flush()


def choose_mails(session: Session, profile_id: int, *, reminders: bool, follow_ups: bool) -> None:
    """Remember whether a person wants reminders, and to be asked later what came of meetings."""
    row = _kept(session, profile_id)
    row.reminders, row.follow_ups = reminders, follow_ups
    session.flush()


def renew_feed(session: Session, profile_id: int, now: datetime) -> str:
    """Make a new secret for the feed's address and give it, this once; the old one ends."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    row = _kept(session, profile_id)
    row.feed_hash, row.feed_renewed_at = _hashed(token), now
    session.flush()
    return token


def end_feed(session: Session, profile_id: int) -> None:
    """Close the feed: its address leads nowhere any more."""
    row = _kept(session, profile_id)
    row.feed_hash = row.feed_renewed_at = None
    session.flush()


def owner_of_feed(session: Session, token: str) -> Profile:
    """Find whose meetings a feed's address shows.

    Raises
    ------
    NotFound
    """
    query = select(Profile).join(Calendar).where(Calendar.feed_hash == _hashed(token))
    found = session.exec(query).first()
    if found is None:
        raise NotFound("no feed has this address; renew it under Meetings")
    return found


def _kept(session: Session, profile_id: int) -> Calendar:
    row = session.get(Calendar, profile_id)
    if row is None:
        row = Calendar(profile_id=profile_id)
        session.add(row)
    return row


def _hashed(token: str) -> str:
    # No salt: the token is random and long, and the row is found by its hash.
    return sha256(token.encode()).hexdigest()
