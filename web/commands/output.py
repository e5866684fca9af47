"""What every command shares: one answer, as text or as one JSON object, and errors in words.

    @group.command("create")
    @click.argument("email")
    @door
    def create(email: str) -> Answer:
        '''Make an account.

        Example: flask --app app account create kim@example.org
        '''
        ...
        return Answer({"id": account.id}, f"Account {account.id} was made.")

``door`` adds ``--json``. The answer goes to stdout, alone; everything else a command says goes to
stderr by ``say`` or ``progress``. Exit codes: 0; 1 the data says no; 2 usage (click's own).
"""

import json
import math
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from sqlalchemy.exc import OperationalError, ProgrammingError

from matchmaking.errors import IeumError

Arguments = ParamSpec("Arguments")
Report = Callable[[int, int], None]


@dataclass(frozen=True)
class Answer:
    """What a command found or did.

    Parameters
    ----------
    values
        A mapping or a dataclass, printed whole with ``--json``.
    text
        The same for a person, printed without ``--json``.
    holds
        False when the data says no although the command did its work: exit 1.
    """

    values: object
    text: str = ""
    holds: bool = True


def door(command: Callable[Arguments, Answer]) -> Callable[..., None]:
    """Give a command ``--json``, print its answer, and turn an IeumError into exit 1.

    The error is printed as ``{"error": text, "problems": [...]}``; ``problems`` is the attribute of
    that name of the error, if it has one: a sequence of texts or dataclasses.
    """

    @wraps(command)
    def act(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        as_json = bool(kwargs.pop("as_json"))
        try:
            answer = command(*args, **kwargs)
        except IeumError as error:
            _fail(str(error), getattr(error, "problems", ()), as_json)
        except (OperationalError, ProgrammingError) as error:
            reason = str(error.orig).strip().splitlines()[0]
            remedy = "If it is new, run: flask --app app db upgrade"
            _fail(f"The database cannot be used: {reason}. {remedy}", (), as_json)
        else:
            if as_json:
                _print_json(answer.values)
            elif answer.text:
                click.echo(answer.text)
            sys.exit(0 if answer.holds else 1)

    flag = click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")
    return flag(act)


def say(sentence: str) -> None:
    """Tell the person at the terminal something that is not part of the answer."""
    click.echo(sentence, err=True)


@contextmanager
def progress(title: str) -> Iterator[Report]:
    """Show a bar on a terminal, nothing elsewhere; yields ``report(done, of)``."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def _fail(text: str, problems: Any, as_json: bool) -> None:  # noqa: ANN401 - any error's attribute
    if as_json:
        _print_json({"error": text, "problems": list(problems)})
    else:
        say(f"Error: {text}")
        for problem in problems:
            parts = asdict(problem).items() if _is_record(problem) else None
            say("  " + (", ".join(f"{k} {v}" for k, v in parts) if parts else str(problem)))
    sys.exit(1)


def _print_json(values: object) -> None:
    click.echo(json.dumps(_plain(values), ensure_ascii=False, allow_nan=False))


def _plain(value: Any) -> Any:  # noqa: ANN401 - any value in, what JSON knows out
    if _is_record(value):
        return _plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    if isinstance(value, (date, Path)):
        return value.isoformat() if isinstance(value, date) else str(value)
    if hasattr(value, "tolist"):  # numpy's scalars and arrays
        return _plain(value.tolist())
    # JSON has no word for infinity or for not-a-number.
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _is_record(value: object) -> bool:
    return is_dataclass(value) and not isinstance(value, type)
