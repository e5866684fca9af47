"""Meetings and sessions as a calendar needs them: what, when, where, and which version it is."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class MeetingEntry:
    """One meeting in the calendar of one of the two.

    Parameters
    ----------
    uid, sequence
        Name the meeting and its version, as iCalendar (RFC 5545) means them.
    zones
        Of the left and the right side.
    board
        For organisers: the slug of the edition on whose board it stands. ``partner`` names both
        people then.
    tentative
        It is not agreed yet.
    """

    meeting_id: int
    uid: str
    sequence: int
    start: datetime
    end: datetime
    cancelled: bool
    changed_at: datetime
    partner: str
    table: int | None
    link: str
    zones: tuple[str, str]
    board: str = ""
    tentative: bool = False


@dataclass(frozen=True, slots=True)
class SessionEntry:
    """One session beside the meetings; the fields it shares with a meeting mean the same."""

    session_id: int
    uid: str
    sequence: int
    start: datetime
    end: datetime
    cancelled: bool
    changed_at: datetime
    title_en: str
    title_ko: str
    place: str
    link: str
    zones: tuple[str, str]
