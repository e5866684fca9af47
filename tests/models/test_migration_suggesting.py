"""The migration of mixes and key works keeps what is there, and can be taken back."""

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.pool import NullPool

from models.database import make_engine


@pytest.fixture
def connection(tmp_path: Path) -> Connection:
    """Give a database as it was before, with one person's publications and passages."""
    engine = make_engine(f"sqlite:///{tmp_path / 'before.sqlite'}", poolclass=NullPool)
    connection = engine.connect()
    move(connection, command.upgrade, "0005")
    for statement in (
        "INSERT INTO edition (id, slug, state, name_en, name_ko, text_en, text_ko, left_name_en,"
        " left_name_ko, right_name_en, right_name_ko, left_zone, right_zone, opens_at, closes_at,"
        " starts_at, ends_at, least_partners, most_partners, programme, landscape, created_at)"
        " VALUES (1, 'f', 'open', '', '', '', '', '', '', '', '', '', '', '2026-01-01',"
        " '2026-01-01', '2026-01-01', '2026-01-01', 0, 1, '{}', '[]', '2026-01-01')",
        "INSERT INTO profile (id, source, source_key, name, name_native, email, phone,"
        " organisation_name, languages, topics, research, visibility, edited_fields, created_at,"
        " updated_at) VALUES (7, 's', '7', '', '', '', '', '', '[]', '[]', '', 'nobody', '[]',"
        " '2026-01-01', '2026-01-01')",
        "INSERT INTO participation (id, edition_id, profile_id, joined_at)"
        " VALUES (1, 1, 7, '2026-01-01')",
    ):
        connection.execute(text(statement))
    works = (
        "INSERT INTO publication (id, profile_id, position, title, abstract, authors, year,"
        " venue, weight) VALUES (:id, 7, :id, 'T', '', '[]', :year, '', :weight)"
    )
    for number, year, weight in ((0, 2001, 1), (1, 2002, 0), (2, 2003, 1)):
        connection.execute(text(works), {"id": number, "year": year, "weight": weight})
    passages = (
        "INSERT INTO passage (id, profile_id, kind, source_position, position, text, text_hash,"
        " hangul, weight) VALUES (:id, 7, :kind, :source, 0, '', '', 0, 1)"
    )
    for number, kind, source in ((1, "publication", 0), (2, "publication", 1), (3, "need", 0)):
        connection.execute(text(passages), {"id": number, "kind": kind, "source": source})
    return connection


def move(connection: Connection, how: object, target: str) -> None:
    config = Config()
    config.set_main_option("script_location", "models:migrations")
    config.attributes["connection"] = connection
    assert callable(how)
    how(config, target)


def test_passages_learn_the_year_of_the_publication_they_are_from(connection: Connection) -> None:
    move(connection, command.upgrade, "0006")

    years = connection.execute(text("SELECT year FROM passage ORDER BY id")).scalars()
    # the publication of weight 0 has no passages, so it is not counted
    assert list(years) == [2001, 2003, None]
    marks = connection.execute(text("SELECT DISTINCT key_work FROM publication")).scalars()
    assert list(marks) == [0]


def test_everybody_who_takes_part_has_the_balanced_mix(connection: Connection) -> None:
    move(connection, command.upgrade, "0006")
    rows = connection.execute(text("SELECT mix, attention FROM participation")).all()
    assert [tuple(row) for row in rows] == [("balanced", None)]


def test_it_can_be_taken_back_and_done_again(connection: Connection) -> None:
    move(connection, command.upgrade, "0006")
    move(connection, command.downgrade, "0005")
    assert connection.execute(text("SELECT count(*) FROM participation")).scalar() == 1
    move(connection, command.upgrade, "0006")
    assert connection.execute(text("SELECT count(*) FROM passage")).scalar() == 3
