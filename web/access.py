"""Who may enter a page: said beside each route, checked before each request.

A route that says nothing keeps the application from starting, so that none is open by oversight.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlmodel import select

from models import Edition
from web.database import session
from web.kept_form import keep_form, sign_in_to_send
from web.login import manager

View = TypeVar("View", bound=Callable[..., Any])
Check = Callable[[], bool]

_OUTSIDE = {"static"}
_MARK = "ieum_access"


@dataclass(frozen=True)
class Access:
    """Who may enter a route: a name for the level, and the check behind it."""

    level: str
    allows: Check


_NOBODYS = Access("", lambda: False)
_AT_THE_DESK = ("organiser", "organiser-of-all")


def access_of(view: Callable[..., Any]) -> Access:
    """Read the mark of a route."""
    found: Access = getattr(view, _MARK)
    return found


def public(view: View) -> View:
    """Open to everybody."""
    return _mark(view, "public", lambda: True)


def signed_in(view: View) -> View:
    """Open to every account."""
    return _mark(view, "signed-in", lambda: True)


def coordinator(view: View) -> View:
    """Open to coordinators."""
    return _mark(view, "coordinator", lambda: current_user.permissions.coordinator)


def organiser(view: View) -> View:
    """Open to whoever organises some edition; with ``slug`` in the address, that edition."""
    return _mark(view, "organiser", _organises)


def organiser_of_all(view: View) -> View:
    """Open to who organises all editions, later ones too, and to administrators."""
    return _mark(view, "organiser-of-all", _organises_all)


def administrator(view: View) -> View:
    """Open to administrators."""
    return _mark(view, "administrator", lambda: current_user.permissions.administrator)


def edition() -> Edition:
    """Give the edition that the address names by ``slug``; an unknown one is not found."""
    if "edition" not in g:
        slug = (request.view_args or {}).get("slug")
        g.edition = session().exec(select(Edition).where(Edition.slug == slug)).first()
    if g.edition is None:
        abort(404)
    found: Edition = g.edition
    return found


def _mark(view: View, level: str, check: Check) -> View:
    setattr(view, _MARK, Access(level, check))
    return view


def _organises() -> bool:
    if not current_user.permissions.organiser:
        return False
    if "slug" not in (request.view_args or {}):
        return True
    return bool(current_user.permissions.may_organise(edition().id))


def _organises_all() -> bool:
    return bool(current_user.permissions.organises_every)


def at_the_desk() -> bool:
    """Tell whether this page is one of the organisers', whatever its address begins with."""
    view = current_app.view_functions.get(request.endpoint or "")
    return view is not None and getattr(view, _MARK, _NOBODYS).level in _AT_THE_DESK


def _guard() -> ResponseReturnValue | None:
    if request.endpoint is None or request.endpoint in _OUTSIDE:
        return None
    access = access_of(current_app.view_functions[request.endpoint])
    if access.level == "public":
        return None
    if not current_user.is_authenticated:
        kept = keep_form()
        if kept:
            return sign_in_to_send(kept)
        answer: ResponseReturnValue = manager.unauthorized()
        return answer
    if not access.allows():
        abort(403)
    return None


def init_app(app: Flask) -> None:
    """Guard every route.

    Raises
    ------
    RuntimeError
        When a route does not say who may enter.
    """
    for endpoint, view in app.view_functions.items():
        if endpoint not in _OUTSIDE and not hasattr(view, _MARK):
            raise RuntimeError(f"{endpoint} does not say who may enter: see web/access.py")
    app.before_request(_guard)
    app.jinja_env.globals["at_the_desk"] = at_the_desk
