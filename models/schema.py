"""The schema of a database: bring it up to date, ask how old it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "models:migrations")
    return config


def upgrade(engine: Engine) -> None:
    """Apply every migration that is missing, all in one transaction."""
    upgrade_to(engine, "head")


def upgrade_to(engine: Engine, revision: str) -> None:
    """Apply the migrations up to one of them, all in one transaction."""
    config = _config()
    with engine.connect() as connection, _rows_stay(connection), connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        _check_references(connection)


@contextmanager
def _rows_stay(connection: Connection) -> Iterator[None]:
    """Keep SQLite from deleting what refers to a table that a migration puts a new one in place of.

    SQLite changes a table by copying it and dropping the old one; with foreign keys on, that
    deletes every row below it. They can be switched off only between transactions.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


def _check_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            tables = sorted({str(row[0]) for row in broken})
            raise RuntimeError(f"a migration left references without their rows in {tables}")


def revise(engine: Engine, message: str) -> str:
    """Write a migration from the database's state to the code's; gives the path of the file.

    The number follows the last one, so that the files sort in the order in which they apply.
    """
    config = _config()
    script = ScriptDirectory.from_config(config)
    number = f"{int(script.get_current_head() or '0') + 1:04d}"
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        made = command.revision(config, message=message, autogenerate=True, rev_id=number)
    return str(made.path)  # type: ignore[union-attr] # a list only for several bases


def is_current(engine: Engine) -> bool:
    """Tell whether the database has every migration."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head
