"""Several web processes on one database: each sees at once what any of them wrote."""

import multiprocessing
from datetime import UTC, datetime
from multiprocessing.queues import Queue

import numpy as np
import pytest
from sqlalchemy import Engine

from matchmaking.affinity import AffinitySettings
from matchmaking.affinity_side import EncodedPerson, encode_people, pack_side
from matchmaking.calibration import default_calibration
from matchmaking.calibration_centres import centred_side
from matchmaking.encoder_plan import DEFAULT_PLAN
from matchmaking.profile import Person
from models import Profile
from models.database import SessionMaker, make_engine, make_sessions, reading
from services.encoding import write_passages
from services.encoding_run import encode_stale
from services.matcher_cache import SideCache
from tests.factories import Factory
from tests.word_encoder import WordEncoder, encode_everybody, word_encoders

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PROCESSES = 3
Message = tuple[int, int]


def _write(sessions: SessionMaker, profile_id: int, word: str) -> None:
    """Save a text and encode it, as a request and the worker do."""
    with sessions() as session:
        profile = session.get_one(Profile, profile_id)
        profile.research = word
        write_passages(session, profile)
        session.commit()
    encode_stale(sessions, word_encoders()[0], lambda: NOW)


def _web_process(
    address: str,
    compared: int,
    writes: int,
    place: int,
    people: list[int],
    inboxes: "list[Queue[Message]]",
    verdicts: "Queue[str]",
) -> None:
    """Write, tell the others after the commit, and check what they tell, in one warm cache."""
    engine = make_engine(address)
    cache = SideCache(default_calibration(), compared)
    mine, inbox = people[place], inboxes.pop(place)
    checked = 0
    try:
        for number in range(writes):
            _write(make_sessions(engine), mine, _word(mine, number))
            assert _check(engine, cache, people, mine, number), "my own text is not there"
            for other in inboxes:
                other.put((mine, number))
            while not inbox.empty():
                checked += _check(engine, cache, people, *inbox.get(timeout=60))
        while checked < writes * len(inboxes):
            checked += _check(engine, cache, people, *inbox.get(timeout=60))
    except BaseException as error:
        verdicts.put(f"{type(error).__name__}: {error}")
    else:
        verdicts.put("fresh")


def _check(
    engine: Engine, cache: SideCache, people: list[int], profile_id: int, number: int
) -> bool:
    """Look into the cache as a request does: it must hold text ``number``, or a later one."""
    with reading(engine)() as session:
        cache.nearest(session, _asker(), people)
        found = cache.beside(people)
        stored = session.get_one(Profile, profile_id).research
    if str(profile_id) not in found.keys:
        # Saved once more and not encoded yet: then the table says so.
        assert stored != _word(profile_id, number), f"{stored} is missing"
        return True
    here = found.expertise.english
    vector = here.vectors[here.starts[found.keys.index(str(profile_id))]]
    fresh = _ready([_word(profile_id, later) for later in range(number, 50)])
    near = np.isclose(fresh, vector, atol=0.01).all(axis=1)
    assert near.any(), f"text {number} of {profile_id} is stale"
    return True


def _asker() -> EncodedPerson:
    """Ask with a text that is near nobody's: of so few people, the index returns all."""
    return _encoded(["asker"])[0]


def _encoded(texts: list[str]) -> tuple[EncodedPerson, ...]:
    encoders = {name: WordEncoder(name) for name in DEFAULT_PLAN.names}
    people = [Person(str(number), research=text) for number, text in enumerate(texts)]
    return encode_people(people, DEFAULT_PLAN, encoders)


def _ready(texts: list[str]) -> "np.ndarray[tuple[int, int], np.dtype[np.float16]]":
    """Encode texts, each as somebody's only one, as the cache makes them ready."""
    packed = pack_side(_encoded(texts), DEFAULT_PLAN)
    ready = centred_side(packed, default_calibration().centres, AffinitySettings().words)
    return ready.expertise.english.vectors


def _word(profile_id: int, number: int) -> str:
    return f"word{profile_id}x{number}"


@pytest.mark.parametrize(
    ("compared", "writes"),
    [
        pytest.param(1, 3, id="by a guess"),
        pytest.param(1, 40, id="by a guess, at length", marks=pytest.mark.slow),
        pytest.param(100, 40, id="all exactly, at length", marks=pytest.mark.slow),
    ],
)
def test_what_one_process_writes_every_other_reads_in_its_next_request(
    shared_database: str, compared: int, writes: int
) -> None:
    engine = make_engine(shared_database)
    with make_sessions(engine)() as session:
        make = Factory(session, NOW)
        ids = [make.profile(research=f"start{number}").id for number in range(PROCESSES)]
        encode_everybody(session)
    engine.dispose()
    spawn = multiprocessing.get_context("spawn")
    inboxes: list[Queue[Message]] = [spawn.Queue() for _ in ids]
    verdicts: Queue[str] = spawn.Queue()
    processes = [
        spawn.Process(
            target=_web_process,
            args=(shared_database, compared, writes, place, ids, inboxes, verdicts),
        )
        for place in range(PROCESSES)
    ]
    for process in processes:
        process.start()
    assert [verdicts.get(timeout=300) for _ in processes] == ["fresh"] * PROCESSES
    for process in processes:
        process.join(30)
        assert process.exitcode == 0
