"""Progress out of, and cancellation into, a long run."""

from collections.abc import Callable
from dataclasses import dataclass

from matchmaking.errors import Cancelled
from matchmaking.pairing_result import Progress


@dataclass(frozen=True)
class Watch:
    """Who is told how far a run is, and who may stop it."""

    progress: Callable[[Progress], None] | None = None
    cancelled: Callable[[], bool] | None = None

    def check(self, stage: str) -> None:
        """Stop if the caller wants it.

        Raises
        ------
        Cancelled
            When the caller has asked to stop.
        """
        if self.cancelled is not None and self.cancelled():
            raise Cancelled(f"the pairing was stopped during: {stage}")

    def report(self, progress: Progress) -> None:
        """Pass progress on, or stop as `check` does."""
        self.check(progress.stage)
        if self.progress is not None:
            self.progress(progress)
