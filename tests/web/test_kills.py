"""Whatever is killed at whatever moment: begun again, nothing is lost, doubled or stuck.

Each kind of work runs once undisturbed. Then it is killed at a random step, begun again, and must
end as the undisturbed one did.
"""

import random
import shutil
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlmodel import Session, SQLModel

from models.database import make_engine, make_sessions
from tests.conftest import NOW
from tests.factories import Factory
from tests.killed_work import EACH_SIDE, WORK, Kind, registrants
from tests.mortals import AFTERWARDS, Life, Mortals, mortals
from tests.services.meeting_example import meeting_example

KINDS = ("import", "file", "encoding", "round", "schedule", "mailing")
KILLS_OF_EACH = 10
_KILLED = -9
# A worker whose work was done before it began is told to stop before it listens to signals.
_WELL = (0, -15)


class Inbox:
    """A mail server that counts what it took, by recipient."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.taken.update(envelope.rcpt_tos)
        return "250 taken"


@pytest.fixture(scope="module")
def stage() -> Iterator[Mortals]:
    with mortals() as made:
        yield made


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def mail_port(inbox: Inbox) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    server = Controller(inbox, hostname="127.0.0.1", port=port)
    server.start()
    yield port
    server.stop()


@dataclass
class Scene:
    """One kind of work, prepared once; each life begins from a copy."""

    kind: Kind
    folder: Path
    slug: str
    make: Callable[[Path], Life]

    def begin(self, name: str) -> Life:
        """Copy what was prepared."""
        return self.make(shutil.copytree(self.folder, self.folder.parent / name))

    def live(self, life: Life, **given: Any) -> int:
        """Let a life work, and look at its database from beside it."""
        command = list(self.kind.command)
        if command[:1] == ["import"]:
            command = [*command[:2], str(life.folder / command[2]), "--edition", self.slug]
        elif command:
            command.append(self.slug)
        database = make_engine(life.database).execution_options(only_reads=True)
        try:
            return life.live(*command, done=partial(self._done, database), **given)
        finally:
            database.dispose()

    def outcome(self, life: Life) -> Any:
        """Read what came of it."""
        database = make_engine(life.database)
        with Session(database) as session:
            found = self.kind.outcome(session)
        database.dispose()
        return found

    def _done(self, database: Any) -> bool:
        with Session(database) as session:
            return self.kind.done(session)


def make_scene(name: str, stage: Mortals, folder: Path, mail_port: int | None) -> Scene:
    kind, place = WORK[name], folder / "prepared"
    place.mkdir()
    life = Life(stage, place, mail_port)
    database = make_engine(life.database)
    SQLModel.metadata.create_all(database)
    with make_sessions(database)() as session:
        example = meeting_example(Factory(session, NOW), slots=6, tables=4)
        kind.prepare(example)
        slug = example.edition.slug
    database.dispose()
    (place / "people.csv").write_text(registrants(), encoding="utf-8")
    return Scene(kind, place, slug, lambda where: Life(stage, where, mail_port))


def try_kills(name: str, count: int, stage: Mortals, folder: Path, mail_port: int | None) -> None:
    scene = make_scene(name, stage, folder, mail_port)
    whole = scene.begin("whole")
    assert scene.live(whole) == 0
    expected = scene.outcome(whole)
    moments = random.Random(f"{name} {count}")  # noqa: S311 - a failure can be played again
    killed = 0
    for number in range(count):
        life = scene.begin(f"life-{number}")
        code = scene.live(life, last=moments.randint(1, whole.steps))
        killed += code == _KILLED
        assert code in (*_WELL, _KILLED)
        assert scene.live(life, now=AFTERWARDS) in _WELL
        assert scene.outcome(life) == expected, f"{name}, life {number}"
    # Threads take their steps in another order each time: a few are done before the last step.
    assert killed >= count * 0.6


def try_kills_of_mailing(
    count: int, stage: Mortals, folder: Path, inbox: Inbox, mail_port: int
) -> None:
    scene = make_scene("mailing", stage, folder, mail_port)
    whole = scene.begin("whole")
    assert scene.live(whole) == 0
    everybody = 2 * EACH_SIDE
    assert scene.outcome(whole) == ("done", {"sent": everybody})
    assert set(inbox.taken.values()) == {1}
    moments = random.Random(f"mailing {count}")  # noqa: S311 - a failure can be played again
    for number in range(count):
        inbox.taken.clear()
        life = scene.begin(f"life-{number}")
        assert scene.live(life, last=moments.randint(1, whole.steps)) in (*_WELL, _KILLED)
        assert scene.live(life, now=AFTERWARDS) in _WELL
        state, counts = scene.outcome(life)
        interrupted = counts.pop("interrupted", 0)
        # Killed in the one step between the mark and the dot, it is told and never repeated.
        assert interrupted <= 1
        assert (state, counts) == ("done", {"sent": everybody - interrupted})
        assert set(inbox.taken.values()) == {1}
        assert everybody - interrupted <= len(inbox.taken) <= everybody


@pytest.mark.parametrize("name", [name for name in KINDS if name != "mailing"])
def test_work_that_is_killed_once_ends_as_if_it_had_not_been(
    name: str, stage: Mortals, tmp_path: Path
) -> None:
    try_kills(name, 1, stage, tmp_path, None)


def test_a_mailing_whose_worker_is_killed_reaches_everybody_exactly_once(
    stage: Mortals, tmp_path: Path, inbox: Inbox, mail_port: int
) -> None:
    try_kills_of_mailing(1, stage, tmp_path, inbox, mail_port)


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in KINDS if name != "mailing"])
def test_work_that_is_killed_at_many_moments_ends_as_if_it_had_not_been(
    name: str, stage: Mortals, tmp_path: Path
) -> None:
    try_kills(name, KILLS_OF_EACH, stage, tmp_path, None)


@pytest.mark.slow
def test_a_mailing_whose_worker_is_killed_at_many_moments_reaches_everybody_exactly_once(
    stage: Mortals, tmp_path: Path, inbox: Inbox, mail_port: int
) -> None:
    try_kills_of_mailing(KILLS_OF_EACH, stage, tmp_path, inbox, mail_port)
