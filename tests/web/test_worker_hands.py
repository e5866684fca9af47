import numpy as np
import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlmodel import Session

from matchmaking.encoder_plan import DEFAULT_PLAN, EncoderPlan
from models import Edition, Mail, Round
from services.encoding import write_all_passages
from services.round_parameters import RoundParameters
from services.rounds import request_round
from tests.factories import Factory
from tests.word_encoder import word_encoders
from web.config import Settings
from web.jobs import LANES, Hands
from web.worker_hands import encoder_plan, hands


@pytest.fixture
def at_work(app: Flask) -> Hands:
    return hands(app, word_encoders()[0], lambda: False)


@pytest.mark.parametrize(
    ("english", "multilingual", "plan"),
    [
        ("minilm", "use-multilingual", DEFAULT_PLAN),
        ("mine", "theirs", EncoderPlan("mine", "theirs")),
        ("both", "both", EncoderPlan("", "both")),
    ],
)
def test_the_settings_name_the_encoders(english: str, multilingual: str, plan: EncoderPlan) -> None:
    settings = Settings(encoder_english=english, encoder_multilingual=multilingual)
    assert encoder_plan(settings) == plan


def test_every_lane_has_somebody_who_does_its_work(at_work: Hands) -> None:
    assert set(at_work.lanes) == set(LANES)
    for work in at_work.lanes.values():
        work()


def test_what_waits_is_encoded_drawn_sent_and_paired(
    at_work: Hands, session: Session, make: Factory, engine: Engine
) -> None:
    edition = make.edition(least_partners=1, most_partners=1)
    people = [
        make.profile(edition, country=country, research="quantum") for country in ("DE", "KR")
    ]
    write_all_passages(session, people)
    session.add(
        Mail(
            event="once",
            recipient="kim@snu.example",
            subject="Hello",
            body="One link.",
            next_attempt_at=make.now,
            created_at=make.now,
        )
    )
    request_round(session, edition, RoundParameters(1, 1), make.now)
    session.commit()
    for lane in LANES:
        at_work.lanes[lane]()
    session.expire_all()
    assert session.get_one(Mail, 1).state == "sent"
    assert session.get_one(Round, 1).state == "done"
    assert len(session.get_one(Edition, edition.id).landscape) == 2


def test_a_worker_that_stops_begins_nothing(app: Flask, session: Session, make: Factory) -> None:
    people = [make.profile(research="quantum")]
    write_all_passages(session, people)
    session.commit()
    encoders, made = word_encoders()
    hands(app, encoders, lambda: True).lanes["encoding"]()
    assert all(encoder.read == [] for encoder in made.values())


def test_an_answer_carries_the_text_as_each_encoder_of_its_language_sees_it(
    at_work: Hands,
) -> None:
    english, korean = at_work.answer("quantum chip"), at_work.answer("양자 칩")
    assert [name for name, _ in english.vectors] == list(DEFAULT_PLAN.names)
    assert [name for name, _ in korean.vectors] == ["use-multilingual"]
    length = np.linalg.norm(np.frombuffer(english.vectors[0][1], "<f4"))
    assert length == pytest.approx(1.0, abs=1e-6)
