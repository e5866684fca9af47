"""What the pages of consortia share."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from services.consortium_access import Right, Workspace, workspace
from services.errors import ServiceError
from services.visibility import Viewer
from web import jobs
from web.consortium_words import stopped
from web.database import session

blueprint = Blueprint("consortia", __name__, url_prefix="/consortia")


def opened(consortium_id: int, right: Right = "read") -> Workspace:
    """Open a consortium for whoever is signed in; without a seat in it, it is not found."""
    return workspace(session(), consortium_id, current_user.profile_id, right)


def viewer() -> Viewer:
    """Give who is looking."""
    return Viewer(current_user.profile_id, current_user.permissions)


def bench(consortium_id: int, anchor: str = "", role: int | None = None) -> ResponseReturnValue:
    """Lead back to the bench, to the same gap."""
    url = url_for("consortia.show", consortium_id=consortium_id, role=role, _anchor=anchor or None)
    return redirect(url)


def refused(error: ServiceError) -> None:
    """Say what stopped an act, at the top of the next page; nothing of it is kept."""
    session().rollback()
    flash(stopped(error), "warning")


def done(said: str, *, mails: bool = False, texts: bool = False) -> None:
    """Keep what was done, wake whoever works on it, and say so."""
    session().commit()
    if mails:
        jobs.wake_mail()
    if texts:
        jobs.wake_encoding()
    flash(said)


def to_work(consortium_id: int, anchor: str) -> ResponseReturnValue:
    """Lead back to a part of the workspace."""
    return redirect(url_for("consortia.work", consortium_id=consortium_id, _anchor=anchor))
