"""The schedule on paper: what stands on the sheet of each person, table and day."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models import Edition, EditionSession, Meeting, Participation, SessionPlace
from services.board import BoardPerson, board_people, on_board
from services.meeting_rules import ACCEPTED, PLANNED
from services.session_times import COMING


@dataclass(frozen=True, slots=True)
class SheetMeeting:
    """A meeting as sheets tell it."""

    start: datetime
    end: datetime
    left: BoardPerson
    right: BoardPerson
    table: int | None
    agreed: bool

    def partner_of(self, profile_id: int) -> BoardPerson:
        """Tell whom somebody meets."""
        return self.right if self.left.id == profile_id else self.left


@dataclass(frozen=True, slots=True)
class PersonSheet:
    """What one person has: their meetings and sessions, in order."""

    person: BoardPerson
    meetings: tuple[SheetMeeting, ...]
    sessions: tuple[EditionSession, ...]


def people_with_sheets(session: Session, edition: Edition) -> list[int]:
    """List the participants who have a meeting or a session, by profile id."""
    meeting = _meetings(edition).subquery()
    guests = (
        select(SessionPlace.profile_id)
        .join(EditionSession)
        .where(EditionSession.edition_id == edition.id, SessionPlace.state == COMING)
    )
    query = (
        select(Participation.profile_id)
        .where(
            Participation.edition_id == edition.id,
            col(Participation.profile_id).in_(select(meeting.c.left_id))
            | col(Participation.profile_id).in_(select(meeting.c.right_id))
            | col(Participation.profile_id).in_(guests),
        )
        .order_by(col(Participation.profile_id))
    )
    return list(session.exec(query))


def person_sheets(
    session: Session, edition: Edition, profile_ids: Sequence[int]
) -> list[PersonSheet]:
    """Read the sheets of people, in the order of their names; three queries.

    What is only planned is not on them: their owners do not know of it yet.
    """
    mine = (col(Meeting.left_id).in_(profile_ids)) | (col(Meeting.right_id).in_(profile_ids))
    rows = session.exec(_meetings(edition).where(mine)).all()
    people = board_people(
        session, {*profile_ids, *(one for row in rows for one in (row.left_id, row.right_id))}
    )
    meetings: dict[int, list[SheetMeeting]] = defaultdict(list)
    for row in rows:
        for one in (row.left_id, row.right_id):
            meetings[one].append(_sheet_meeting(row, people))
    sessions = _sessions(session, edition, profile_ids)
    sheets = [
        PersonSheet(people[one], tuple(meetings[one]), tuple(sessions[one]))
        for one in profile_ids
        if one in people
    ]
    return sorted(sheets, key=lambda sheet: (sheet.person.name.casefold(), sheet.person.id))


def all_meetings(session: Session, edition: Edition) -> list[SheetMeeting]:
    """Read everything on the board, what is only planned too; two queries."""
    query = (
        select(Meeting)
        .where(Meeting.edition_id == edition.id, on_board())
        .order_by(col(Meeting.starts_at), col(Meeting.table_number), col(Meeting.id))
    )
    rows = session.exec(query).all()
    people = board_people(session, {one for row in rows for one in (row.left_id, row.right_id)})
    return [_sheet_meeting(row, people) for row in rows]


def _meetings(edition: Edition) -> SelectOfScalar[Meeting]:
    return (
        select(Meeting)
        .where(Meeting.edition_id == edition.id, on_board(), Meeting.state != PLANNED)
        .order_by(col(Meeting.starts_at), col(Meeting.id))
    )


def _sheet_meeting(row: Meeting, people: dict[int, BoardPerson]) -> SheetMeeting:
    return SheetMeeting(
        row.starts_at,
        row.ends_at,
        people[row.left_id],
        people[row.right_id],
        row.table_number,
        row.state == ACCEPTED,
    )


def _sessions(
    session: Session, edition: Edition, profile_ids: Collection[int]
) -> dict[int, list[EditionSession]]:
    query = (
        select(SessionPlace.profile_id, EditionSession)
        .join(EditionSession)
        .where(
            EditionSession.edition_id == edition.id,
            SessionPlace.state == COMING,
            col(SessionPlace.profile_id).in_(profile_ids),
        )
        .order_by(col(EditionSession.starts_at))
    )
    found: dict[int, list[EditionSession]] = defaultdict(list)
    for profile_id, row in session.exec(query):
        found[profile_id].append(row)
    return found
