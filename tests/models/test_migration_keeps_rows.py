"""Bringing a filled database forward loses no row, though SQLite replaces whole tables."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.pool import NullPool

from models import schema
from models.database import make_engine

_BEFORE = "0010"
_AT = "'2026-11-23 09:00:00'"
_EDITION = (
    "INSERT INTO edition (id, slug, state, name_en, name_ko, text_en, text_ko, left_name_en, "
    "left_name_ko, right_name_en, right_name_ko, left_zone, right_zone, opens_at, closes_at, "
    "starts_at, ends_at, least_partners, most_partners, programme, landscape, meet_again, "
    "created_at) VALUES (1, 'f', 'open', 'F', '', '', '', 'E', '', 'K', '', 'Europe/Brussels', "
    "'Asia/Seoul', :at, :at, :at, :at, 2, 5, '{}', '[]', 0, :at)"
)
_COUNTRY = "INSERT INTO edition_country (edition_id, country, side) VALUES (1, 'KR', 'right')"
_CALL = (
    "INSERT INTO call (id, edition_id, identifier, programme, preset, title_en, title_ko, text_en, "
    "text_ko, topics, opens_at, deadline_at, budget_left_eur, budget_note_en, budget_note_ko, "
    "source) VALUES (1, 1, 'A', '', 'none', 'A', '', '', '', '[]', :at, :at, 3000000, '', '', '')"
)


def test_rows_below_a_replaced_table_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'old.sqlite'}", poolclass=NullPool)
    up = command.upgrade
    with monkeypatch.context() as patch:
        patch.setattr(command, "upgrade", lambda config, _to: up(config, _BEFORE))
        schema.upgrade(engine)
    with engine.begin() as connection:
        for row in (_EDITION, _COUNTRY, _CALL):
            connection.execute(text(row.replace(":at", _AT)))
    schema.upgrade(engine)
    with engine.begin() as connection:
        assert connection.execute(text("SELECT country FROM edition_country")).all() == [("KR",)]
        call = "SELECT budget_left, budget_left_currency, zone FROM call"
        assert connection.execute(text(call)).all() == [(3_000_000, "EUR", "Europe/Brussels")]
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
