"""Every meeting on the board as entries of a calendar, for organisers."""

from sqlmodel import Session, col, select

from models import Edition, Meeting
from services.board import board_people, on_board
from services.calendar_entry import MeetingEntry
from services.meeting_rules import ACCEPTED


def board_entries(session: Session, edition: Edition) -> list[MeetingEntry]:
    """Read the meetings of an edition; one that is not agreed yet is tentative. Two queries."""
    query = (
        select(Meeting)
        .where(Meeting.edition_id == edition.id, on_board())
        .order_by(col(Meeting.starts_at), col(Meeting.table_number), col(Meeting.id))
    )
    rows = session.exec(query).all()
    people = board_people(session, {one for row in rows for one in (row.left_id, row.right_id)})
    return [
        MeetingEntry(
            meeting_id=row.id,
            uid=f"{row.uid}-board",
            sequence=row.sequence,
            start=row.starts_at,
            end=row.ends_at,
            cancelled=False,
            changed_at=row.changed_at,
            partner=f"{people[row.left_id].name} – {people[row.right_id].name}",
            table=row.table_number,
            link="",
            zones=(edition.left_zone, edition.right_zone),
            board=edition.slug,
            tentative=row.state != ACCEPTED,
        )
        for row in rows
    ]
