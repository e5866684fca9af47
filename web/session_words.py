"""Sessions in words: their kinds, who may sign up, and why one cannot."""

from flask import Flask
from flask_babel import gettext as _

from models import Edition
from web.edition_words import side_name


def session_kind(kind: str) -> str:
    """Name a kind of session."""
    names = {
        "plenary": _("Plenary"),
        "workshop": _("Workshop"),
        "visit": _("Study visit"),
        "networking": _("Networking"),
    }
    return str(names[kind])


def audience_words(edition: Edition, audience: str) -> str:
    """Say who may sign up."""
    if audience == "all":
        return str(_("Participants of both sides"))
    return str(_("Participants from %(side)s", side=side_name(edition, audience)))


def sign_up_words(reason: str) -> str:
    """Say why nobody can sign up, by the code of NoSignUp."""
    sentences = {
        "cancelled": _("This session is cancelled."),
        "open-to-all": _("Nobody needs to sign up: everybody may come."),
        "too-late": _("It is too late to sign up or to give a place back."),
        "other-side": _("This session is for participants of the other side."),
    }
    return str(sentences[reason])


def init_app(app: Flask) -> None:
    """Give templates the words."""
    app.jinja_env.filters["session_kind"] = session_kind
    app.jinja_env.filters["audience_words"] = audience_words
    app.jinja_env.filters["sign_up_words"] = sign_up_words
