"""What the pages of editions share."""

from flask import Blueprint, abort
from flask_login import current_user

from models import Edition
from services.editions import DRAFT
from web.access import edition

blueprint = Blueprint("editions", __name__, url_prefix="/editions")


def shown_edition() -> Edition:
    """Give the edition of the address; a draft is there for its organisers only."""
    found = edition()
    if found.state == DRAFT and not current_user.permissions.may_organise(found.id):
        abort(404)
    return found
