"""Joining an edition, and leaving it until the deadline."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from models import Account, AccountRole, Edition, Participation, Profile, Publication
from services.consents import missing as missing_consents
from services.editions import is_open, sides
from services.errors import NotFound, ServiceError
from services.places import give_places
from services.profiles import USUAL_VISIBILITY, publish
from services.waiting_list import stop_waiting


class NotOpen(ServiceError):
    """People cannot join or leave at this moment; ``closed`` tells whether it is too late."""

    code = "edition-not-open"

    def __init__(self, edition: Edition, now: datetime) -> None:
        super().__init__(f"{edition.slug} is not open for joining or leaving")
        self.closed = edition.state not in ("draft", "open") or now >= edition.closes_at


class NotReady(ServiceError):
    """A profile lacks what an edition needs; ``missing`` holds the codes."""

    code = "profile-not-ready"

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(f"the profile lacks {', '.join(missing)}")
        self.missing = missing


class NotConsented(ServiceError):
    """Somebody has not consented to what taking part needs; ``missing`` holds the purposes."""

    code = "not-consented"

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(f"taking part needs the consent to: {', '.join(missing)}")
        self.missing = missing


def missing_for(session: Session, edition: Edition, profile: Profile | None) -> tuple[str, ...]:
    """List what a profile lacks to join: name, country, side or research.

    A publication that counts says what somebody works on as well as a text does.
    """
    if profile is None:
        return ("name", "country", "research")
    missing = []
    if not profile.name:
        missing.append("name")
    if not profile.country:
        missing.append("country")
    elif profile.country not in sides(session, edition.id):
        missing.append("side")
    if not profile.research and not _has_work(session, profile.id):
        missing.append("research")
    return tuple(missing)


def _has_work(session: Session, profile_id: int) -> bool:
    query = select(Publication.id).where(
        Publication.profile_id == profile_id, col(Publication.weight) > 0
    )
    return session.exec(query.limit(1)).first() is not None


def participates(session: Session, edition_id: int, profile_id: int | None) -> bool:
    """Tell whether a person takes part."""
    query = select(Participation.id).where(
        Participation.edition_id == edition_id, Participation.profile_id == profile_id
    )
    return session.exec(query).first() is not None


def join(session: Session, edition: Edition, profile: Profile, now: datetime) -> bool:
    """Let a person take part, and show their profile to the others if it was not shown yet.

    Joining twice is joining once.

    Returns
    -------
    bool
        Whether they have a place; False when their side is full and they wait for one.

    Raises
    ------
    NotOpen, NotReady
    NotConsented
        When somebody with an account has not consented to being compared, or to the transfer to
        the other side.
    """
    if not is_open(edition, now):
        raise NotOpen(edition, now)
    missing = missing_for(session, edition, profile)
    if missing:
        raise NotReady(missing)
    refused = missing_consents(session, profile.account_id) if profile.account_id else ()
    if refused:
        raise NotConsented(refused)
    if profile.published_at is None:
        publish(session, profile, USUAL_VISIBILITY, now)
    give_places(session, edition, [profile.id], now)
    return participates(session, edition.id, profile.id)


def agree(session: Session, edition: Edition, profile: Profile, now: datetime) -> None:
    """Let somebody who takes part already be found and paired, when they have agreed to it.

    Raises
    ------
    NotFound
        When they do not take part.
    NotConsented
    """
    if not participates(session, edition.id, profile.id):
        raise NotFound(f"{edition.slug} has no such participant; join it first")
    refused = missing_consents(session, profile.account_id) if profile.account_id else ()
    if refused:
        raise NotConsented(refused)
    if profile.published_at is None:
        publish(session, profile, USUAL_VISIBILITY, now)


def leave(session: Session, edition: Edition, profile: Profile, now: datetime) -> None:
    """Take a person out of an edition, or off its waiting list. Wake the registrants' worker.

    Raises
    ------
    NotOpen
        After the deadline: others count on the meetings. Who only waits may always go.
    """
    if stop_waiting(session, edition.id, [profile.id]):
        return
    if not is_open(edition, now):
        raise NotOpen(edition, now)
    session.execute(
        delete(Participation).where(
            col(Participation.edition_id) == edition.id,
            col(Participation.profile_id) == profile.id,
        )
    )


def organiser_names(session: Session, edition_id: int) -> list[str]:
    """Name the organisers of this edition who have a profile with a name."""
    query = (
        select(Profile.name)
        .join(Account, col(Account.id) == Profile.account_id)
        .join(AccountRole, col(AccountRole.account_id) == Account.id)
        .where(AccountRole.edition_id == edition_id, Profile.name != "")
        .order_by(Profile.name)
    )
    return list(session.exec(query))
