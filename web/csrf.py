"""Every form that changes something carries a token that only this site could have given."""

from flask import Flask
from flask_wtf.csrf import CSRFProtect

protection = CSRFProtect()


def init_app(app: Flask) -> None:
    """Refuse every unsafe request without its token."""
    protection.init_app(app)
