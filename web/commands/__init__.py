"""The commands: the same services as the pages, from a terminal."""

from flask import Flask

from web.commands import db, imports


def init_app(app: Flask) -> None:
    """Hang up every command."""
    for command in (db.group, imports.group):
        app.cli.add_command(command)
