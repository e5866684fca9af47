"""How often one address may knock. Lock-outs of accounts are counted in the database instead."""

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from web.config import Settings

limiter = Limiter(get_remote_address, default_limits=[])


def init_app(app: Flask) -> None:
    """Count by the client's address; off in tests that do not ask for it."""
    chosen: Settings = app.extensions["settings"]
    app.config.setdefault("RATELIMIT_STORAGE_URI", chosen.rate_limit_store)
    app.config.setdefault("RATELIMIT_ENABLED", not chosen.testing)
    app.config.setdefault("RATELIMIT_HEADERS_ENABLED", True)
    limiter.init_app(app)
