"""The worker's share of whole teams: forms what coordinators asked for, and can be stopped.

Public: ``TeamWork``, ``run_team_searches(work, stopping) -> int``.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, select

from matchmaking.consortium_watch import TeamProgress
from matchmaking.errors import Cancelled, IeumError
from models import Profile, TeamRun
from models.database import SessionMaker
from services.call_texts import every_text
from services.consortium_access import workspace
from services.errors import ServiceError
from services.matcher_cache import MatcherCache
from services.roles import roles_of
from services.shared_encoders import SharedEncoders
from services.team_kept import kept
from services.team_problem import read_ground
from services.team_runs import TeamAsk, claim_teams, queued_teams
from services.team_wish import frame_of, wish_of
from services.teams import form, told
from services.text_vectors import encode_texts
from services.visibility import Viewer

Clock = Callable[[], datetime]
Stopping = Callable[[], bool]
_WRITE_EVERY = timedelta(seconds=1)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class TeamWork:
    """What the worker forms teams with.

    Parameters
    ----------
    reading
        Makes sessions that wait for no writer.
    cache
        Of people ready to compare: whoever asks again, with other wishes, waits for seconds only.
    """

    sessions: SessionMaker
    reading: Callable[[], Session]
    clock: Clock
    encoders: SharedEncoders
    cache: MatcherCache = field(default_factory=MatcherCache)


def run_team_searches(work: TeamWork, stopping: Stopping = lambda: False) -> int:
    """Form all teams that are asked for; return how many drafts were served.

    What fails keeps its reason, and does not keep the next from being done. What a stop of the
    worker breaks off is queued again.
    """
    count = 0
    while not stopping() and (run_id := _take(work)) is not None:
        count += 1
        _do(work, run_id, stopping)
    return count


def _take(work: TeamWork) -> int | None:
    with work.sessions() as session:
        for run_id in queued_teams(session, work.clock()):
            if claim_teams(session, run_id, work.clock()):
                session.commit()
                return run_id
        session.commit()
    return None


def _do(work: TeamWork, run_id: int, stopping: Stopping) -> None:
    watch = _Watch(work, run_id)
    state, failure, result = "done", "", None
    try:
        result = _form(work, run_id, watch, stopping)
    except Cancelled:
        state = "cancelled" if watch.cancelled() else "queued"
    except ServiceError as reason:
        state, failure = "failed", reason.code
    except IeumError:
        state, failure = "failed", "bad-input"
    except Exception:  # an error of the program: it is in the log, the next draft may be well
        _log.exception("forming teams %s failed", run_id)
        state, failure = "failed", "error"
    with work.sessions() as session:
        row = session.get(TeamRun, run_id)
        if row is not None:  # the draft may be gone meanwhile
            row.state, row.failure, row.result = state, failure, result
            row.finished_at = None if state == "queued" else work.clock()
            session.commit()


def _form(work: TeamWork, run_id: int, watch: "_Watch", stopping: Stopping) -> dict[str, Any]:
    # The page says by which passage somebody fits a role; for that the roles' vectors are kept.
    encode_texts(work.sessions, work.encoders, every_text, stopping)
    with work.reading() as session:
        run = session.get_one(TeamRun, run_id)
        asker = session.exec(select(Profile.id).where(Profile.account_id == run.started_by)).first()
        # Whether they may still change the draft is asked again: hours may lie between.
        at = workspace(session, run.consortium_id, asker, "write")
        viewer = Viewer(asker, roles_of(session, run.started_by or 0))
        ask = TeamAsk.of(run)
        frame = frame_of(session, at, viewer, ask)
        wish = wish_of(session, at, frame, ask, work.encoders)
        ground = read_ground(session, work.cache, at.edition, viewer, wish, work.clock())
    found = form(
        ground,
        wish,
        progress=watch.progress,
        cancelled=lambda: stopping() or watch.cancelled(),
    )
    with work.reading() as session:
        return kept(
            told(session, viewer, ground, wish, found), tuple(role.id for role in frame.roles)
        )


class _Watch:
    """Writes how far it is, and reads whether to stop, in short transactions of its own."""

    def __init__(self, work: TeamWork, run_id: int) -> None:
        self._work, self._run_id = work, run_id
        self._written: datetime | None = None
        self._cancelled = False

    def progress(self, step: TeamProgress) -> None:
        """Write it down, once a second at most."""
        moment = self._work.clock()
        if self._written is not None and moment - self._written < _WRITE_EVERY:
            return
        self._written = moment
        with self._work.sessions() as session:
            row = session.get(TeamRun, self._run_id)
            if row is None or row.cancel_requested:
                self._cancelled = True
                return
            row.alive_at, row.stage, row.done, row.of = moment, step.stage, step.done, step.total
            session.commit()

    def cancelled(self) -> bool:
        """Tell whether somebody asked to stop, as of the last step that was written."""
        return self._cancelled
