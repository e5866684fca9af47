"""The engine: SQLite by default, PostgreSQL by address."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import sessionmaker
from sqlmodel import Session, create_engine

SessionMaker = sessionmaker[Session]

BUSY_SECONDS = 30


def make_engine(address: str, **options: Any) -> Engine:  # noqa: ANN401 - SQLAlchemy's own options
    """Make the engine for a database address.

    SQLite gets foreign keys, WAL, and transactions that take the write lock when they begin: in its
    default mode two writers lose updates silently.

    Parameters
    ----------
    address
        A SQLAlchemy address. ``postgresql://`` is read as psycopg 3, the driver that is installed.
    """
    # An error would otherwise show people's data in the log.
    options = {"hide_parameters": True, **options}
    url = make_url(address)
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, **options)
    arguments = {"timeout": BUSY_SECONDS, "check_same_thread": False}
    engine = create_engine(url, connect_args=arguments, **options)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def make_sessions(engine: Engine) -> SessionMaker:
    """Make the factory of sessions; rows stay readable after a commit."""
    return sessionmaker(engine, class_=Session, expire_on_commit=False)


def reading(engine: Engine) -> Callable[[], Session]:
    """Make a factory of sessions that only read: on SQLite they wait for no writer."""
    return sessionmaker(
        engine.execution_options(only_reads=True), class_=Session, expire_on_commit=False
    )


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - DB-API connection
    # pysqlite would begin transactions by its own rules; _begin_sqlite does it instead.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    # Erased people must not linger in free pages.
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:  # noqa: ANN401 - SQLAlchemy connection
    only_reads = connection.get_execution_options().get("only_reads")
    connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")
