"""The worker process."""

import logging

import click
from flask import current_app
from flask.cli import with_appcontext

from services.shared_encoders import SharedEncoders
from web import worker
from web.worker_hands import encoder_plan


@click.command("worker")
@click.option("--quiet", is_flag=True, help="Tell only what goes wrong.")
@with_appcontext
def worker_command(*, quiet: bool) -> None:
    """Encode, pair and send mail, until it is told to stop (Ctrl-C).

    Example: flask --app app worker
    """
    level = logging.WARNING if quiet else logging.INFO
    logging.basicConfig(level=level, format="%(asctime)s %(name)s: %(message)s")
    for noisy in ("huey", "sentence_transformers"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    app = current_app._get_current_object()  # type: ignore[attr-defined] # Flask's proxy
    worker.run(app, SharedEncoders(encoder_plan(app.extensions["settings"])))
