"""The schema of a database: bring it up to date, ask how old it is."""

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "models:migrations")
    return config


def upgrade(engine: Engine) -> None:
    """Apply every migration that is missing, all in one transaction."""
    config = _config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


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
