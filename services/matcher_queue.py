"""The worker's share of the matcher: what organisers asked for, and prices that are due."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

from matchmaking.errors import IeumError
from models import MatcherRun
from models.database import SessionMaker
from services.attention_run import due, spread_attention
from services.good_pairs import score_good_pairs
from services.matcher_runs import claim_run, queued_runs
from services.scale import work_out_scale
from services.shared_encoders import SharedEncoders

Clock = Callable[[], datetime]
Progress = Callable[[int, int], None]
_WRITE_EVERY = timedelta(seconds=1)
_log = logging.getLogger(__name__)


class _Work(Protocol):
    """One kind of work: it gives the figures to keep."""

    def __call__(
        self, sessions: SessionMaker, run: MatcherRun, progress: Progress
    ) -> Mapping[str, Any]: ...


def run_matcher_work(
    sessions: SessionMaker,
    clock: Clock,
    encoders: SharedEncoders,
    stopping: Callable[[], bool] = lambda: False,
) -> int:
    """Do what is queued, then spread attention where it is due; return how much was done.

    What fails keeps its reason, and does not keep the next from being done.
    """
    kinds = _kinds(clock, encoders)
    count = 0
    while not stopping() and (run_id := _take(sessions, clock)) is not None:
        count += 1
        _do(sessions, clock, run_id, kinds)
    with sessions() as session:
        editions = due(session, clock())
    for edition_id in editions:
        if not stopping():
            count += 1
            spread_attention(sessions, edition_id, clock)
    return count


def _kinds(clock: Clock, encoders: SharedEncoders) -> dict[str, _Work]:
    def exposure(sessions: SessionMaker, run: MatcherRun, progress: Progress) -> Mapping[str, Any]:
        spread_attention(sessions, run.edition_id, clock, progress=progress)
        return {}

    def calibration(
        sessions: SessionMaker, run: MatcherRun, progress: Progress
    ) -> Mapping[str, Any]:
        return work_out_scale(sessions, run.edition_id, encoders, progress)

    def good_pairs(
        sessions: SessionMaker, run: MatcherRun, progress: Progress
    ) -> Mapping[str, Any]:
        return score_good_pairs(sessions, run.given, progress)

    return {"exposure": exposure, "calibration": calibration, "good-pairs": good_pairs}


def _do(sessions: SessionMaker, clock: Clock, run_id: int, kinds: Mapping[str, _Work]) -> None:
    with sessions() as session:
        run = session.get_one(MatcherRun, run_id)
    state, failure, result = "done", "", None
    try:
        result = dict(kinds[run.kind](sessions, run, _Watch(sessions, clock, run_id)))
    except IeumError as reason:
        state, failure = "failed", str(reason)
    except Exception:  # an error of the program: it is in the log, the next work may be well
        _log.exception("work %s on a matcher failed", run_id)
        state, failure = "failed", "The work stopped on an error in the program."
    with sessions() as session:
        row = session.get_one(MatcherRun, run_id)
        row.state, row.failure, row.result = state, failure[:500], result
        row.finished_at = clock()
        session.commit()


def _take(sessions: SessionMaker, clock: Clock) -> int | None:
    with sessions() as session:
        for run_id in queued_runs(session, clock()):
            if claim_run(session, run_id, clock()):
                session.commit()
                return run_id
        session.commit()
    return None


class _Watch:
    """Writes how far a run is, in short transactions of its own."""

    def __init__(self, sessions: SessionMaker, clock: Clock, run_id: int) -> None:
        self._sessions, self._clock, self._run_id = sessions, clock, run_id
        self._written: datetime | None = None

    def __call__(self, done: int, of: int) -> None:
        moment = self._clock()
        if self._written is not None and moment - self._written < _WRITE_EVERY:
            return
        self._written = moment
        with self._sessions() as session:
            row = session.get_one(MatcherRun, self._run_id)
            row.alive_at, row.done, row.of = moment, done, of
            session.commit()
