"""The application that Flask, the WSGI server and the tests start from."""

from flask import Flask

from web import init_app
from web.config import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """Make the application.

    Parameters
    ----------
    settings
        What to run with; by default read from the environment (docs/settings.md).
    """
    app = Flask("web", template_folder="../templates", static_folder="../static")
    init_app(app, settings or Settings.from_environment())
    return app
