"""Choosing light or dark: kept with the account, or in a visitor's cookie."""

from flask import Blueprint, redirect, request
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_login import current_user

from services.accounts import choose_appearance
from web.access import public
from web.appearance import APPEARANCES
from web.database import session
from web.local_path import local_path
from web.login import account_id

blueprint = Blueprint("appearance", __name__)


@blueprint.post("/appearance")
@public
def choose() -> ResponseReturnValue:
    """Remember the choice and go back; "system" forgets it, and an unknown one changes nothing."""
    wish = request.form.get("appearance")
    if wish in (*APPEARANCES, "system"):
        chosen = wish if wish in APPEARANCES else None
        cookie["appearance"] = chosen
        if current_user.is_authenticated:
            choose_appearance(session(), account_id(), chosen)
            session().commit()
    return redirect(local_path(request.form.get("next")))
