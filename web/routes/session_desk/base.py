"""What the organisers' pages of sessions share."""

from flask import Blueprint

from models import EditionSession
from services.sessions import find_session
from web.access import edition
from web.database import session

blueprint = Blueprint("session_desk", __name__, url_prefix="/organise/<slug>/sessions")


def its_session(session_id: int) -> EditionSession:
    """Give a session of the edition in the address; those of others are not found."""
    return find_session(session(), edition().id, session_id)
