"""What the pages of the desk share."""

from flask import Blueprint

blueprint = Blueprint("desk", __name__, url_prefix="/organise")
