"""The worker process."""

import logging

import click
from flask import current_app
from flask.cli import with_appcontext

from services.shared_encoders import SharedEncoders
from web import worker
from web.worker_hands import encoder_plan


@click.command("worker")
@with_appcontext
def worker_command() -> None:
    """Encode, pair and send mail, until it is told to stop (Ctrl-C).

    Example: flask --app app worker
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s: %(message)s")
    logging.getLogger("huey").setLevel(logging.WARNING)
    app = current_app._get_current_object()  # type: ignore[attr-defined] # Flask's proxy
    worker.run(app, SharedEncoders(encoder_plan(app.extensions["settings"])))
