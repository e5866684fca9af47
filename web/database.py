"""The database as the doors use it: one session a request, committed by the door."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, current_app, g, has_request_context, request
from sqlalchemy import Engine
from sqlmodel import Session

from models.database import make_engine, make_sessions, reading
from web.config import settings

_SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


def engine() -> Engine:
    """Give the engine of the application at work, made at its first use."""
    found: Engine | None = current_app.extensions.get("engine")
    if found is None:
        found = current_app.extensions["engine"] = make_engine(settings().database_address)
    return found


def new_session() -> Session:
    """Open a session that may write; for commands and jobs, which close it themselves."""
    return make_sessions(engine())()


def session() -> Session:
    """Give the session of this request. Safe methods only read, and so never wait for a writer."""
    if "database_session" not in g:
        reads = has_request_context() and request.method in _SAFE_METHODS
        g.database_session = reading(engine())() if reads else new_session()
    found: Session = g.database_session
    return found


@contextmanager
def reading_session() -> Iterator[Session]:
    """Give a command a session that only reads, and so keeps no writer waiting meanwhile."""
    with reading(engine())() as opened:
        g.database_session = opened
        yield opened
        g.pop("database_session")


def _close(_error: BaseException | None) -> None:
    opened: Session | None = g.pop("database_session", None)
    if opened is not None:
        opened.close()


def init_app(app: Flask) -> None:
    """Close the session when the request ends; what was not committed is gone."""
    app.teardown_appcontext(_close)
