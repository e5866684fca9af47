"""Whatever is killed at whatever moment: begun again, nothing is lost, doubled or stuck.

Each kind of work runs once undisturbed. Then it is killed at a random step, begun again, and must
end as the undisturbed one did.
"""

import csv
import random
import shutil
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlmodel import Session, SQLModel, select

from matchmaking.encoder_plan import DEFAULT_PLAN
from models import (
    Mail,
    Mailing,
    Meeting,
    Pairing,
    Participation,
    Passage,
    PassageVector,
    Profile,
    Round,
)
from models.database import make_engine, make_sessions
from services.encoding import stale, write_all_passages
from services.mailing_progress import progress_of
from services.mailing_sending import send_mailing
from services.round_parameters import RoundParameters
from services.rounds import request_round
from tests.conftest import NOW
from tests.factories import Factory
from tests.mortals import AFTERWARDS, Life, Mortals, mortals
from tests.services.meeting_example import MeetingExample, meeting_example
from tests.services.test_round_schedule import done_round
from tests.word_encoder import encode_everybody

KINDS = ("import", "encoding", "round", "schedule", "mailing")
KILLS_OF_EACH = 10
_EACH_SIDE = 12
_WORDS = ("quantum", "photon", "chip", "memory", "sensor", "laser", "bonding", "neuromorphic")
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


@dataclass
class Kind:
    """A kind of work: what is there before, the command or the worker, its end, what came of it."""

    prepare: Callable[[MeetingExample], None]
    outcome: Callable[[Session], Any]
    command: tuple[str, ...] = ()
    done: Callable[[Session], bool] = field(default=lambda _session: False)


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


def people(example: MeetingExample) -> None:
    """Half of them have accounts and want mails, the others were imported."""
    some = random.Random(7)  # noqa: S311 - the same people every time
    for number in range(2 * _EACH_SIDE):
        country = "KR" if number % 2 else "DE"
        text = " ".join(some.sample(_WORDS, 4))
        if number % 4 < 2:
            example.person(country, research=f"{text} {number}.")
        else:
            example.make.profile(
                example.edition,
                country=country,
                research=f"{text} {number}.",
                email=f"imported{number}@example.org",
            )
    write_all_passages(example.make.session, example.make.session.exec(select(Profile)).all())
    example.make.session.commit()


def queue_round(example: MeetingExample) -> None:
    people(example)
    encode_everybody(example.make.session)
    parameters = RoundParameters(least=1, most=3)
    request_round(example.make.session, example.edition, parameters, NOW)
    example.make.session.commit()


def finish_round(example: MeetingExample) -> None:
    people(example)
    everybody = example.make.session.exec(select(Profile).order_by("id")).all()
    left, right = everybody[::2], everybody[1::2]
    done_round(example, *((left[n], right[(n + k) % len(right)]) for n in range(8) for k in (0, 1)))


def queue_mailing(example: MeetingExample) -> None:
    people(example)
    row = example.make.mailing(example.edition)
    send_mailing(example.make.session, row, NOW)
    example.make.session.commit()


def imported(session: Session) -> Any:
    rows = session.exec(select(Profile.source_key, Profile.name, Profile.research)).all()
    places = session.exec(select(Participation.profile_id)).all()
    passages = session.exec(select(Passage.profile_id, Passage.text)).all()
    return sorted(rows), len(places), len(set(places)), len(passages)


def encoded(session: Session) -> Any:
    rows = session.exec(
        select(PassageVector.passage_id, PassageVector.encoder, PassageVector.vector)
    ).all()
    return sorted(rows)


def paired(session: Session) -> Any:
    rounds = session.exec(select(Round.number, Round.state, Round.total)).all()
    pairs = session.exec(select(Pairing.left_id, Pairing.right_id, Pairing.score)).all()
    return rounds, sorted(pairs)


def scheduled(session: Session) -> Any:
    rows = session.exec(
        select(Meeting.left_id, Meeting.right_id, Meeting.starts_at, Meeting.state)
    ).all()
    return sorted(rows), Counter(session.exec(select(Mail.recipient)))


def mailed(session: Session) -> Any:
    row = session.exec(select(Mailing)).one()
    return row.state, dict(progress_of(session, row).counts)


def mailing_is_over(session: Session) -> bool:
    return session.exec(select(Mailing.state)).one() == "done"


def round_is_over(session: Session) -> bool:
    return session.exec(select(Round.state)).one() not in ("queued", "running")


WORK = {
    "import": Kind(lambda _example: None, imported, ("import", "profiles", "people.csv")),
    "encoding": Kind(people, encoded, done=lambda session: not stale(session, DEFAULT_PLAN)),
    "round": Kind(queue_round, paired, done=round_is_over),
    "schedule": Kind(finish_round, scheduled, ("schedule",)),
    "mailing": Kind(queue_mailing, mailed, done=mailing_is_over),
}


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
    write_file(place / "people.csv")
    return Scene(kind, place, slug, lambda where: Life(stage, where, mail_port))


def write_file(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name", "country", "research"])
        for number in range(60):
            country = "KR" if number % 2 else "DE"
            writer.writerow([f"p{number}", f"Person {number}", country, f"Chip {number}."])


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
    everybody = 2 * _EACH_SIDE
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
