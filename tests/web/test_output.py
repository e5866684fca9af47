"""Every command answers in one shape, and fails in one shape."""

import json
import math
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click
import numpy as np
import pytest
from click.testing import CliRunner, Result
from sqlalchemy.exc import OperationalError

from matchmaking.errors import IeumError
from web.commands.output import Answer, door, progress, say


@dataclass(frozen=True)
class Problem:
    line: int
    problem: str


class NotThatWay(IeumError):
    problems = (Problem(3, "unknown country"),)


def _run(answer: Answer | Exception, *arguments: str) -> Result:
    @click.command
    @click.argument("name", default="")
    @door
    def command(name: str) -> Answer:
        say("a word aside")
        if isinstance(answer, Exception):
            raise answer
        return answer

    return CliRunner().invoke(command, arguments)


def test_the_text_goes_to_stdout_and_remarks_to_stderr() -> None:
    result = _run(Answer({"id": 7}, "It was made."))
    assert result.stdout == "It was made.\n"
    assert result.stderr == "a word aside\n"
    assert result.exit_code == 0


def test_with_json_stdout_is_one_object_and_nothing_else() -> None:
    result = _run(Answer({"id": 7}, "It was made."), "--json")
    assert json.loads(result.stdout) == {"id": 7}
    assert result.exit_code == 0


def test_an_answer_that_does_not_hold_exits_1_and_is_printed_all_the_same() -> None:
    result = _run(Answer({"eligible": False}, holds=False), "--json")
    assert json.loads(result.stdout) == {"eligible": False}
    assert result.exit_code == 1


def test_a_fact_that_stops_the_act_is_an_object_on_stdout_and_exit_1() -> None:
    result = _run(NotThatWay("nothing was changed"), "--json")
    expected = {
        "error": "nothing was changed",
        "problems": [{"line": 3, "problem": "unknown country"}],
    }
    assert json.loads(result.stdout) == expected
    assert result.exit_code == 1


def test_without_json_the_error_goes_to_stderr_line_by_line() -> None:
    result = _run(NotThatWay("nothing was changed"))
    assert result.stdout == ""
    assert "Error: nothing was changed\n  line 3, problem unknown country\n" in result.stderr
    assert result.exit_code == 1


def test_an_error_without_problems_says_so_with_an_empty_list() -> None:
    result = _run(IeumError("no"), "--json")
    assert json.loads(result.stdout) == {"error": "no", "problems": []}


def test_a_database_without_tables_names_the_remedy() -> None:
    result = _run(OperationalError("SELECT", {}, Exception("no such table: account")), "--json")
    assert "db upgrade" in json.loads(result.stdout)["error"]
    assert result.exit_code == 1


def test_an_unknown_option_is_a_matter_of_usage() -> None:
    assert _run(Answer({}), "--colour").exit_code == 2


def test_a_fault_of_ours_is_not_dressed_up_as_a_fact() -> None:
    assert isinstance(_run(ZeroDivisionError()).exception, ZeroDivisionError)


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (Problem(1, "x"), {"line": 1, "problem": "x"}),
        ({"when": datetime(2026, 1, 2, tzinfo=UTC)}, {"when": "2026-01-02T00:00:00+00:00"}),
        ({"path": Path("a/b")}, {"path": "a/b"}),
        ({"score": np.float32(0.5), "n": np.int64(2)}, {"score": 0.5, "n": 2}),
        ({"gap": math.nan, "bound": math.inf}, {"gap": None, "bound": None}),
        ({"rows": (Problem(1, "한글"),)}, {"rows": [{"line": 1, "problem": "한글"}]}),
    ],
)
def test_whatever_is_answered_becomes_valid_json(value: object, plain: object) -> None:
    assert json.loads(_run(Answer(value), "--json").stdout) == plain


def test_progress_is_silent_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("Encoding") as report:
        report(1, 2)
        report(2, 2)
    assert capsys.readouterr() == ("", "")
