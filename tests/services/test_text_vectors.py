import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from matchmaking.encoder_plan import DEFAULT_PLAN
from matchmaking.profile import Person
from models import TextVector
from models.database import SessionMaker, make_sessions
from services.text_vectors import drop_unused, encode_texts, encoded_texts
from tests.word_encoder import word_encoders

CHIP = Person("chip", research="cold chip")
KOREAN = Person("korean", research="양자 칩")


@pytest.fixture
def sessions(engine: Engine) -> SessionMaker:
    return make_sessions(engine)


def _encode(sessions: SessionMaker, *texts: Person) -> int:
    return encode_texts(sessions, word_encoders()[0], lambda _session: texts)


def test_a_text_that_nobody_has_read_has_no_passage(session: Session) -> None:
    assert encoded_texts(session, DEFAULT_PLAN, [CHIP])[0].passages == ()


def test_an_english_text_is_read_by_every_encoder_and_a_korean_one_by_one(
    sessions: SessionMaker, session: Session
) -> None:
    assert _encode(sessions, CHIP, KOREAN) == 4
    chip, korean = encoded_texts(session, DEFAULT_PLAN, [CHIP, KOREAN])
    assert set(chip.passages[0].vectors) == set(DEFAULT_PLAN.names)
    assert set(korean.passages[0].vectors) == {DEFAULT_PLAN.every}


def test_what_was_read_is_not_read_again(sessions: SessionMaker) -> None:
    _encode(sessions, CHIP)
    assert _encode(sessions, CHIP) == 0


def test_one_text_of_two_owners_is_read_once(sessions: SessionMaker) -> None:
    assert _encode(sessions, CHIP, Person("other", research="cold chip")) == 3


def test_a_changed_text_is_read_and_the_old_one_forgotten(
    sessions: SessionMaker, session: Session
) -> None:
    _encode(sessions, CHIP)
    before = set(session.exec(select(TextVector.text_hash)))
    session.commit()
    assert _encode(sessions, Person("chip", research="warm chip")) == 3
    after = set(session.exec(select(TextVector.text_hash)))
    assert len(after) == 1
    assert before.isdisjoint(after)


def test_a_withdrawn_text_leaves_no_vector(sessions: SessionMaker, session: Session) -> None:
    _encode(sessions, CHIP, KOREAN)
    drop_unused(session, [CHIP])
    assert len(session.exec(select(TextVector)).all()) == 3


def test_a_stopped_worker_goes_on_where_it_was(sessions: SessionMaker, session: Session) -> None:
    many = [Person(str(number), research=f"chip number {number}") for number in range(20)]
    turns = iter([False, True])
    encoders = word_encoders()[0]
    first = encode_texts(sessions, encoders, lambda _session: many, lambda: next(turns))
    assert 0 < first < 60
    assert encode_texts(sessions, encoders, lambda _session: many) == 60 - first
    assert all(found.passages for found in encoded_texts(session, DEFAULT_PLAN, many))
