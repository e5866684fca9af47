import dataclasses
from collections.abc import Sequence

import numpy as np
import pytest

from matchmaking.affinity import AffinityScorer
from matchmaking.affinity_side import PackedSide
from matchmaking.calibration_fit import (
    LanguageSample,
    encode_parallel_texts,
    fit_calibration,
)
from matchmaking.encoder_plan import DEFAULT_PLAN
from matchmaking.encoders import Encoder, FloatMatrix
from matchmaking.errors import BadInput
from matchmaking.passages import has_hangul
from tests.matchmaking.people import FLAT, person, random_side, side


def vectors(rng: np.random.Generator, size: int) -> FloatMatrix:
    rows = rng.normal(size=(size, 8))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows.astype(np.float32)


@pytest.fixture
def languages() -> LanguageSample:
    """Make an encoder whose cosines lie half as far from 0.5 as the English one's from 0."""
    rng = np.random.default_rng(5)
    english = vectors(rng, 60)
    half = np.sqrt(0.5).astype(np.float32)
    every = np.hstack([english * half, np.full((60, 1), half)]).astype(np.float32)
    return LanguageSample(DEFAULT_PLAN, english, every, every)


@pytest.fixture
def sample() -> tuple[PackedSide, PackedSide]:
    rng = np.random.default_rng(1)
    return random_side(rng, 40, "l"), random_side(rng, 50, "r")


def test_other_languages_are_brought_to_the_english_scale(
    languages: LanguageSample, sample: tuple[PackedSide, PackedSide]
) -> None:
    calibration = fit_calibration(*sample, languages, "t")
    for line in (calibration.mixed, calibration.korean):
        assert line.slope == pytest.approx(2, abs=0.01)
        assert line.offset == pytest.approx(-1, abs=0.01)


def test_a_score_means_its_share_of_the_reference_pairs(
    languages: LanguageSample, sample: tuple[PackedSide, PackedSide]
) -> None:
    calibration = fit_calibration(*sample, languages, "t")
    scores = AffinityScorer(*sample, calibration).score(np.arange(40), np.arange(50))
    for share in (0.1, 0.5, 0.9, 0.99):
        score = float(np.quantile(scores, share))
        assert calibration.share_below(score) == pytest.approx(share, abs=0.01)


def test_half_of_the_reference_pairs_have_a_signal_below_a_quarter(
    languages: LanguageSample,
) -> None:
    rng = np.random.default_rng(2)
    left, right = (
        side(*(person(f"{name}{i}", work=list(rng.normal(size=(3, 3)))) for i in range(30)))
        for name in "lr"
    )
    calibration = fit_calibration(left, right, languages, "t", fallback=FLAT)
    scores = AffinityScorer(left, right, calibration).score(np.arange(30), np.arange(30))
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

    name = "reader"
    dimension = 8

    def __init__(self) -> None:
        self.read: list[list[str]] = []

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        self.read.append(list(texts))
        return vectors(np.random.default_rng(len(texts)), len(texts))


def test_the_shipped_parallel_texts_are_english_and_korean() -> None:
    english, every = Reader(), Reader()
    encoders: dict[str, Encoder] = {"minilm": english, "use-multilingual": every}
    sample = encode_parallel_texts(DEFAULT_PLAN, encoders)
    assert len(sample.english) == len(sample.korean) >= 60
    assert english.read[0] == every.read[0]
    assert not any(map(has_hangul, every.read[0]))
    assert all(map(has_hangul, every.read[1]))
