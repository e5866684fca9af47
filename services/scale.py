"""The scale of an edition's grades: what it means, and its renewal by an organiser.

A renewal is worked out first, so that its effect can be read, and used by a second act. It changes
the score and grade of every pair, and nothing else does.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from matchmaking.affinity import AffinityScorer
from matchmaking.calibration import GRADE_SHARES, Calibration
from models import Edition, MatcherRun
from models.database import SessionMaker
from services.edition_calibration import (
    ReferenceSample,
    calibration_of,
    make_scale,
    reference_sample,
    use_scale,
)
from services.errors import ServiceError
from services.matcher_runs import runs_of
from services.shared_encoders import SharedEncoders

KIND = "calibration"
_ROWS = 250
Progress = Callable[[int, int], None]


class NobodyToCompare(ServiceError):
    """A scale is made of pairs, and there is none."""

    code = "nobody-to-compare"


class ScaleUnfit(ServiceError):
    """A worked-out scale is not there, or for other encoders than those in use now."""

    code = "scale-unfit"


@dataclass(frozen=True, slots=True)
class GradeMeaning:
    """A grade, and the shares of pairs that it stands between: above ``least``, below ``most``."""

    grade: str
    least: float
    most: float


GRADE_MEANINGS = tuple(
    GradeMeaning(grade.value, least, most)
    for (least, grade), most in zip(
        GRADE_SHARES, (1.0, *(share for share, _ in GRADE_SHARES)), strict=False
    )
)
"""The grades, best first."""


@dataclass(frozen=True, slots=True)
class GradeChange:
    """How many of the compared pairs have a grade by the scale in use, and by the new one."""

    grade: str
    now: int
    then: int


def work_out_scale(
    sessions: SessionMaker, edition_id: int, encoders: SharedEncoders, progress: Progress
) -> Mapping[str, Any]:
    """Make a scale of the people who take part now, and compare it with the one in use.

    Returns
    -------
    The scale, and how many of the same pairs have which grade and score by either.

    Raises
    ------
    NobodyToCompare
    """
    with sessions() as session:
        edition = session.get_one(Edition, edition_id)
        old, slug = calibration_of(edition), edition.slug
        sample = reference_sample(session, edition, encoders.plan)
    if not len(sample.left) or not len(sample.right):
        raise NobodyToCompare("Nobody takes part on one side: a scale is made of pairs.")
    progress(0, 3)
    new = make_scale(slug, sample, encoders)
    progress(1, 3)
    result: dict[str, Any] = {"scale": json.loads(new.to_json())}
    for step, (name, scale) in enumerate((("now", old), ("then", new)), start=2):
        result[name] = _spread(sample, scale) if scale.plan == new.plan else None
        progress(step, 3)
    return result


def grade_changes(run: MatcherRun) -> tuple[GradeChange, ...]:
    """Put what a worked-out scale would change beside what is; empty where there is nothing."""
    result = run.result or {}
    if not result.get("now") or not result.get("then"):
        return ()
    now, then = result["now"]["grades"], result["then"]["grades"]
    return tuple(GradeChange(one.grade, now[one.grade], then[one.grade]) for one in GRADE_MEANINGS)


def use_worked_out(
    session: Session, edition: Edition, run: MatcherRun, now: datetime, actor_id: int | None
) -> None:
    """Let an edition be graded by a scale that was worked out; who did it, and when, is kept.

    Raises
    ------
    ScaleUnfit
        When it is not done, or for other encoders than those in use.
    """
    result = run.result or {}
    if run.state != "done" or run.kind != KIND or "scale" not in result:
        raise ScaleUnfit("This scale was not worked out to the end: work it out again.")
    scale = Calibration.from_json(json.dumps(result["scale"]))
    if scale.plan != calibration_of(edition).plan:
        raise ScaleUnfit("This scale is for other encoders: work it out again.")
    use_scale(session, edition, scale)
    run.result = {**result, "used_at": now.isoformat(), "used_by": actor_id}
    session.flush()


def scale_in_use(session: Session, edition: Edition) -> MatcherRun | None:
    """Find the renewal that the present scale is from; None for the one that ships."""
    used = [run for run in runs_of(session, edition, KIND) if (run.result or {}).get("used_at")]
    newest = max(used, key=lambda run: str((run.result or {})["used_at"]), default=None)
    if newest is None or newest.result is None or newest.result["scale"] != edition.calibration:
        return None
    return newest


def _spread(sample: ReferenceSample, scale: Calibration) -> dict[str, Any]:
    scorer = AffinityScorer(sample.left, sample.right, scale)
    columns = np.arange(len(sample.right))
    rows = np.arange(len(sample.left))
    parts = [scorer.score(rows[at : at + _ROWS], columns) for at in range(0, len(rows), _ROWS)]
    scores = np.concatenate(parts).ravel()
    return {"grades": _grades(scores, scale), "quantiles": _quantiles(scores)}


def _grades(scores: NDArray[np.float32], scale: Calibration) -> dict[str, int]:
    """Count the pairs of each grade, by the score at which it begins."""
    shares = np.linspace(0, 1, len(scale.scores))
    least = [float(np.interp(one.least, shares, scale.scores)) for one in GRADE_MEANINGS]
    least[-1] = -np.inf
    above = [int((scores >= one).sum()) for one in least]
    return {
        one.grade: count - before
        for one, count, before in zip(GRADE_MEANINGS, above, (0, *above), strict=False)
    }


def _quantiles(scores: NDArray[np.float32]) -> list[float]:
    found = np.quantile(scores.astype(np.float64), (0.5, 0.8, 0.95, 0.99))
    return [round(float(score), 3) for score in found]
