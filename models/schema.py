"""The schema of a database: bring it up to date, ask how old it is."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine


class BrokenReferences(Exception):
    """A migration would leave a row that refers to nothing: restore the last backup and report."""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "models:migrations")
    return config


def upgrade(engine: Engine) -> None:
    """Apply every migration that is missing, all in one transaction."""
    config = _config()
    with _tables_replaced(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def _tables_replaced(engine: Engine) -> Iterator[Connection]:
    """Open a transaction in which a table can be replaced without losing what refers to it.

    SQLite changes a column by copying the table and dropping the old one; dropping deletes its
    rows, and with foreign keys in force everything below them, too. The switch does nothing within
    a transaction, so it is turned before.

    Raises
    ------
    BrokenReferences
        When a row would refer to nothing afterwards; then nothing is changed.
    """
    if engine.dialect.name != "sqlite":
        with engine.begin() as connection:
            yield connection
        return
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None  # noqa: S101 - it is open
        raw.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                yield connection
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
                if broken is not None:
                    raise BrokenReferences(f"a row of {broken[0]!r} refers to nothing")
        finally:
            raw.execute("PRAGMA foreign_keys = ON")


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
