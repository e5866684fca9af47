"""The rounds that wait for the worker, one after the other."""

import logging
from collections.abc import Callable

from matchmaking.errors import IeumError
from models.database import SessionMaker
from services.round_input import MakeJudge
from services.round_run import Clock, run_round
from services.rounds import claim, queued_rounds

_log = logging.getLogger(__name__)


def run_queued_rounds(
    sessions: SessionMaker,
    clock: Clock,
    make_judge: MakeJudge,
    stopping: Callable[[], bool] = lambda: False,
) -> int:
    """Run what is queued, rounds of a worker that died among them; return how many were taken.

    A round that fails keeps its reason in its row, and does not keep the next from running. Once
    ``stopping`` is true no further one is begun.
    """
    taken = 0
    while not stopping() and (round_id := _take(sessions, clock)) is not None:
        taken += 1
        try:
            run_round(sessions, round_id, clock, make_judge)
        except IeumError as reason:
            _log.info("round %s ended without pairs: %s", round_id, type(reason).__name__)
        except Exception:  # an error of the program: it is in the log, the next round may be well
            _log.exception("round %s failed", round_id)
    return taken


def _take(sessions: SessionMaker, clock: Clock) -> int | None:
    with sessions() as session:
        for round_id in queued_rounds(session, clock()):
            if claim(session, round_id, clock()):
                session.commit()
                return round_id
        session.commit()
    return None
