"""What the acts on accounts need: hashes, tokens and letters of this installation."""

from flask import Flask, current_app

from services.accounts import Desk
from services.accounts_passwords import Passwords, cheap_passwords
from services.accounts_tokens import Tokens
from web.letters import write


def desk() -> Desk:
    """Give the desk of the application at work."""
    found: Desk = current_app.extensions["desk"]
    return found


def init_app(app: Flask) -> None:
    """Set up the desk; in tests, with hashes that cost next to nothing."""
    testing = app.extensions["settings"].testing
    passwords = cheap_passwords() if testing else Passwords()
    app.extensions["desk"] = Desk(passwords, Tokens(app.config["SECRET_KEY"]), write)
