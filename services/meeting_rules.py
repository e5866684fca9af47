"""What a meeting's state allows, and to whom."""

from datetime import datetime

from models import Meeting
from services.errors import ServiceError

PLANNED, PROPOSED, ACCEPTED = "planned", "proposed", "accepted"
DECLINED, CANCELLED = "declined", "cancelled"


class TimeTaken(ServiceError):
    """One of the two is not free then, or every table is taken; choose another time."""

    code = "time-taken"


class NotMutual(ServiceError):
    """A meeting with somebody who is not known to want it: both must be interested first."""

    code = "not-mutual"


class AlreadyArranged(ServiceError):
    """The two have a meeting to come, or a proposal that waits; answer that one."""

    code = "already-arranged"

    def __init__(self, meeting_id: int) -> None:
        super().__init__("the two have a meeting to come; move or cancel that one")
        self.meeting_id = meeting_id


class NotNow(ServiceError):
    """An act that the meeting's state does not allow (any more); look at it again."""

    code = "not-now"


def side_of(meeting: Meeting, profile_id: int) -> str:
    """Tell on which side of a meeting somebody is."""
    return "left" if meeting.left_id == profile_id else "right"


def partner_id(meeting: Meeting, profile_id: int) -> int:
    """Tell whom somebody meets."""
    return meeting.right_id if meeting.left_id == profile_id else meeting.left_id


def may_answer(meeting: Meeting, profile_id: int, now: datetime) -> bool:
    """Tell whether a meeting waits for somebody's answer: to a proposal, or to another time."""
    side = side_of(meeting, profile_id)
    if meeting.state == PROPOSED:
        return meeting.starts_at > now and not agrees(meeting, side)
    wished = meeting.wish_starts_at
    return (
        meeting.state == ACCEPTED
        and wished is not None
        and wished > now
        and (meeting.wish_by != side)
    )


def may_move(meeting: Meeting, now: datetime) -> bool:
    """Tell whether another time may be suggested: until it begins."""
    return meeting.state in (PROPOSED, ACCEPTED) and meeting.starts_at > now


def may_cancel(meeting: Meeting, profile_id: int, now: datetime) -> bool:
    """Tell whether somebody may call it off: what is agreed, or what they proposed themselves."""
    agreed = meeting.state == ACCEPTED and meeting.ends_at > now
    mine = meeting.state == PROPOSED and agrees(meeting, side_of(meeting, profile_id))
    return agreed or (mine and meeting.starts_at > now)


def call_off(meeting: Meeting, now: datetime) -> None:
    """Mark a meeting as cancelled, for calendars too."""
    meeting.state, meeting.wish_starts_at, meeting.wish_by = CANCELLED, None, None
    meeting.sequence += 1
    meeting.changed_at = now


def agrees(meeting: Meeting, side: str) -> bool:
    """Tell whether a side agrees to the time that stands."""
    return meeting.left_agrees if side == "left" else meeting.right_agrees


def agree(meeting: Meeting, side: str) -> None:
    """Note that a side agrees."""
    if side == "left":
        meeting.left_agrees = True
    else:
        meeting.right_agrees = True
