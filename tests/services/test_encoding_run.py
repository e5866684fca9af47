from collections.abc import Sequence
from datetime import datetime

import numpy as np
import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from matchmaking.encoder_plan import DEFAULT_PLAN, MINILM, USE_MULTILINGUAL
from matchmaking.encoders import FloatMatrix
from models import Passage, PassageVector
from models.database import SessionMaker, make_sessions
from services.encoding import stale, write_all_passages, write_passages
from services.encoding_run import CHUNK, JOB, encode_stale
from services.index_version import changed_since
from services.jobs import JobState, job_state
from services.shared_encoders import BATCH, SharedEncoders
from tests.factories import Factory
from tests.word_encoder import WordEncoder, word_encoders


@pytest.fixture
def sessions(engine: Engine) -> SessionMaker:
    return make_sessions(engine)


def _stale(sessions: SessionMaker) -> int:
    with sessions() as session:
        return stale(session, DEFAULT_PLAN)


def _people(session: Session, make: Factory, count: int) -> None:
    people = [make.profile(research=f"Topic {number} chips.") for number in range(count)]
    write_all_passages(session, people)
    session.commit()


def test_everything_stale_is_encoded_and_nothing_twice(
    session: Session, make: Factory, sessions: SessionMaker, now: datetime
) -> None:
    profile = make.profile(research="Spin qubits.", offers=["양자 칩"])
    write_passages(session, profile)
    session.commit()
    encoders, made = word_encoders()
    assert encode_stale(sessions, encoders, lambda: now) == 2
    assert made[MINILM].read == ["Spin qubits."]
    assert sorted(made[USE_MULTILINGUAL].read) == ["Spin qubits.", "양자 칩"]
    assert encode_stale(sessions, encoders, lambda: now) == 0
    assert len(made[USE_MULTILINGUAL].read) == 2


def test_a_vector_is_kept_as_little_endian_single_precision(
    session: Session, make: Factory, sessions: SessionMaker, now: datetime
) -> None:
    write_passages(session, make.profile(research="Spin qubits."))
    session.commit()
    encode_stale(sessions, word_encoders()[0], lambda: now)
    row = session.exec(select(PassageVector).where(PassageVector.encoder == MINILM)).one()
    expected = WordEncoder(MINILM).encode(["Spin qubits."])[0]
    np.testing.assert_array_equal(np.frombuffer(row.vector, "<f4"), expected)


def test_progress_and_the_job_tell_how_far_it_is(
    session: Session, make: Factory, sessions: SessionMaker, now: datetime
) -> None:
    _people(session, make, CHUNK + 3)
    told: list[tuple[int, int]] = []
    encode_stale(
        sessions,
        word_encoders()[0],
        lambda: now,
        progress=lambda done, of: told.append((done, of)),
    )
    assert told == [(CHUNK, CHUNK + 3), (CHUNK + 3, CHUNK + 3)]
    assert job_state(session, JOB) == JobState("idle", CHUNK + 3, CHUNK + 3)


def test_what_is_done_before_a_stop_stays_done(
    session: Session, make: Factory, sessions: SessionMaker, now: datetime
) -> None:
    _people(session, make, CHUNK + 3)
    answers = iter([False, True])
    encoders, _ = word_encoders()
    stopped = encode_stale(sessions, encoders, lambda: now, cancelled=lambda: next(answers))
    assert stopped == CHUNK
    assert _stale(sessions) == 3
    assert encode_stale(sessions, encoders, lambda: now) == 3


class _Broken(WordEncoder):
    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        if len(self.read) >= CHUNK:
            raise OSError("the disk is gone")
        return super().encode(texts)


def test_an_encoder_that_breaks_leaves_its_word_and_the_finished_batches(
    session: Session, make: Factory, sessions: SessionMaker, now: datetime
) -> None:
    _people(session, make, CHUNK + 3)
    with pytest.raises(OSError, match="the disk is gone"):
        encode_stale(sessions, SharedEncoders(DEFAULT_PLAN, _Broken), lambda: now)
    assert _stale(sessions) == 3
    assert job_state(session, JOB) == JobState("failed", CHUNK, CHUNK + 3, "the disk is gone")


class _Meanwhile(WordEncoder):
    """Has the profile changed by somebody else while it reads the first batch."""

    def __init__(self, name: str, act: object) -> None:
        super().__init__(name)
        self.act = act

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        act, self.act = self.act, None
        if callable(act):
            act()
        return super().encode(texts)


def test_a_text_changed_while_it_was_read_is_read_again(
    session: Session, make: Factory, sessions: SessionMaker, now: datetime
) -> None:
    profile = make.profile(research="Before.")
    write_passages(session, profile)
    session.commit()

    def change() -> None:
        profile.research = "After."
        session.add(profile)
        write_passages(session, profile)
        session.commit()

    encoder = _Meanwhile("both", change)
    encode_stale(sessions, SharedEncoders(DEFAULT_PLAN, lambda _name: encoder), lambda: now)
    assert _stale(sessions) == 0
    assert "After." in encoder.read
    row = session.exec(select(Passage)).one()
    hashes = {vector.text_hash for vector in session.exec(select(PassageVector)).all()}
    assert hashes == {row.text_hash}


def test_a_profile_deleted_while_it_was_read_does_not_break_the_others(
    session: Session, make: Factory, sessions: SessionMaker, now: datetime
) -> None:
    _people(session, make, 2)
    first = session.exec(select(Passage)).first()
    session.commit()

    def remove() -> None:
        session.delete(first)
        session.commit()

    encoder = _Meanwhile("both", remove)
    encode_stale(sessions, SharedEncoders(DEFAULT_PLAN, lambda _name: encoder), lambda: now)
    assert _stale(sessions) == 0
    assert len(session.exec(select(PassageVector)).all()) == len(DEFAULT_PLAN.names)


def test_new_vectors_are_noted_for_the_index(
    session: Session, make: Factory, sessions: SessionMaker, now: datetime
) -> None:
    profile = make.profile(research="Spin qubits.")
    write_passages(session, profile)
    session.commit()
    encode_stale(sessions, word_encoders()[0], lambda: now)
    assert [change.profile_id for change in changed_since(session, 1)] == [profile.id]


def test_batches_are_small_so_that_a_question_gets_its_turn(
    session: Session, make: Factory, sessions: SessionMaker, now: datetime
) -> None:
    _people(session, make, BATCH * 2 + 1)
    sizes: list[int] = []

    class Noting(WordEncoder):
        def encode(self, texts: Sequence[str]) -> FloatMatrix:
            sizes.append(len(texts))
            return super().encode(texts)

    encode_stale(sessions, SharedEncoders(DEFAULT_PLAN, Noting), lambda: now)
    assert max(sizes) == BATCH
