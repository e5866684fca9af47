"""Somebody's meetings as entries of a calendar."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel import Session, col, or_, select

from models import Edition, Meeting
from services.calendar_entry import MeetingEntry
from services.meeting_rules import ACCEPTED, CANCELLED, partner_id
from services.people import person_lines
from services.roles import Roles
from services.visibility import Viewer

# How long a calendar that looks rarely can still learn of a meeting.
_KEPT = timedelta(days=90)


def entry_of(session: Session, meeting: Meeting, profile_id: int) -> MeetingEntry:
    """Read a meeting for the calendar of one of the two."""
    edition = session.get_one(Edition, meeting.edition_id)
    return _entries(session, [(meeting, edition)], profile_id)[0]


def entries_of(session: Session, profile_id: int, now: datetime) -> list[MeetingEntry]:
    """Read somebody's agreed and cancelled meetings of late and to come; two queries.

    A proposal that was never agreed and then withdrawn was in no calendar, and is not in it.
    """
    agreed = (col(Meeting.left_agrees)) & (col(Meeting.right_agrees))
    query = (
        select(Meeting, Edition)
        .join(Edition)
        .where(
            or_(col(Meeting.left_id) == profile_id, col(Meeting.right_id) == profile_id),
            col(Meeting.state).in_((ACCEPTED, CANCELLED)),
            agreed,
            col(Meeting.ends_at) > now - _KEPT,
        )
        .order_by(col(Meeting.starts_at), col(Meeting.id))
    )
    return _entries(session, session.exec(query).all(), profile_id)


def _entries(
    session: Session, rows: Iterable[tuple[Meeting, Edition]], profile_id: int
) -> list[MeetingEntry]:
    found = list(rows)
    people = person_lines(
        session,
        [partner_id(row, profile_id) for row, _edition in found],
        Viewer(profile_id, Roles()),
    )
    return [
        MeetingEntry(
            meeting_id=row.id,
            uid=row.uid,
            sequence=row.sequence,
            start=row.starts_at,
            end=row.ends_at,
            cancelled=row.state == CANCELLED,
            changed_at=row.changed_at,
            partner=people[partner_id(row, profile_id)].name,
            table=row.table_number,
            link=row.link,
            zones=(edition.left_zone, edition.right_zone),
        )
        for row, edition in found
    ]
