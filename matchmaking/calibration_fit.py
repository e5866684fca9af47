"""Makes a calibration from a reference sample of people and a set of parallel texts.

Public: ``fit_calibration(left, right, languages, source, settings, fallback)``,
``LanguageSample``, ``encode_parallel_texts(plan, encoders)``.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from matchmaking.affinity import AffinityScorer, AffinitySettings, raw_signals
from matchmaking.affinity_side import PackedSide
from matchmaking.calibration import Calibration, Curve, Line, nines
from matchmaking.encoder_plan import EncoderPlan
from matchmaking.encoders import Encoder, FloatMatrix
from matchmaking.errors import BadInput

LEAST_PAIRS = 400
"""Fewer reference pairs than this say too little of a signal's upper end."""
MOST_PEOPLE = 1000
SHARES = (0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999)
LOWEST, HIGHEST = (-1.0, 0.001), (1.1, 0.9)
"""Ends of every curve, beyond what texts reach: a cosine on the common scale, and its value."""


@dataclass(frozen=True, slots=True)
class LanguageSample:
    """The same texts in English and in Korean, as the plan's encoders see them.

    Parameters
    ----------
    english
        (n, d) the English texts in the encoder for English pairs.
    english_every, korean
        (n, e) the English and the Korean texts in the encoder of every language.
    """

    plan: EncoderPlan
    english: FloatMatrix
    english_every: FloatMatrix
    korean: FloatMatrix


def encode_parallel_texts(plan: EncoderPlan, encoders: Mapping[str, Encoder]) -> LanguageSample:
    """Encode the parallel texts that ship with the rules."""
    texts = json.loads(files("matchmaking").joinpath("parallel_texts.json").read_text("utf-8"))
    english = [pair["english"] for pair in texts]
    return LanguageSample(
        plan,
        encoders[plan.for_english_pairs].encode(english),
        encoders[plan.every].encode(english),
        encoders[plan.every].encode([pair["korean"] for pair in texts]),
    )


def fit_calibration(
    left: PackedSide,
    right: PackedSide,
    languages: LanguageSample,
    source: str,
    settings: AffinitySettings | None = None,
    fallback: Calibration | None = None,
) -> Calibration:
    """Calibrate every signal on all pairs of a reference sample.

    The cosines of mixed and of Korean pairs are brought to the English encoder's scale by linear
    equating (equal mean and deviation over the same pairs of texts in translation). Then every
    signal's quantiles over the reference pairs become the points of its curve.

    Parameters
    ----------
    left, right
        The reference sample, usually an edition's participants; of more than 1,000 on a side,
        evenly spaced ones are taken.
    fallback
        Lends the curve of a signal of which the sample has fewer than 400 pairs.

    Raises
    ------
    BadInput
        When a signal has too few pairs and there is no fallback.
    """
    settings = settings or AffinitySettings()
    rows, columns = _spread(len(left)), _spread(len(right))
    mixed, korean = _lines(languages)
    rising = Curve((-1.0, 1.0), (0.0, 1.0))
    draft = Calibration(
        source, languages.plan.english, languages.plan.every, mixed, korean, rising, rising, (0, 1)
    )
    raw = raw_signals(left, right, rows, columns, draft, settings)
    work = _finite(raw.work)
    needs = np.concatenate([_finite(raw.left_gets), _finite(raw.right_gets)])
    draft = replace(
        draft,
        expertise=_curve(work, fallback.expertise if fallback else None),
        complement=_curve(needs, fallback.complement if fallback else None),
    )
    scores = AffinityScorer(left, right, draft, settings).score(rows, columns)
    if scores.size < LEAST_PAIRS:
        return replace(draft, scores=fallback.scores if fallback else (0, 1))
    quantiles = np.quantile(scores.astype(np.float64), np.linspace(0, 1, 101))
    return replace(draft, scores=tuple(round(float(score), 6) for score in quantiles))


def _lines(sample: LanguageSample) -> tuple[Line, Line]:
    different = ~np.eye(len(sample.english), dtype=bool)
    wanted = (sample.english @ sample.english.T)[different]
    mixed = (sample.english_every @ sample.korean.T)[different]
    korean = (sample.korean @ sample.korean.T)[different]
    return _equating(mixed, wanted), _equating(korean, wanted)


def _equating(given: NDArray[np.float32], wanted: NDArray[np.float32]) -> Line:
    slope = float(wanted.std() / given.std())
    return Line(round(slope, 6), round(float(wanted.mean() - slope * given.mean()), 6))


def _curve(sample: NDArray[np.float64], fallback: Curve | None) -> Curve:
    if len(sample) < LEAST_PAIRS:
        if fallback is None:
            raise BadInput(f"a calibration needs {LEAST_PAIRS} pairs, not {len(sample)}")
        return fallback
    points = [LOWEST]
    shares = np.array([share for share in SHARES if (1 - share) * len(sample) >= 1])
    for place, value in zip(np.quantile(sample, shares), nines(shares), strict=True):
        if points[-1][0] < round(float(place), 6) < HIGHEST[0]:
            points.append((round(float(place), 6), round(float(value), 6)))
    points.append(HIGHEST)
    return Curve(tuple(place for place, _ in points), tuple(value for _, value in points))


def _finite(signal: FloatMatrix) -> NDArray[np.float64]:
    return signal[np.isfinite(signal)].astype(np.float64)


def _spread(size: int) -> NDArray[np.int64]:
    return np.unique(np.linspace(0, size - 1, min(size, MOST_PEOPLE)).astype(np.int64))
