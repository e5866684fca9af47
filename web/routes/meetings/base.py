"""What the pages of meetings share: the blueprint, whose they are, and on which clocks."""

from flask import Blueprint, abort
from flask_login import current_user

from models import Meeting
from services.calendars import zone_of
from services.candidates import Place, places_of
from services.meeting_letters import tell
from services.meeting_list import MeetingLine
from services.meeting_rules import side_of
from services.meetings import own_meeting
from web import jobs
from web.clock import now
from web.database import session
from web.desk import desk

blueprint = Blueprint("meetings", __name__, url_prefix="/meetings")


def my_id() -> int:
    """Give the profile of whoever is signed in; without one, there are no meetings."""
    if current_user.profile_id is None:
        abort(404)
    found: int = current_user.profile_id
    return found


def mine(meeting_id: int) -> Meeting:
    """Give one of the reader's meetings; other people's are not found."""
    return own_meeting(session(), meeting_id, current_user.profile_id)


def my_place(slug: str) -> Place:
    """Give where the reader stands in an edition; who takes no part finds no page."""
    places = places_of(session(), my_id())
    found = next((place for place in places if place.edition.slug == slug), None)
    if found is None:
        abort(404)
    return found


def my_zone(line: MeetingLine) -> str:
    """Name the zone that the reader reads a meeting's times in."""
    side = side_of(line.meeting, my_id())
    return zone_of(session(), line.edition, my_id(), side)


def commit_and_tell(meeting: Meeting, kind: str, *profile_ids: int) -> None:
    """Put the letters about an act into the queue with it, commit, and wake the worker."""
    tell(session(), desk().write, meeting, kind, profile_ids, now())
    session().commit()
    jobs.wake_mail()
