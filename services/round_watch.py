"""How far a round is, written down while it runs, and whether somebody wants it to stop."""

from collections.abc import Callable
from datetime import datetime, timedelta

from matchmaking.pairing_result import Progress
from models import Round
from models.database import SessionMaker

# Often enough for a person who watches, seldom enough for the database.
_WRITE_EVERY = timedelta(seconds=0.5)


class RoundWatch:
    """Writes a round's progress in short transactions of its own, and reads the wish to cancel."""

    def __init__(
        self,
        sessions: SessionMaker,
        round_id: int,
        clock: Callable[[], datetime],
        listener: Callable[[Progress], None] | None = None,
    ) -> None:
        self._sessions = sessions
        self._round_id = round_id
        self._clock = clock
        self._listener = listener
        self._written: datetime | None = None
        self._stage = ""
        self._stop = False

    def report(self, progress: Progress) -> None:
        """Take the solver's word on how far it is; a new stage is written at once."""
        if self._listener is not None:
            self._listener(progress)
        moment = self._clock()
        if progress.stage == self._stage and not self._due(moment):
            return
        self._stage = progress.stage
        self._write(moment, progress)

    def cancelled(self) -> bool:
        """Tell whether the round should stop; looks again as often as progress is written."""
        moment = self._clock()
        if not self._stop and self._due(moment):
            self._write(moment, None)
        return self._stop

    def _due(self, moment: datetime) -> bool:
        return self._written is None or moment - self._written >= _WRITE_EVERY

    def _write(self, moment: datetime, progress: Progress | None) -> None:
        self._written = moment
        with self._sessions() as session:
            row = session.get_one(Round, self._round_id)
            row.alive_at = moment
            if progress is not None:
                if progress.stage != row.stage:
                    row.stage_at = moment
                row.stage, row.done, row.of = progress.stage, progress.done, progress.total
            self._stop = row.cancel_requested
            session.commit()
