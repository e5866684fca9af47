"""Makes a calibration from a reference sample of people and a set of parallel texts.

Public: ``fit_calibration(left, right, languages, source, settings, fallback)``,
``encode_parallel_texts(plan, encoders)``, ``LanguageSample``.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from matchmaking.affinity import AffinityScorer, AffinitySettings, raw_signals
from matchmaking.affinity_side import PackedSide, encode_people, pack_side
from matchmaking.calibration import Calibration, Curve, Line, nines
from matchmaking.calibration_centres import Centres, Styles, centred_side, fit_centres
from matchmaking.calibration_styles import fit_styles
from matchmaking.encoder_plan import EncoderPlan
from matchmaking.encoders import Encoder, FloatMatrix
from matchmaking.errors import BadInput
from matchmaking.profile import Person, Work

LEAST_PAIRS = 400
"""Fewer reference pairs than this say too little of a signal's upper end."""
MOST_PEOPLE = 1000
SHARES = (0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999)
LOWEST, HIGHEST = (-1.0, 0.001), (1.1, 0.9)
"""Ends of every curve, beyond what texts reach: a cosine on the common scale, and its value."""


@dataclass(frozen=True, slots=True)
class LanguageSample:
    """The same texts in English and in Korean, in one order, as the works of one person."""

    plan: EncoderPlan
    side: PackedSide


def encode_parallel_texts(plan: EncoderPlan, encoders: Mapping[str, Encoder]) -> LanguageSample:
    """Encode the parallel texts that ship with the rules."""
    texts = json.loads(files("matchmaking").joinpath("parallel_texts.json").read_text("utf-8"))
    works = tuple(Work(pair[language]) for language in ("english", "korean") for pair in texts)
    both = encode_people([Person("both", publications=works)], plan, encoders)
    return LanguageSample(plan, pack_side(both, plan))


def fit_calibration(
    left: PackedSide,
    right: PackedSide,
    languages: LanguageSample,
    source: str,
    settings: AffinitySettings | None = None,
    fallback: Calibration | None = None,
) -> Calibration:
    """Calibrate every signal on all pairs of a reference sample.

    First the centres are taken from the sample's texts. Then the cosines of mixed and of Korean
    pairs are brought to the scale of English ones by linear equating (equal mean and deviation
    over the same pairs of texts in translation). Then every signal's quantiles over the reference
    pairs become the points of its curve.

    Parameters
    ----------
    left, right
        The reference sample, usually an edition's participants; of more than 1,000 on a side,
        evenly spaced ones are paired.
    fallback
        Steadies the centres of a small sample, when it is of the same encoders, and lends the
        curve of a signal of which the sample has fewer than 400 pairs.

    Raises
    ------
    BadInput
        When a signal has too few pairs and there is no fallback.
    """
    settings = settings or AffinitySettings()
    draft = _draft(left, right, languages, source, settings, fallback)
    rows, columns = _spread(len(left)), _spread(len(right))
    ready = AffinityScorer(left, right, draft, settings)
    raw = raw_signals(ready.left, ready.right, rows, columns, draft, settings)
    needs = np.concatenate([_finite(raw.left_gets), _finite(raw.right_gets)])
    calibration = replace(
        draft,
        expertise=_curve(_finite(raw.work), fallback.expertise if fallback else None),
        complement=_curve(needs, fallback.complement if fallback else None),
    )
    scores = AffinityScorer(left, right, calibration, settings).score(rows, columns)
    if scores.size < LEAST_PAIRS:
        return replace(calibration, scores=fallback.scores if fallback else (0, 1))
    quantiles = np.quantile(scores.astype(np.float64), np.linspace(0, 1, 101))
    return replace(calibration, scores=tuple(round(float(score), 6) for score in quantiles))


def _draft(
    left: PackedSide,
    right: PackedSide,
    languages: LanguageSample,
    source: str,
    settings: AffinitySettings,
    fallback: Calibration | None,
) -> Calibration:
    """Fit centres and lines; the curves stay straight until the signals are known."""
    plan = languages.plan
    if fallback and fallback.plan == plan:
        prior = fallback.centres
    else:
        prior = Centres(styles=fit_styles(left, right, languages.side))
    centres = fit_centres(left, right, prior)
    mixed, korean = _lines(languages.side, settings.words, centres.styles)
    rising = Curve((-1.0, 1.0), (0.0, 1.0))
    return Calibration(
        source, plan.english, plan.every, centres, mixed, korean, rising, rising, (0, 1)
    )


def _lines(side: PackedSide, words: float, styles: Styles) -> tuple[Line, Line]:
    # centred by their own means: they are no people's texts
    own = fit_centres(side, side, Centres(styles=styles), steady=0)
    texts = centred_side(side, own, words).expertise
    english, every, korean = (
        view.vectors.astype(np.float32)
        for view in (texts.english, texts.english_every, texts.korean)
    )
    different = ~np.eye(len(korean), dtype=bool)
    wanted = (english @ english.T)[different]
    return (
        _equating((every @ korean.T)[different], wanted),
        _equating((korean @ korean.T)[different], wanted),
    )


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
