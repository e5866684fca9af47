"""What the pages of editions share."""

from flask import Blueprint, abort
from flask_login import current_user

from models import Edition
from services.editions import DRAFT
from services.visibility import Viewer
from web.access import edition

blueprint = Blueprint("editions", __name__, url_prefix="/editions")


def reader() -> Viewer:
    """Give who is reading."""
    return Viewer(current_user.profile_id, current_user.permissions)


def shown_edition() -> Edition:
    """Give the edition of the address; a draft is there for its organisers only."""
    found = edition()
    if found.state == DRAFT and not current_user.permissions.may_organise(found.id):
        abort(404)
    return found
