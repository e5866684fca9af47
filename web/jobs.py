"""Long work, done by the worker."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Prepare the queue."""
