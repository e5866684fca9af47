"""The migration of topics keeps the list, and can be taken back."""

from pathlib import Path

from alembic import command
from sqlalchemy import text
from sqlalchemy.pool import NullPool

from models.database import make_engine
from tests.models.test_migration_suggesting import move


def test_topics_that_were_there_keep_the_name_that_profiles_store(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'before.sqlite'}", poolclass=NullPool)
    with engine.connect() as connection:
        move(connection, command.upgrade, "0009")
        connection.execute(text("INSERT INTO topic VALUES (1, 'Spintronics', '스핀트로닉스')"))

        move(connection, command.upgrade, "0010")
        row = connection.execute(text("SELECT word, name_en, name_ko FROM topic")).one()
        assert tuple(row) == ("Spintronics", "Spintronics", "스핀트로닉스")

        move(connection, command.downgrade, "0009")
        row = connection.execute(text("SELECT * FROM topic")).one()
        assert tuple(row) == (1, "Spintronics", "스핀트로닉스")
