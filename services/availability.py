"""When participants are free: entered once, and used for every meeting of an edition."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from matchmaking.free_time import FreeTime, Span
from models import Availability, Edition, Participation
from services.errors import NotFound, ServiceError
from services.programme import programme_of

BUSY, FREE = "busy", "free"
_MOST_WINDOWS = 100
_LONGEST = timedelta(hours=12)
_FURTHEST = timedelta(days=366)


class BadWindow(ServiceError):
    """A window that cannot be added; ``reason`` is past, too-far, too-long, too-short, too-many."""

    code = "bad-window"

    def __init__(self, reason: str) -> None:
        super().__init__(f"this time cannot be added: it is {reason}")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Window:
    """A time that somebody added, outside of the programme."""

    id: int
    span: Span


@dataclass(frozen=True, slots=True)
class Entered:
    """What somebody entered: the slots in which they are busy, and their own windows to come."""

    busy: frozenset[datetime]
    windows: tuple[Window, ...]


def participation_of(session: Session, edition_id: int, profile_id: int) -> Participation:
    """Find somebody's place in an edition.

    Raises
    ------
    NotFound
        When they take no part.
    """
    query = select(Participation).where(
        Participation.edition_id == edition_id, Participation.profile_id == profile_id
    )
    found = session.exec(query).first()
    if found is None:
        raise NotFound("only participants say when they are free; join the edition first")
    return found


def entered(session: Session, participation_id: int, now: datetime) -> Entered:
    """Read what somebody entered."""
    rows = _rows(session, participation_id)
    return Entered(
        frozenset(row.starts_at for row in rows if row.kind == BUSY),
        tuple(Window(row.id, _span(row)) for row in rows if row.kind == FREE and row.ends_at > now),
    )


def set_free_slots(
    session: Session,
    edition: Edition,
    participation_id: int,
    free: Collection[datetime],
    now: datetime,
) -> None:
    """Say in which slots of the programme somebody is free, by their starts; busy in the others.

    Slots that have begun stay as they are.
    """
    ahead = [slot for slot in programme_of(edition).slots if slot.start > now]
    session.execute(
        delete(Availability).where(
            col(Availability.participation_id) == participation_id,
            col(Availability.kind) == BUSY,
            col(Availability.starts_at) > now,
        )
    )
    _add(session, participation_id, BUSY, (slot for slot in ahead if slot.start not in free))


def add_windows(
    session: Session, edition: Edition, participation_id: int, spans: Iterable[Span], now: datetime
) -> None:
    """Add times in which somebody can meet online; one that starts when another does replaces it.

    Raises
    ------
    BadWindow
        When one is over, more than a year ahead, longer than 12 hours, or too short to meet in;
        or when there are more than 100.
    """
    length = programme_of(edition).length
    given = {span.start: span for span in spans}
    for span in given.values():
        _check(span, length, now)
    own = {row.starts_at: row for row in _rows(session, participation_id) if row.kind == FREE}
    if len(own.keys() | given.keys()) > _MOST_WINDOWS:
        raise BadWindow("too-many")
    for start in own.keys() & given.keys():
        session.delete(own[start])
    session.flush()
    _add(session, participation_id, FREE, given.values())


def remove_window(session: Session, participation_id: int, window_id: int) -> None:
    """Take one of one's own windows back; one that is gone already stays gone."""
    session.execute(
        delete(Availability).where(
            col(Availability.id) == window_id,
            col(Availability.participation_id) == participation_id,
            col(Availability.kind) == FREE,
        )
    )


def free_times(
    session: Session, edition_id: int, profile_ids: Collection[int]
) -> dict[int, FreeTime]:
    """Read when people are free, by profile id, their meetings left aside; one query.

    Whoever takes no part is not in it.
    """
    query = (
        select(Participation.profile_id, Availability)
        .outerjoin(Availability, col(Availability.participation_id) == Participation.id)
        .where(
            Participation.edition_id == edition_id, col(Participation.profile_id).in_(profile_ids)
        )
    )
    found: dict[int, dict[str, list[Span]]] = defaultdict(lambda: {BUSY: [], FREE: []})
    for profile_id, row in session.exec(query):
        kinds = found[profile_id]
        if row is not None:
            kinds[row.kind].append(_span(row))
    return {
        profile_id: FreeTime(busy=tuple(sorted(kinds[BUSY])), windows=tuple(sorted(kinds[FREE])))
        for profile_id, kinds in found.items()
    }


def _check(span: Span, length: timedelta, now: datetime) -> None:
    wrong = {
        "past": span.end <= now,
        "too-far": span.end > now + _FURTHEST,
        "too-long": span.end - span.start > _LONGEST,
        "too-short": span.end - span.start < length,
    }
    for reason, holds in wrong.items():
        if holds:
            raise BadWindow(reason)


def _rows(session: Session, participation_id: int) -> list[Availability]:
    query = (
        select(Availability)
        .where(Availability.participation_id == participation_id)
        .order_by(col(Availability.starts_at))
    )
    return list(session.exec(query))


def _add(session: Session, participation_id: int, kind: str, spans: Iterable[Span]) -> None:
    for span in spans:
        row = Availability(
            participation_id=participation_id, kind=kind, starts_at=span.start, ends_at=span.end
        )
        session.add(row)
    session.flush()


def _span(row: Availability) -> Span:
    return Span(row.starts_at, row.ends_at)
