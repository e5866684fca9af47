"""From the waiting list to a place: by itself while that is open, or by an organiser's word."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert
from sqlmodel import Session, col, select

from models import Edition, Participation, WaitingPlace
from services import audit
from services.audit import Subject
from services.mail import Letter, Write, post
from services.meeting_letters import account_of
from services.places_free import queue, unfilled
from services.waiting_list import stop_waiting

FILLED_IN = ("draft", "open", "closed")
"""States in which whoever is next moves up by themselves; after that an organiser decides."""


def fill_places(session: Session, edition: Edition, write: Write, now: datetime) -> list[int]:
    """Let whoever is next have what is free, and tell them; returns who moved up.

    Only while nothing hangs on who takes part: later an organiser admits people by name.
    """
    if edition.state not in FILLED_IN or edition.ends_at <= now:
        return []
    session.exec(select(Edition.id).where(Edition.id == edition.id).with_for_update()).one()
    next_ones: list[int] = []
    for side, free in unfilled(session, edition).items():
        waiting = queue(edition.id, side)
        next_ones += session.exec(waiting if free is None else waiting.limit(free))
    return admit(session, edition, next_ones, write, now)


def admit(
    session: Session,
    edition: Edition,
    profile_ids: Sequence[int],
    write: Write,
    now: datetime,
    *,
    actor_id: int | None = None,
) -> list[int]:
    """Give people who wait a place each, whatever the capacity is, and tell those with an account.

    Whoever was imported hears of it by the invitation, when an organiser sends that.

    Returns
    -------
    list[int]
        Who had been waiting.
    """
    query = select(WaitingPlace.profile_id).where(
        WaitingPlace.edition_id == edition.id, col(WaitingPlace.profile_id).in_(profile_ids)
    )
    found = list(session.exec(query.order_by(col(WaitingPlace.id))))
    stop_waiting(session, edition.id, found)
    if found:
        row = {"edition_id": edition.id, "joined_at": now}
        session.execute(insert(Participation), [{**row, "profile_id": one} for one in found])
    for profile_id in found:
        subject = Subject("registrant", profile_id)
        audit.record(session, edition.id, "admitted", subject, now, actor_id=actor_id)
        _tell(session, edition, profile_id, write, now)
    return found


def editions_waited_for(session: Session) -> Sequence[Edition]:
    """List the editions in which somebody waits and may move up."""
    waited = select(WaitingPlace.edition_id)
    query = select(Edition).where(col(Edition.id).in_(waited), col(Edition.state).in_(FILLED_IN))
    return session.exec(query.order_by(col(Edition.id))).all()


def _tell(session: Session, edition: Edition, profile_id: int, write: Write, now: datetime) -> None:
    account = account_of(session, profile_id)
    if account is None:
        return
    letter = Letter(
        kind="place-given",
        event=f"place-given:{edition.id}:{profile_id}:{now.timestamp():.0f}",
        recipient=account.email,
        account_id=account.id,
        language=account.language,
        facts={"name_en": edition.name_en, "name_ko": edition.name_ko},
        place={"slug": edition.slug},
    )
    post(session, write, letter, now)
