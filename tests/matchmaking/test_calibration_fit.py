import dataclasses
from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest

from matchmaking.affinity import AffinityScorer, AffinitySettings
from matchmaking.affinity_side import EncodedPassage, EncodedPerson, PackedSide
from matchmaking.calibration_centres import (
    NO_CENTRES,
    Centres,
    ShelfCentres,
    centred_side,
    fit_centres,
)
from matchmaking.calibration_fit import (
    LanguageSample,
    encode_parallel_texts,
    fit_calibration,
)
from matchmaking.encoder_plan import DEFAULT_PLAN
from matchmaking.encoders import FloatMatrix
from matchmaking.errors import BadInput
from matchmaking.passages import Kind, Passage, has_hangul
from tests.matchmaking.people import FLAT, person, random_side, side


def vectors(rng: np.random.Generator, size: int) -> FloatMatrix:
    rows = rng.normal(size=(size, 8))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows.astype(np.float32)


@pytest.fixture
def languages() -> LanguageSample:
    """Make a person of 60 texts in both languages whose senses differ less in Korean."""
    rng = np.random.default_rng(5)
    english = vectors(rng, 60)
    # half of every vector of the encoder of every language is noise
    every, korean = (np.hstack([english, vectors(rng, 60)]) for _ in range(2))
    return LanguageSample(DEFAULT_PLAN, side(parallel(english, every, korean)))


def parallel(english: FloatMatrix, every: FloatMatrix, korean: FloatMatrix) -> EncodedPerson:
    passages = [
        EncodedPassage(
            Passage(Kind.PUBLICATION, number, 0, "", hangul, 1.0),
            {"use-multilingual": (korean if hangul else every)[place]}
            | ({} if hangul else {"minilm": english[place], "words": english[place]}),
        )
        for number, (hangul, place) in enumerate(product((False, True), range(60)))
    ]
    return EncodedPerson("both", tuple(passages))


@pytest.fixture
def sample() -> tuple[PackedSide, PackedSide]:
    rng = np.random.default_rng(1)
    return random_side(rng, 40, "l"), random_side(rng, 50, "r")


def test_other_languages_are_brought_to_the_english_scale(
    languages: LanguageSample, sample: tuple[PackedSide, PackedSide]
) -> None:
    calibration = fit_calibration(*sample, languages, "t")
    own = fit_centres(languages.side, languages.side, steady=0)
    work = centred_side(languages.side, own, AffinitySettings().words).expertise
    english, every, korean = (
        view.vectors.astype(np.float32) for view in (work.english, work.english_every, work.korean)
    )
    different = ~np.eye(60, dtype=bool)
    wanted = (english @ english.T)[different]
    for line, found in (
        (calibration.mixed, every @ korean.T),
        (calibration.korean, korean @ korean.T),
    ):
        scaled = found[different] * line.slope + line.offset
        assert scaled.mean() == pytest.approx(wanted.mean(), abs=1e-4)
        assert scaled.std() == pytest.approx(wanted.std(), abs=1e-4)
        assert line.slope > 1


def working_people(rng: np.random.Generator) -> tuple[PackedSide, PackedSide]:
    left, right = (
        side(*(person(f"{name}{i}", work=list(rng.normal(size=(3, 3)))) for i in range(30)))
        for name in "lr"
    )
    return left, right


def test_a_score_means_its_share_of_the_reference_pairs(languages: LanguageSample) -> None:
    people = working_people(np.random.default_rng(1))
    calibration = fit_calibration(*people, languages, "t", fallback=FLAT)
    scores = AffinityScorer(*people, calibration).score(np.arange(30), np.arange(30))
    for share in (0.1, 0.5, 0.9, 0.99):
        score = float(np.quantile(scores, share))
        assert calibration.share_below(score) == pytest.approx(share, abs=0.01)


def test_half_of_the_reference_pairs_have_a_signal_below_a_quarter(
    languages: LanguageSample,
) -> None:
    people = working_people(np.random.default_rng(2))
    calibration = fit_calibration(*people, languages, "t", fallback=FLAT)
    scores = AffinityScorer(*people, calibration).score(np.arange(30), np.arange(30))
    # the middle has 0.30 nines: 0.30 / 1.30
    assert np.median(scores) == pytest.approx(0.2314, abs=0.003)


def test_a_sample_too_small_borrows_the_curves_of_the_fallback(languages: LanguageSample) -> None:
    small = side(person("a", work=[[1, 0, 0]]))
    calibration = fit_calibration(small, small, languages, "t", fallback=FLAT)
    assert calibration.expertise == FLAT.expertise
    assert calibration.scores == FLAT.scores
    with pytest.raises(BadInput, match="needs 400 pairs, not 1"):
        fit_calibration(small, small, languages, "t")


def test_fitting_twice_gives_the_same(
    languages: LanguageSample, sample: tuple[PackedSide, PackedSide]
) -> None:
    first = fit_calibration(*sample, languages, "t")
    assert fit_calibration(*sample, languages, "t") == first
    assert dataclasses.replace(first, source="u") != first


class Reader:
    """Remembers the texts it was asked for."""

    dimension = 8

    def __init__(self, name: str) -> None:
        self.name = name
        self.read: list[str] = []

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        self.read += texts
        return vectors(np.random.default_rng(len(texts)), len(texts))


def test_the_shipped_parallel_texts_are_english_and_korean() -> None:
    readers = {name: Reader(name) for name in DEFAULT_PLAN.names}
    work = encode_parallel_texts(DEFAULT_PLAN, dict(readers)).side.expertise
    count = len(work.korean.ids)
    assert count >= 60
    assert len(work.english.ids) == len(work.english_every.ids) == count
    everything = set(readers["use-multilingual"].read)
    korean = {text for text in everything if has_hangul(text)}
    assert len(korean) == count
    assert set(readers["minilm"].read) == everything - korean


def test_a_calibration_of_other_encoders_lends_its_curves_but_not_its_centres(
    languages: LanguageSample,
) -> None:
    centres = Centres(work=ShelfCentres(english=(1.0, 0.0)))
    other = dataclasses.replace(FLAT, english="", every="other", centres=centres)
    nobody = side()
    calibration = fit_calibration(nobody, nobody, languages, "t", fallback=other)
    assert calibration.expertise == FLAT.expertise
    assert calibration.centres == NO_CENTRES
