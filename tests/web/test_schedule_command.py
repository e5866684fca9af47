"""Meetings of a round from a terminal: one JSON object, and what to do where there can be none."""

import json
from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask
from sqlmodel import Session, select

from models import Mail, Meeting
from tests.factories import Factory
from tests.services.meeting_example import MeetingExample, meeting_example
from tests.services.test_round_schedule import busy, done_round

Command = Callable[..., Result]


@pytest.fixture
def example(make: Factory) -> MeetingExample:
    return meeting_example(make)


@pytest.fixture
def command(app: Flask, example: MeetingExample) -> Command:
    first = ["schedule", example.edition.slug]
    return lambda *words: app.test_cli_runner().invoke(args=[*first, *map(str, words)])


def test_what_was_placed_and_what_was_not_is_one_json_object(
    command: Command, example: MeetingExample, session: Session
) -> None:
    left, right, away = example.person("DE"), example.person("KR"), example.person("KR")
    busy(example, away, 0, 3)
    done_round(example, (left, right), (left, away))

    done = command("--json")

    assert done.exit_code == 0
    assert json.loads(done.stdout) == {
        "round": 1,
        "placed": 1,
        "proposed": 1,
        "unplaced": [{"ids": [left.source_key, away.source_key], "why": "right-away"}],
        "slots": 1,
    }
    assert session.exec(select(Meeting.state)).all() == ["proposed"]
    assert len(session.exec(select(Mail)).all()) == 2


def test_again_it_proposes_nothing_and_says_what_there_is(
    command: Command, example: MeetingExample, session: Session
) -> None:
    done_round(example, (example.person("DE"), example.person("KR")))
    command()
    told = json.loads(command("--json").stdout)
    assert (told["placed"], told["proposed"], told["slots"]) == (1, 0, 1)
    assert len(session.exec(select(Meeting)).all()) == 1


def test_a_person_reads_names_and_reasons(command: Command, example: MeetingExample) -> None:
    left, away = example.person("DE"), example.person("KR")
    busy(example, away, 0, 3)
    done_round(example, (left, away))
    text = command().stdout
    assert "0 pairs have a meeting" in text
    assert (
        f"{left.name} ({left.source_key}) and {away.name} ({away.source_key}): right-away" in text
    )


def test_an_older_round_can_be_named(command: Command, example: MeetingExample) -> None:
    done_round(example, (example.person("DE"), example.person("KR")))
    done_round(example)
    assert json.loads(command("--round", 1, "--json").stdout)["placed"] == 1


def test_without_a_finished_round_the_remedy_is_told(
    command: Command, example: MeetingExample
) -> None:
    done = command("--json")
    assert done.exit_code == 1
    assert "run one first" in json.loads(done.stdout)["error"]
    done_round(example, state="running")
    done = command("--round", 1)
    assert done.exit_code == 1
    assert "wait until it is done" in done.stderr


def test_without_a_programme_the_remedy_is_told(
    command: Command, example: MeetingExample, session: Session
) -> None:
    done_round(example, (example.person("DE"), example.person("KR")))
    example.edition.programme = {}
    session.commit()
    done = command("--json")
    assert done.exit_code == 1
    assert "give it half-days" in json.loads(done.stdout)["error"]
    assert session.exec(select(Meeting)).all() == []
