"""The schema of the database."""

import click
from flask.cli import AppGroup

from models.schema import revise, upgrade
from web.database import engine

group = AppGroup("db", help="The schema of the database.")


@group.command("upgrade")
def upgrade_command() -> None:
    """Apply every migration that is missing.

    Example: flask --app app db upgrade
    """
    upgrade(engine())
    click.echo("The database is up to date.", err=True)


@group.command("revision")
@click.argument("message")
def revision_command(message: str) -> None:
    """Write the migration that brings the database to what models/ says now.

    Example: flask --app app db revision "remember calls"
    """
    click.echo(revise(engine(), message), err=True)
