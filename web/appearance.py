"""Light or dark: the account's choice, then the visitor's, then what the system says."""

from flask import Flask, has_request_context
from flask import session as cookie
from flask_login import current_user

APPEARANCES = ("light", "dark")


def appearance() -> str:
    """Give "light", "dark", or "system" where nobody chose."""
    if has_request_context():
        account = getattr(current_user, "account", None)
        for wish in (account.appearance if account else None, cookie.get("appearance")):
            if wish in APPEARANCES:
                return str(wish)
    return "system"


def init_app(app: Flask) -> None:
    """Tell the templates."""
    app.jinja_env.globals["appearance"] = appearance
