"""``import profiles`` and ``import organisations`` as scripts and organisers use them."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlmodel import Session, select

from models import Organisation, Participation, Profile
from tests.factories import Factory

PEOPLE = "id,name,country,shoe\na,Ana,DE,38\nb,김서연,KR,\n"
Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Run:
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(args=["import", *map(str, words)])


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    return path


def _json(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_people_are_imported_into_an_edition(
    run: Run, people: Path, make: Factory, session: Session
) -> None:
    make.edition(slug="demo")

    result = run("profiles", people, "--edition", "demo", "--json")

    assert result.exit_code == 0
    assert _json(result) == {
        "added": 2,
        "updated": 0,
        "unchanged": 0,
        "kept": 0,
        "kept_values": [],
        "ignored": ["shoe"],
        "errors": [],
    }
    assert set(session.exec(select(Profile.source))) == {"demo"}
    assert len(session.exec(select(Participation)).all()) == 2


def test_a_person_reads_what_happened(run: Run, people: Path) -> None:
    result = run("profiles", people, "--source", "list")

    assert "2 added, 0 updated, 0 unchanged" in result.output
    assert "Unknown columns, ignored: shoe." in result.output


def test_kept_values_are_told_by_line(
    run: Run, people: Path, make: Factory, session: Session
) -> None:
    make.profile(source="list", source_key="b", name="Seo", edited_fields=["name"])

    assert (
        f"{people}:3: name: the person edited it"
        in run("profiles", people, "--source", "list").output
    )
    answer = _json(run("profiles", people, "--source", "list", "--json"))
    assert (answer["kept"], answer["unchanged"]) == (1, 2)
    assert answer["kept_values"] == [{"line": 3, "field": "name"}]


def test_a_dry_run_changes_nothing_and_says_so(run: Run, people: Path, session: Session) -> None:
    result = run("profiles", people, "--dry-run")

    assert "2 added" in result.output
    assert "dry run" in result.output
    assert session.exec(select(Profile)).all() == []


def test_problems_are_told_with_file_line_and_field_and_exit_one(
    run: Run, tmp_path: Path, session: Session
) -> None:
    path = tmp_path / "people.csv"
    path.write_text("id,name,country\na,Ana,Atlantis\n", encoding="utf-8")

    result = run("profiles", path)
    assert result.exit_code == 1
    assert f"{path}:2: country: “Atlantis” is no country's code" in result.output
    result = run("profiles", path, "--json")
    assert result.exit_code == 1
    error = _json(result)["errors"][0]
    assert (error["line"], error["field"]) == (2, "country")
    assert error["problem"].startswith("“Atlantis”")
    assert session.exec(select(Profile)).all() == []


def test_an_unknown_edition_is_told_with_those_there_are(
    run: Run, people: Path, make: Factory
) -> None:
    make.edition(slug="demo")

    result = run("profiles", people, "--edition", "dmeo", "--json")

    assert result.exit_code == 1
    assert "demo" in _json(result)["error"]


def test_a_file_that_is_not_there_is_a_matter_of_usage(run: Run) -> None:
    assert run("profiles", "nowhere.csv").exit_code == 2


def test_organisations_are_imported_from_a_packed_dump(
    run: Run, tmp_path: Path, session: Session
) -> None:
    item = {"id": "https://ror.org/05apxxy63", "name": "KAIST", "ko": ["한국과학기술원"]}
    item |= {"acr": [], "cc": "KR", "city": "Daejeon", "types": ["education"]}
    path = tmp_path / "ror.json.gz"
    path.write_bytes(gzip.compress(json.dumps([item]).encode()))

    assert _json(run("organisations", path, "--json")) == {
        "added": 1,
        "updated": 0,
        "unchanged": 0,
        "errors": [],
    }
    assert "0 added, 0 updated, 1 unchanged" in run("organisations", path).output
    assert session.exec(select(Organisation)).one().name_native == "한국과학기술원"


def test_a_cut_off_dump_changes_nothing(run: Run, tmp_path: Path, session: Session) -> None:
    path = tmp_path / "ror.json.gz"
    path.write_bytes(gzip.compress(b'[{"id": "https://ror.org/05apxxy63"}]')[:20])

    result = run("organisations", path)

    assert result.exit_code == 1
    assert "ends too early" in result.output
    assert session.exec(select(Organisation)).all() == []


REAL = Path(__file__).parents[3] / "shared" / "data"


@pytest.mark.skipif(not REAL.is_dir(), reason="the material for trials is not here")
def test_real_research_groups_come_in_without_a_problem(run: Run, make: Factory) -> None:
    make.edition(slug="demo")
    answer = _json(run("profiles", REAL / "research_groups.jsonl", "--json"))

    assert (answer["added"], answer["errors"]) == (96, [])
