"""The clock, in one place, so that a test can set it."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask, current_app


def now() -> datetime:
    """Give the present moment, in UTC."""
    clock: Callable[[], datetime] = current_app.extensions["clock"]
    return clock()


def init_app(app: Flask) -> None:
    """Hang up the clock."""
    app.extensions["clock"] = lambda: datetime.now(UTC)
