"""A broken file changes nothing, and the report names the line, the field and what is wrong."""

from pathlib import Path

import pytest
from sqlmodel import Session, SQLModel, select

from models import Profile
from services.imports_files import profile_rows
from services.imports_profiles import import_profiles
from tests.broken_files import ROWS, WHOLE_FILES, Broken
from tests.conftest import NOW
from tests.factories import Factory


def _rows_in_tables(session: Session) -> int:
    tables = SQLModel.metadata.sorted_tables
    return sum(len(session.execute(table.select()).all()) for table in tables)


@pytest.mark.parametrize("broken", [*WHOLE_FILES, *ROWS], ids=lambda broken: broken.what)
def test_a_broken_file_is_told_by_line_and_field_and_changes_nothing(
    broken: Broken, session: Session, make: Factory, tmp_path: Path
) -> None:
    make.field("quantum")
    edition = make.edition(slug="demo")
    make.profile(source="demo", source_key="first", name="As it was")
    before = _rows_in_tables(session)
    path = tmp_path / broken.name
    path.write_bytes(broken.data)

    report = import_profiles(session, profile_rows(path), source="demo", now=NOW, edition=edition)

    found = [(problem.line, problem.field, problem.code) for problem in report.errors]
    assert found == [(broken.line, broken.field, broken.code)]
    assert (report.added, report.updated, report.unchanged) == (0, 0, 0)
    assert not session.new
    assert not session.dirty
    assert _rows_in_tables(session) == before


def test_every_problem_of_every_row_is_told_at_once(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("id,name,country,email\na,,XX,no\n,Bo,FR,\n", encoding="utf-8")

    report = import_profiles(session, profile_rows(path), source="x", now=NOW)

    found = {(problem.line, problem.field) for problem in report.errors}
    assert found == {(2, "name"), (2, "country"), (2, "email"), (3, "id")}


def test_a_flood_of_problems_is_cut_with_a_word_that_there_are_more(
    session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "people.jsonl"
    path.write_text("{}\n" * 2000, encoding="utf-8")

    report = import_profiles(session, profile_rows(path), source="x", now=NOW)

    assert len(report.errors) == 1001
    assert report.errors[-1].code == "more-problems"


def test_a_line_of_50_mb_is_not_read_to_its_end(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "people.jsonl"
    with path.open("wb") as file:
        file.write(b'{"id": "b", "research": "')
        file.truncate(50_000_000)

    report = import_profiles(session, profile_rows(path), source="x", now=NOW)

    assert [(p.line, p.code, p.values["megabytes"]) for p in report.errors] == [
        (1, "line-too-long", 5)
    ]


def test_a_file_that_is_not_there_is_told(session: Session, tmp_path: Path) -> None:
    report = import_profiles(session, profile_rows(tmp_path / "no.csv"), source="x", now=NOW)

    assert [problem.code for problem in report.errors] == ["cannot-open"]


def test_a_file_of_more_than_200_mb_is_refused_unread(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    with path.open("wb") as file:
        file.truncate(201 * 1024 * 1024)

    report = import_profiles(session, profile_rows(path), source="x", now=NOW)

    assert [problem.code for problem in report.errors] == ["file-too-large"]


def test_nothing_is_imported_when_the_last_row_is_bad(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("id,name,country\na,Ana,DE\nb,Bo,Atlantis\n", encoding="utf-8")

    report = import_profiles(session, profile_rows(path), source="x", now=NOW)

    assert report.added == 0
    assert session.exec(select(Profile)).all() == []
