"""Encoding, from a terminal and without a worker."""

import time

import click
from flask import current_app
from flask.cli import with_appcontext

from models.database import make_sessions
from services.shared_encoders import SharedEncoders
from web.commands.output import Answer, door, progress
from web.database import engine
from web.worker_hands import encode, encoder_plan


@click.command("encode")
@with_appcontext
@door
def encode_command() -> Answer:
    """Encode every text that is new or changed; may be stopped and repeated.

    Example: flask --app app encode
    """
    began = time.monotonic()
    encoders = SharedEncoders(encoder_plan(current_app.extensions["settings"]))
    with progress("Encoding") as report:
        count = encode(make_sessions(engine()), encoders, progress=report)
    seconds = round(time.monotonic() - began, 3)
    text = f"{count} passages were encoded in {seconds:.1f} s." if count else "Nothing is stale."
    return Answer({"encoded": count, "seconds": seconds}, text)
