"""What the pages of sessions share: the blueprint, the session, and where the reader stands."""

from flask import Blueprint, abort, g
from flask_login import current_user

from models import Edition, EditionSession
from services.calendars import zone_of
from services.candidates import Place, places_of
from services.editions import DRAFT
from web.database import session
from web.programme_page import Reader

blueprint = Blueprint("sessions", __name__)


def shown_session(session_id: int) -> tuple[EditionSession, Edition]:
    """Give a session with its edition; those of a draft are there for its organisers only."""
    row = session().get(EditionSession, session_id)
    if row is None:
        abort(404)
    edition = session().get_one(Edition, row.edition_id)
    if edition.state == DRAFT and not current_user.permissions.may_organise(edition.id):
        abort(404)
    return row, edition


def reader_place(edition: Edition) -> Place | None:
    """Give where the reader stands in an edition; None for who takes no part."""
    if "reader_place" not in g:
        mine = getattr(current_user, "profile_id", None)
        places = places_of(session(), mine) if mine else []
        g.reader_place = next((one for one in places if one.edition.id == edition.id), None)
    found: Place | None = g.reader_place
    return found


def reader_of(edition: Edition, place: Place | None) -> Reader:
    """Tell whose clock comes first."""
    zones = {"left": edition.left_zone, "right": edition.right_zone}
    if place is None:
        return Reader((zones["left"], zones["right"]))
    mine = zone_of(session(), edition, place.profile_id, place.side)
    return Reader((mine, zones[place.other_side]), (place.side, place.other_side))
