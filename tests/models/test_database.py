"""The database keeps its promises on SQLite and on PostgreSQL."""

import threading
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.pool import NullPool
from sqlmodel import Session, SQLModel, select

from models import EditionCountry, IndexVersion, Profile
from models.database import make_engine, make_sessions, reading
from models.schema import is_current, upgrade
from tests.factories import Factory


@pytest.fixture
def empty(tmp_path: Path, request: pytest.FixtureRequest) -> Engine:
    """Give a database without tables."""
    if request.config.getoption("--database") != "postgresql":
        return make_engine(f"sqlite:///{tmp_path / 'fresh.sqlite'}", poolclass=NullPool)
    address = make_url(request.getfixturevalue("postgresql"))
    admin = make_engine(str(address), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS fresh"))
        connection.execute(text("CREATE DATABASE fresh"))
    return make_engine(str(address.set(database="fresh")), poolclass=NullPool)


def test_the_migrations_make_exactly_the_tables_of_the_code(empty: Engine) -> None:
    upgrade(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_upgrading_twice_changes_nothing(empty: Engine) -> None:
    assert not is_current(empty)
    upgrade(empty)
    tables = inspect(empty).get_table_names()
    upgrade(empty)
    assert is_current(empty)
    assert inspect(empty).get_table_names() == tables


def test_a_moment_comes_back_in_utc(make: Factory, session: Session) -> None:
    seoul = datetime(2026, 3, 29, 10, 0, tzinfo=timezone(timedelta(hours=9)))
    profile = make.profile(published_at=seoul)
    session.expire_all()
    found = session.exec(select(Profile).where(Profile.id == profile.id)).one()
    assert found.published_at == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert found.published_at.tzinfo is not None


def test_a_moment_without_a_zone_is_refused(make: Factory) -> None:
    with pytest.raises(StatementError, match="needs a time zone"):
        make.profile(published_at=datetime(2026, 3, 29, 10, 0))


def test_hangul_is_kept_and_found_in_composed_form(make: Factory, session: Session) -> None:
    composed = "김서연"
    decomposed = unicodedata.normalize("NFD", composed)
    make.profile(name_native=decomposed, topics=[decomposed])
    found = session.exec(select(Profile).where(Profile.name_native == decomposed)).one()
    assert found.name_native == composed
    assert found.topics == [composed]


def test_a_country_cannot_stand_on_two_sides(make: Factory) -> None:
    edition = make.edition(countries={"KR": "right"})
    make.session.add(EditionCountry(edition_id=edition.id, country="KR", side="left"))
    with pytest.raises(IntegrityError):
        make.session.commit()


def test_deleting_an_account_takes_its_profile_along(make: Factory, session: Session) -> None:
    account = make.account()
    make.profile(account_id=account.id, offers=["a clean room"])
    session.delete(account)
    session.commit()
    assert session.exec(select(Profile)).all() == []


def test_no_update_is_lost_between_threads(empty: Engine) -> None:
    upgrade(empty)
    sessions = make_sessions(empty)
    with sessions() as session:
        session.add(IndexVersion(id=1, version=0))
        session.commit()

    def raise_it() -> None:
        for _ in range(20):
            with sessions() as session:
                row = session.exec(select(IndexVersion).with_for_update()).one()
                row.version += 1
                session.commit()

    threads = [threading.Thread(target=raise_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with sessions() as session:
        assert session.exec(select(IndexVersion.version)).one() == 80


def test_a_reader_does_not_wait_for_a_writer(empty: Engine) -> None:
    upgrade(empty)
    with make_sessions(empty)() as writer:
        writer.add(IndexVersion(id=1, version=7))
        writer.flush()
        with reading(empty)() as reader:
            assert reader.exec(select(IndexVersion)).all() == []
        writer.commit()


def test_an_error_does_not_carry_peoples_data_into_a_log(engine: Engine) -> None:
    with Session(engine) as session, pytest.raises(StatementError) as failed:
        session.execute(text("SELECT :who FROM no_such_table"), {"who": "kim@example.org"})
    assert "kim@example.org" not in str(failed.value)
