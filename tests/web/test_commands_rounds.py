"""Rounds from a terminal: one JSON object, exit codes, files written whole."""

import csv
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlmodel import Session, select

from models import AuditEntry, Exclusion, Round
from tests.factories import Factory
from tests.services.round_example import forum, known

Command = Callable[..., Result]


@pytest.fixture
def command(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.setattr("web.commands.rounds.make_judge", known)
    return lambda *words: app.test_cli_runner().invoke(args=["round", *map(str, words)])


def test_a_round_is_told_as_one_json_object(command: Command, make: Factory) -> None:
    forum(make)
    done = command("run", "jeju", "--least", 1, "--most", 1, "--json")
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert set(told) == {
        "round",
        "pairs",
        "total",
        "bound",
        "gap",
        "worst_left",
        "worst_right",
        "worst_bound",
        "price",
        "unmet",
        "seconds",
    }
    assert (told["round"], told["pairs"], told["unmet"]) == (1, 3, [])
    assert told["total"] == pytest.approx(1.9)
    assert told["bound"] >= told["total"] - 1e-9


def test_without_json_a_person_reads_a_sentence(command: Command, make: Factory) -> None:
    forum(make)
    done = command("run", "jeju", "--least", 1, "--most", 1)
    assert done.stdout.startswith("Round 1 of jeju: 3 pairs, total 1.9000, bound 1.9000")


def test_a_manifest_is_written_and_verified_without_the_database(
    command: Command, make: Factory, tmp_path: Path, app: Flask
) -> None:
    forum(make)
    file = tmp_path / "round.json"
    command("run", "jeju", "--least", 1, "--most", 2)
    told = json.loads(command("manifest", "jeju", "--output", file, "--json").stdout)
    assert told == {"round": 1, "bytes": file.stat().st_size}
    app.extensions["engine"] = None
    done = command("verify", file, "--json")
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert set(found) == {"same", "total", "bound", "solved", "differences"}
    assert (found["same"], found["differences"]) == (True, [])


def test_a_manifest_that_was_changed_ends_with_1_and_says_what_differs(
    command: Command, make: Factory, tmp_path: Path
) -> None:
    forum(make)
    file = tmp_path / "round.json"
    command("run", "jeju", "--least", 1, "--most", 1)
    command("manifest", "jeju", "--output", file)
    file.write_text(json.dumps(json.loads(file.read_text()) | {"total": 2.5}))
    done = command("verify", file, "--json")
    assert done.exit_code == 1
    codes = [one["code"] for one in json.loads(done.stdout)["differences"]]
    assert "wrong-total" in codes
    assert "wrong-total: the manifest says 2.5, found 1.9" in command("verify", file).stdout
    file.write_text("no manifest")
    refused = command("verify", file, "--json")
    assert refused.exit_code == 1
    assert "this is no JSON" in json.loads(refused.stdout)["error"]


def test_bounds_default_to_the_edition_s(command: Command, make: Factory) -> None:
    forum(make, least_partners=3, most_partners=3)
    assert json.loads(command("run", "jeju", "--json").stdout)["pairs"] == 9


def test_who_cannot_be_served_is_a_result_not_an_error(
    command: Command, make: Factory, session: Session, now: datetime
) -> None:
    _, left, right = forum(make)
    for other in right:
        session.add(Exclusion(profile_id=left[0].id, other_id=other.id, created_at=now))
    session.commit()
    done = command("run", "jeju", "--least", 1, "--most", 2, "--json")
    assert done.exit_code == 0
    (unmet,) = json.loads(done.stdout)["unmet"]
    assert unmet["id"] == "eu-0"
    assert unmet["why"]
    assert "smallest_change" in unmet


def test_an_unknown_edition_names_those_that_there_are(command: Command, make: Factory) -> None:
    make.edition(slug="jeju")
    done = command("run", "busan", "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["error"] == (
        "There is no edition 'busan'. Known editions: jeju."
    )


def test_least_above_most_is_refused_and_leaves_no_round(
    command: Command, make: Factory, session: Session
) -> None:
    forum(make)
    done = command("run", "jeju", "--least", 4, "--most", 2)
    assert done.exit_code == 1
    assert "least may not be above most" in done.stderr
    assert session.exec(select(Round)).all() == []


def test_a_number_that_is_none_is_wrong_usage(command: Command) -> None:
    assert command("run", "jeju", "--least", "two").exit_code == 2


def test_the_newest_round_is_exported_as_csv(
    command: Command, make: Factory, tmp_path: Path
) -> None:
    forum(make)
    for _ in range(2):
        command("run", "jeju", "--least", 1, "--most", 1)
    target = tmp_path / "matches.csv"
    done = command("export", "jeju", "--format", "csv", "--output", target, "--json")
    assert json.loads(done.stdout) == {"rows": 3}
    rows = list(csv.DictReader(target.read_text(encoding="utf-8-sig").splitlines()))
    assert {row["round"] for row in rows} == {"2"}
    assert [(row["left_id"], row["right_id"]) for row in rows] == [
        ("eu-0", "kr-1"),
        ("eu-1", "kr-0"),
        ("eu-2", "kr-2"),
    ]


def test_an_earlier_round_is_exported_by_its_number_the_same_bytes_each_time(
    command: Command, make: Factory, tmp_path: Path
) -> None:
    forum(make)
    for _ in range(2):
        command("run", "jeju", "--least", 1, "--most", 1)
    first, second = tmp_path / "1.json", tmp_path / "2.json"
    for target in (first, second):
        command("export", "jeju", "--round", 1, "--format", "json", "--output", target)
    assert json.loads(first.read_bytes())["round"] == 1
    assert first.read_bytes() == second.read_bytes()


def test_an_export_without_a_round_writes_no_file(
    command: Command, make: Factory, tmp_path: Path
) -> None:
    forum(make)
    target = tmp_path / "matches.csv"
    done = command("export", "jeju", "--format", "csv", "--output", target)
    assert done.exit_code == 1
    assert "run one first" in done.stderr
    assert not target.exists()


@pytest.mark.parametrize("kind", ["xlsx", "pdf"])
def test_every_format_is_written_the_same_each_time(
    command: Command, make: Factory, tmp_path: Path, kind: str
) -> None:
    forum(make)
    command("run", "jeju", "--least", 1, "--most", 1)
    first, second = tmp_path / "1", tmp_path / "2"
    for target in (first, second):
        done = command("export", "jeju", "--format", kind, "--output", target, "--json")
        assert json.loads(done.stdout) == {"rows": 3}
    assert first.read_bytes() == second.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["1", "2"]


def test_a_calendar_without_a_schedule_names_the_remedy_and_writes_nothing(
    command: Command, make: Factory, tmp_path: Path
) -> None:
    forum(make)
    command("run", "jeju", "--least", 1, "--most", 1)
    target = tmp_path / "meetings.ics"
    done = command("export", "jeju", "--format", "ics", "--output", target, "--json")
    assert done.exit_code == 1
    assert "schedule jeju --round 1" in json.loads(done.stdout)["error"]
    assert not target.exists()


def test_columns_and_language_can_be_chosen_and_addresses_are_written_down(
    command: Command, make: Factory, session: Session, tmp_path: Path
) -> None:
    forum(make)
    command("run", "jeju", "--least", 1, "--most", 1)
    target = tmp_path / "list.csv"
    base = ("export", "jeju", "--format", "csv", "--output", target)
    command(*base, "--columns", "email,name", "--language", "ko")
    header = target.read_text(encoding="utf-8-sig").splitlines()[0]
    assert header == '"edition","round","left_name","left_email","right_name","right_email"'
    assert session.exec(select(AuditEntry.actor_id, AuditEntry.act)).all() == [(None, "exported")]
    wrong = command(*base, "--columns", "phone")
    assert wrong.exit_code == 2
    assert "phone: known are id" in wrong.stderr


def test_a_place_where_nothing_can_be_written_is_told(
    command: Command, make: Factory, tmp_path: Path
) -> None:
    forum(make)
    command("run", "jeju", "--least", 1, "--most", 1)
    target = tmp_path / "no-such-folder" / "list.csv"
    done = command("export", "jeju", "--format", "csv", "--output", target)
    assert done.exit_code == 1
    assert "cannot be written" in done.stderr


def test_a_fair_round_tells_its_bound_and_its_price(command: Command, make: Factory) -> None:
    forum(make)
    plain = json.loads(command("run", "jeju", "--least", 1, "--most", 1, "--json").stdout)
    fair = json.loads(command("run", "jeju", "--least", 1, "--most", 1, "--fair", "--json").stdout)
    assert (plain["worst_bound"], plain["price"]) == (None, None)
    worst = min(fair["worst_left"], fair["worst_right"])
    assert worst >= min(plain["worst_left"], plain["worst_right"])
    assert fair["worst_bound"] >= worst - 1e-9
    assert 0 <= fair["price"] <= 0.01
    assert "no choice lifts everybody above" in command("run", "jeju", "--fair").stdout
