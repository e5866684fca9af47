"""The schema of the database."""

import click
from flask.cli import AppGroup

from models.schema import upgrade
from web.database import engine

group = AppGroup("db", help="The schema of the database.")


@group.command("upgrade")
def upgrade_command() -> None:
    """Apply every migration that is missing.

    Example: flask --app app db upgrade
    """
    upgrade(engine())
    click.echo("The database is up to date.", err=True)
