"""What the shipped encoders, calibration and settings say of texts that people could write."""

import numpy as np
import pytest

from matchmaking.affinity import AffinityScorer
from matchmaking.affinity_side import encode_people, pack_side
from matchmaking.calibration import Grade, default_calibration
from matchmaking.encoder_plan import DEFAULT_PLAN
from matchmaking.encoder_words import words_encoder
from matchmaking.encoders import Encoder
from matchmaking.profile import Person, Work
from matchmaking.reasons import ReasonCode

pytestmark = pytest.mark.encoder

DEVICES = Person(
    "devices",
    research=(
        "We make hafnium zirconium oxide ferroelectric transistors in the back end of line and use "
        "them as synapses. Arrays of 64 by 64 devices hold 32 states each."
    ),
    publications=(Work("Interface scavenging in ferroelectric transistors with oxide channels"),),
    offers=("ferroelectric transistor arrays with measured pulses",),
    needs=("circuit designers for a read-out chip",),
)
CIRCUITS = Person(
    "circuits",
    research=(
        "My group designs mixed-signal circuits that read and write emerging memories for analogue "
        "in-memory computing: sense amplifiers, drivers and converters in 28 nm CMOS."
    ),
    publications=(Work("A read-out macro for ferroelectric memory arrays in 28 nm CMOS"),),
    offers=("design of read-out circuits and tape-out experience",),
    needs=("arrays of ferroelectric or resistive devices",),
)
KOREAN = Person(
    "korean",
    research="강유전체 트랜지스터 시냅스 어레이를 위한 판독 회로를 설계합니다.",
    offers=("판독 회로 설계",),
    needs=("강유전체 소자 어레이",),
)
QUANTUM = Person(
    "quantum",
    research=(
        "I distribute entangled photons over deployed fibre between cities and work on the "
        "certification of quantum key distribution devices."
    ),
    publications=(Work("Decoy states with leaky sources"),),
    offers=("a fibre link of 80 km",),
    needs=("single-photon detectors with low jitter",),
)
OTHERS = (CIRCUITS, KOREAN, QUANTUM)


@pytest.fixture(scope="module")
def scorer(minilm: Encoder, multilingual: Encoder) -> AffinityScorer:
    encoders: dict[str, Encoder] = {
        "minilm": minilm,
        "use-multilingual": multilingual,
        "words": words_encoder(),
    }
    left, right = (
        pack_side(encode_people(people, DEFAULT_PLAN, encoders), DEFAULT_PLAN)
        for people in ((DEVICES,), OTHERS)
    )
    return AffinityScorer(left, right, default_calibration())


def test_partners_who_complete_each_other_stand_before_strangers(scorer: AffinityScorer) -> None:
    circuits, korean, quantum = scorer.score(np.array([0]), np.arange(3))[0]
    assert min(circuits, korean) > 2 * quantum


def test_grades_speak_of_the_demo_forum(scorer: AffinityScorer) -> None:
    grades = [
        scorer.calibration.grade(float(score))
        for score in scorer.score(np.array([0]), np.arange(3))[0]
    ]
    assert grades[0] == Grade.EXCELLENT
    assert grades[1] in (Grade.EXCELLENT, Grade.STRONG)
    assert grades[2] in (Grade.WEAK, Grade.FAIR)


def test_the_reasons_name_the_offer_that_meets_the_need(scorer: AffinityScorer) -> None:
    reasons = {reason.code: reason for reason in scorer.explain(0, 0).reasons}
    assert set(reasons) == set(ReasonCode)
    met = reasons[ReasonCode.LEFT_OFFERS_WHAT_RIGHT_NEEDS].evidence[0]
    assert (met.left, met.right) == ("offer:0:0", "need:0:0")
    assert reasons[ReasonCode.LEFT_OFFERS_WHAT_RIGHT_NEEDS].strength > 0.6


def test_a_korean_partner_has_the_same_kinds_of_reasons(scorer: AffinityScorer) -> None:
    told = scorer.explain(0, 1)
    assert {reason.code for reason in told.reasons} == set(ReasonCode)
    assert all(reason.evidence for reason in told.reasons)
