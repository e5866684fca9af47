"""What the pages of mailings share."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from models import Mailing
from services.mailings import find_mailing
from web.access import edition
from web.database import session

blueprint = Blueprint("mailings", __name__, url_prefix="/organise/<slug>/mailings")


def mailing(number: int) -> Mailing:
    """Give the mailing of the address; one of another edition is not found."""
    return find_mailing(session(), edition(), number)


def to_mailing(number: int) -> ResponseReturnValue:
    """Lead to a mailing's page."""
    return redirect(url_for("mailings.show", slug=edition().slug, number=number))
