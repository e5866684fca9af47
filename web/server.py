"""The web server: one process of eight threads, which is enough for a forum."""

from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from web.matcher_warming import warm

THREADS = 8


class WebServer(BaseApplication):
    """gunicorn around an application that is there already.

    More processes, or another server, are for an installation of its own: ``app:create_app()`` is
    what they serve.
    """

    def __init__(self, app: Flask, bind: str) -> None:
        self._app = app
        self._options: dict[str, Any] = {
            "bind": bind,
            "workers": 1,
            "worker_class": "gthread",
            "threads": THREADS,
            "loglevel": "warning",
            "control_socket_disable": True,
            # in the process that serves, where threads live on
            "post_worker_init": lambda _worker: warm(app),
        }
        super().__init__()

    def load_config(self) -> None:
        """Set the options."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Give the application."""
        return self._app
