"""What keeps a programme from being written: its own hours, the forum's dates, meetings to come."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlmodel import Session, col, select

from matchmaking.errors import BadInput
from matchmaking.free_time import Span
from models import Edition, Meeting
from services.meeting_rules import ACCEPTED, PROPOSED
from services.programme import halves_of, read_programme
from services.programme_editing import ProgrammeRefused

_LONGEST_DAYS = 14
_MOST_SLOTS = 500


def check_programme(
    session: Session, edition: Edition, wish: dict[str, Any], now: datetime
) -> None:
    """Refuse a programme that cannot be, or that would take the place of meetings to come.

    Raises
    ------
    ProgrammeRefused
        ``overlap``, ``outside`` the forum's dates, ``too-long``, ``no-slot``, or ``meetings``
        that stand in slots or at tables which would no longer be there.
    """
    try:
        halves = sorted(halves_of(wish))
        programme = read_programme(wish)
    except (BadInput, ValueError) as error:
        raise ProgrammeRefused("no-slot") from error
    if any(one.overlaps(other) for one, other in pairwise(halves)):
        raise ProgrammeRefused("overlap")
    if any(one.start < edition.starts_at or one.end > edition.ends_at for one in halves):
        raise ProgrammeRefused("outside")
    if halves and halves[-1].end - halves[0].start > timedelta(days=_LONGEST_DAYS):
        raise ProgrammeRefused("too-long")
    if halves and not programme.slots:
        raise ProgrammeRefused("no-slot")
    if len(programme.slots) > _MOST_SLOTS:
        raise ProgrammeRefused("too-long")
    _keep_meetings(session, edition, wish, now)


def renew_links(session: Session, edition: Edition, now: datetime) -> None:
    """Give meetings to come the address of the online room that their table is now."""
    programme = read_programme(edition.programme)
    query = select(Meeting).where(
        Meeting.edition_id == edition.id,
        Meeting.state == ACCEPTED,
        col(Meeting.starts_at) > now,
        col(Meeting.table_number).is_not(None),
    )
    for meeting in session.exec(query):
        link = programme.link_at(meeting.table_number)
        if link != meeting.link:
            meeting.link, meeting.changed_at = link, now
            meeting.sequence += 1
    session.flush()


def _keep_meetings(session: Session, edition: Edition, wish: dict[str, Any], now: datetime) -> None:
    programme, before = read_programme(wish), read_programme(edition.programme)
    slots, old = set(programme.slots), set(before.slots)
    query = select(Meeting.starts_at, Meeting.ends_at, Meeting.table_number).where(
        Meeting.edition_id == edition.id,
        col(Meeting.state).in_((PROPOSED, ACCEPTED)),
        col(Meeting.starts_at) > now,
    )
    lost = 0
    for start, end, table in session.exec(query):
        slot = Span(start, end)
        without_slot = slot in old and slot not in slots
        without_table = table is not None and (programme.tables or 0) < table
        lost += without_slot or without_table
    if lost:
        raise ProgrammeRefused("meetings", lost)
