"""Choosing the language: kept with the account, or in a visitor's cookie."""

from flask import Blueprint, redirect, request
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_login import current_user

from services.accounts import choose_language
from web.access import public
from web.database import session
from web.local_path import local_path
from web.locale import LANGUAGES
from web.login import account_id

blueprint = Blueprint("language", __name__)


@blueprint.post("/language")
@public
def choose() -> ResponseReturnValue:
    """Remember the language and go back; an unknown one changes nothing."""
    wish = request.form.get("language")
    if wish in LANGUAGES:
        cookie["language"] = wish
        if current_user.is_authenticated:
            choose_language(session(), account_id(), str(wish))
            session().commit()
    return redirect(local_path(request.form.get("next")))
