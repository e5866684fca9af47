"""Who gets a place in an edition, and who waits for one: the one decision on it.

A place is a ``Participation``; whoever waits has a ``WaitingPlace`` and nothing else, so that what
reads participations, lists and rounds among it, can never hold them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, delete, func, insert
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models import Edition, EditionCountry, Participation, Profile, WaitingPlace
from models.edition import SIDES
from services import audit
from services.audit import Subject
from services.mail import Letter, Write, post
from services.meeting_letters import account_of

FILLED_IN = ("draft", "open", "closed")
"""States in which whoever is next moves up by themselves; after that an organiser decides."""


@dataclass
class FreePlaces:
    """How many more people each side of an edition takes; None is any number.

    A side on which somebody waits takes nobody else: whoever came first is next.
    """

    left: int | None = None
    right: int | None = None

    def take(self, side: str | None) -> bool:
        """Take a place on a side, if it has one."""
        free = self.left if side == "left" else self.right if side == "right" else None
        if free is None:
            return True
        if free <= 0:
            return False
        setattr(self, side or "", free - 1)
        return True


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody waits, and how many on their side are before them."""

    since: datetime
    before: int


def capacity_of(edition: Edition, side: str) -> int | None:
    """Tell how many people a side takes."""
    return edition.capacity_left if side == "left" else edition.capacity_right


def free_places(session: Session, edition: Edition) -> FreePlaces:
    """Count what is free for whoever comes now; nothing is where somebody waits."""
    free = _unfilled(session, edition)
    waiting = _counts(session, edition.id, WaitingPlace)
    for side in SIDES:
        if waiting[side] and free[side] is not None:
            free[side] = 0
    return FreePlaces(free["left"], free["right"])


def give_places(
    session: Session, edition: Edition, profile_ids: Sequence[int], now: datetime
) -> list[int]:
    """Give people places in their order, or let them wait; who is in already stays as they are.

    Returns
    -------
    list[int]
        Who waits from now on.
    """
    if not profile_ids:
        return []
    # Two people at once must not both get the last place.
    session.exec(select(Edition.id).where(Edition.id == edition.id).with_for_update()).one()
    free = free_places(session, edition)
    known = who_is_in(session, edition.id, profile_ids)
    sides = _sides(session, edition.id, profile_ids)
    new = [one for one in dict.fromkeys(profile_ids) if one not in known]
    given = [one for one in new if free.take(sides.get(one))]
    waiting = [one for one in new if one not in set(given)]
    row = {"edition_id": edition.id}
    if given:
        joined = {**row, "joined_at": now}
        session.execute(insert(Participation), [{**joined, "profile_id": one} for one in given])
    if waiting:
        came = {**row, "since": now}
        session.execute(insert(WaitingPlace), [{**came, "profile_id": one} for one in waiting])
    return waiting


def who_is_in(session: Session, edition_id: int, profile_ids: Sequence[int]) -> set[int]:
    """Find which of some people have a place in an edition or wait for one; two queries."""
    found: set[int] = set()
    for table in (Participation, WaitingPlace):
        query = select(table.profile_id).where(
            table.edition_id == edition_id, col(table.profile_id).in_(profile_ids)
        )
        found |= set(session.exec(query))
    return found


def waiting_of(session: Session, edition: Edition, profile_id: int) -> Waiting | None:
    """Tell since when somebody waits for a place, and behind how many; None when they do not."""
    mine = session.exec(
        select(WaitingPlace).where(
            WaitingPlace.edition_id == edition.id, WaitingPlace.profile_id == profile_id
        )
    ).first()
    if mine is None:
        return None
    side = _sides(session, edition.id, [profile_id]).get(profile_id)
    before = _queue(edition.id, side).where(col(WaitingPlace.id) < mine.id)
    return Waiting(mine.since, len(session.exec(before).all()))


def stop_waiting(session: Session, edition_id: int, profile_ids: Sequence[int]) -> bool:
    """Take people off the waiting list; tells whether any of them was on it."""
    gone = session.execute(
        delete(WaitingPlace).where(
            col(WaitingPlace.edition_id) == edition_id,
            col(WaitingPlace.profile_id).in_(profile_ids),
        )
    )
    return bool(gone.rowcount)  # type: ignore[attr-defined] # a DELETE gives a CursorResult


def fill_places(session: Session, edition: Edition, write: Write, now: datetime) -> list[int]:
    """Let whoever is next have what is free, and tell them; returns who moved up.

    Only while nothing hangs on who takes part: later an organiser admits people by name.
    """
    if edition.state not in FILLED_IN or edition.ends_at <= now:
        return []
    session.exec(select(Edition.id).where(Edition.id == edition.id).with_for_update()).one()
    next_ones: list[int] = []
    for side, free in _unfilled(session, edition).items():
        queue = _queue(edition.id, side)
        next_ones += session.exec(queue if free is None else queue.limit(max(0, free)))
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


def _unfilled(session: Session, edition: Edition) -> dict[str, int | None]:
    taken = _counts(session, edition.id, Participation)
    capacities = {side: capacity_of(edition, side) for side in SIDES}
    return {
        side: None if most is None else max(0, most - taken[side])
        for side, most in capacities.items()
    }


def _counts(
    session: Session, edition_id: int, table: type[Participation | WaitingPlace]
) -> dict[str, int]:
    query = (
        select(EditionCountry.side, func.count())
        .join(Profile, col(Profile.country) == EditionCountry.country)
        .join(table, col(table.profile_id) == Profile.id)
        .where(EditionCountry.edition_id == edition_id, col(table.edition_id) == edition_id)
        .group_by(EditionCountry.side)
    )
    return dict.fromkeys(SIDES, 0) | dict(session.exec(query).all())


def _queue(edition_id: int, side: str | None) -> SelectOfScalar[int]:
    """Make the query for who waits on a side, whoever is next first."""
    on_side = and_(
        col(EditionCountry.country) == Profile.country,
        col(EditionCountry.edition_id) == edition_id,
    )
    return (
        select(WaitingPlace.profile_id)
        .join(Profile, col(Profile.id) == WaitingPlace.profile_id)
        .join(EditionCountry, on_side)
        .where(WaitingPlace.edition_id == edition_id, EditionCountry.side == side)
        .order_by(col(WaitingPlace.id))
    )


def _sides(session: Session, edition_id: int, profile_ids: Sequence[int]) -> dict[int, str]:
    query = (
        select(Profile.id, EditionCountry.side)
        .join(EditionCountry, col(EditionCountry.country) == Profile.country)
        .where(EditionCountry.edition_id == edition_id, col(Profile.id).in_(profile_ids))
    )
    return dict(session.exec(query).all())
