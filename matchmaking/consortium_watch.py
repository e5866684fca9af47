"""Progress out of, and cancellation into, the forming of teams.

Public: ``TeamProgress``, ``TeamWatch``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from matchmaking.errors import Cancelled

Stage = Literal["search", "bound", "proof"]


@dataclass(frozen=True, slots=True)
class TeamProgress:
    """How far the work is: part ``done`` of ``total``, and what is being done."""

    stage: Stage
    done: int
    total: int


@dataclass
class TeamWatch:
    """Who is told how far the work is, and who may stop it."""

    progress: Callable[[TeamProgress], None] | None = None
    cancelled: Callable[[], bool] | None = None
    done: int = 0
    total: int = 1

    def check(self, stage: Stage) -> None:
        """Tell where the work is, or stop it.

        Raises
        ------
        Cancelled
            When the caller has asked to stop.
        """
        if self.cancelled is not None and self.cancelled():
            raise Cancelled(f"the forming of teams was stopped during: {stage}")
        if self.progress is not None:
            self.progress(TeamProgress(stage, self.done, self.total))

    def step(self) -> None:
        """Count a part that is done."""
        self.done = min(self.done + 1, self.total)
