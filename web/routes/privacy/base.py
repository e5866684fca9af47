"""What the pages of privacy share."""

from flask import Blueprint

blueprint = Blueprint("privacy", __name__, url_prefix="/account/privacy")
