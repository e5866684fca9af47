"""Korean and English on one scale, with the real encoders and the shipped calibration."""

import json
from importlib.resources import files

import numpy as np
import pytest

from matchmaking.affinity import AffinityScorer, AffinitySettings
from matchmaking.affinity_side import PackedSide, encode_people, pack_side
from matchmaking.calibration import default_calibration
from matchmaking.encoder_plan import DEFAULT_PLAN
from matchmaking.encoder_words import words_encoder
from matchmaking.encoders import Encoder, FloatMatrix
from matchmaking.evaluation_run import Matcher
from matchmaking.profile import Person, Work

# an English interest, a Korean text on the same, an English text on something near to it
TOPICS = """
ferroelectric FeFET synapse for neuromorphic chips
강유전체 FeFET 시냅스 소자의 선형성과 내구성
spin-orbit torque magnetic memory arrays

hybrid bonding of chiplets with copper pads
구리-구리 하이브리드 본딩을 이용한 칩렛 적층
solder bump reliability under thermal cycling

superconducting qubit readout with parametric amplifiers
초전도 큐비트 판독을 위한 파라메트릭 증폭기
trapped ion gates with integrated photonics

cryogenic CMOS controllers for quantum processors
양자 프로세서 제어용 극저온 CMOS 집적회로
low-noise amplifiers for radio telescopes

event-based vision sensors with on-sensor processing
이벤트 카메라와 센서 내 연산
image sensors for endoscopes

training spiking neural networks with surrogate gradients
대리 기울기를 이용한 스파이킹 신경망 학습
transformers for language modelling at the edge

resistive switching in oxide memristors
산화물 멤리스터의 저항 스위칭 메커니즘
ferromagnetic resonance in thin films

thermal management of three-dimensional stacked memory
3차원 적층 메모리의 방열 설계
battery packs and their cooling

silicon photonic switches for data centres
데이터센터용 실리콘 포토닉스 광스위치
plastic optical fibre sensors

glass interposers with through-glass vias
유리 관통 비아를 갖는 유리 인터포저
organic substrates with fine lines

gallium nitride power amplifiers for base stations
기지국용 질화갈륨 전력 증폭기
silicon carbide inverters for vehicles

reconfigurable intelligent surfaces for 6G
6G를 위한 재구성 가능 지능형 표면
satellite navigation receivers

quantum key distribution in deployed fibre
상용 광섬유망에서의 양자키분배 실증
coherent optical transceivers for long haul

single-photon avalanche diodes for time-of-flight imaging
비행시간 측정용 단일광자 애벌랜치 다이오드
ultrasound imaging probes

analogue in-memory computing with phase-change memory
상변화 메모리 기반 아날로그 인메모리 컴퓨팅
error-correcting codes for flash storage

two-dimensional semiconductors for transistors
2차원 반도체 트랜지스터
carbon fibre composites

atomic layer deposition of high-k dielectrics
고유전율 절연막의 원자층 증착
electroplating of copper lines

neural probes with wireless power
무선 전력으로 동작하는 신경 프로브
wearable electrocardiogram patches

successive-approximation converters with noise shaping
노이즈 셰이핑 SAR 아날로그-디지털 변환기
switched-capacitor voltage regulators

extreme ultraviolet photoresist chemistry
극자외선 포토레지스트 재료
plasma cleaning of chambers
"""
ENGLISH, KOREAN, DISTRACTORS = zip(
    *(block.splitlines() for block in TOPICS.strip().split("\n\n")), strict=True
)
POOL = [*KOREAN, *DISTRACTORS]

pytestmark = pytest.mark.encoder


@pytest.fixture(scope="module")
def encoders(minilm: Encoder, multilingual: Encoder) -> dict[str, Encoder]:
    return {"minilm": minilm, "use-multilingual": multilingual, "words": words_encoder()}


def found_first(scores: FloatMatrix) -> int:
    return int((scores.argmax(axis=1) == np.arange(20)).sum())


def packed(encoders: dict[str, Encoder], people: list[Person]) -> PackedSide:
    return pack_side(encode_people(people, DEFAULT_PLAN, encoders), DEFAULT_PLAN)


def shipped_scores(
    encoders: dict[str, Encoder], left: list[Person], right: list[Person]
) -> FloatMatrix:
    sides = packed(encoders, left), packed(encoders, right)
    scorer = AffinityScorer(*sides, default_calibration())
    return scorer.score(np.arange(len(left)), np.arange(len(right)))


@pytest.mark.parametrize("mine", ["research", "needs"])
def test_among_20_korean_and_20_english_texts_the_right_korean_one_comes_first(
    encoders: dict[str, Encoder], mine: str
) -> None:
    if mine == "research":
        left = [Person(text, research=text) for text in ENGLISH]
        right = [Person(text, publications=(Work(text),)) for text in POOL]
    else:
        left = [Person(text, needs=(text,)) for text in ENGLISH]
        right = [Person(text, offers=(text,)) for text in POOL]
    # nineteen are promised; among these forty every one is found
    assert found_first(shipped_scores(encoders, left, right)) == 20


def test_the_same_holds_when_the_file_to_evaluate_brings_its_own_calibration(
    encoders: dict[str, Encoder],
) -> None:
    matcher = Matcher(DEFAULT_PLAN, encoders, default_calibration(), AffinitySettings())
    left = [Person(text, research=text) for text in ENGLISH]
    right = [Person(text, research=text) for text in POOL]
    report = matcher.pairs(left, right, list(zip(ENGLISH, KOREAN, strict=True)))
    assert found_first(matcher.scores(left, right)) >= 19
    assert report.affinity.hit1 >= 0.95
    assert report.affinity.mrr > 2 * max(report.tfidf.mrr, report.random.mrr)


@pytest.mark.parametrize("mine", ["research", "needs"])
@pytest.mark.parametrize("first", [0, 32])
def test_every_right_partner_of_a_korean_is_found_among_40(
    encoders: dict[str, Encoder], mine: str, first: int
) -> None:
    texts = json.loads(files("matchmaking").joinpath("parallel_texts.json").read_text("utf-8"))
    pairs = [(pair["korean"], pair["english"]) for pair in texts[first : first + 40]]
    if mine == "needs":
        left = [Person(korean, needs=(korean,)) for korean, _ in pairs]
        right = [Person(english, offers=(english,)) for _, english in pairs]
    else:
        left = [Person(korean, research=korean) for korean, _ in pairs]
        right = [Person(english, publications=(Work(english),)) for _, english in pairs]
    scores = shipped_scores(encoders, left, right)
    assert (scores.argmax(axis=1) == np.arange(40)).all()
    assert (scores.argmax(axis=0) == np.arange(40)).sum() >= 39


def test_a_partner_who_writes_both_languages_is_found_as_well_as_one_who_writes_one(
    encoders: dict[str, Encoder],
) -> None:
    left = [Person(text, research=text) for text in ENGLISH]
    both = [
        Person(korean, research=korean, publications=(Work(english),))
        for korean, english in zip(KOREAN, ENGLISH, strict=True)
    ]
    pool = [*both, *(Person(text, research=text) for text in DISTRACTORS)]
    assert found_first(shipped_scores(encoders, left, pool)) == 20


def test_korean_partners_score_about_as_high_as_english_ones_would(
    encoders: dict[str, Encoder],
) -> None:
    left = [Person(text, research=text) for text in ENGLISH]
    right = [Person(text, research=text) for text in POOL]
    scores = shipped_scores(encoders, left, right)
    wrong = ~np.eye(20, dtype=bool)
    korean, english = scores[:, :20][wrong], scores[:, 20:][wrong]
    for share in (0.5, 0.95):
        assert np.quantile(korean, share) == pytest.approx(np.quantile(english, share), abs=0.06)


def test_adding_the_korean_version_lowers_no_score_earned_in_english(
    encoders: dict[str, Encoder],
) -> None:
    left = [Person(text, research=text) for text in ENGLISH]
    right = [Person(text, research=text) for text in DISTRACTORS]
    both = [
        Person(text, research=text, publications=(Work(korean),))
        for text, korean in zip(DISTRACTORS, KOREAN, strict=True)
    ]
    assert (shipped_scores(encoders, left, both) >= shipped_scores(encoders, left, right)).all()
