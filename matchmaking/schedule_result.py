"""What a scheduling run hands back: who meets where, what found no place and why, and a bound."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from matchmaking.errors import Cancelled
from matchmaking.scorers import IntArray

Why = Literal[
    "left-away",
    "right-away",
    "no-common-slot",
    "left-full",
    "right-full",
    "both-full",
    "no-table",
]


@dataclass(frozen=True)
class ScheduleProgress:
    """How far a run is: step `done` of `total` in a stage."""

    stage: Literal["relaxation", "repair", "exact"]
    done: int
    total: int


@dataclass(frozen=True)
class ScheduleWatch:
    """Who is told how far a run is, and who may stop it."""

    progress: Callable[[ScheduleProgress], None] | None = None
    cancelled: Callable[[], bool] | None = None

    def report(self, progress: ScheduleProgress) -> None:
        """Pass progress on.

        Raises
        ------
        Cancelled
            When the caller has asked to stop.
        """
        if self.cancelled is not None and self.cancelled():
            raise Cancelled(f"the scheduling was stopped during: {progress.stage}")
        if self.progress is not None:
            self.progress(progress)


@dataclass(frozen=True)
class Unplaced:
    """A meeting without a slot, its two people, and what stands in the way.

    left-away, right-away: this person is free in no slot at all. no-common-slot: the two are
    never free together. left-full, right-full: in all of their `common` slots this person has
    another meeting; both-full: in each of them one of the two has. no-table: there are slots in
    which both are free and idle, but no table is. `left_busy`, `right_busy` and `tables_full` count
    the common slots of which each holds (the last among those in which both are idle).
    """

    meeting: int
    left: int
    right: int
    why: Why
    common: int
    left_busy: int
    right_busy: int
    tables_full: int


@dataclass(frozen=True)
class Schedule:
    """Meetings in slots.

    Attributes
    ----------
    slot
        (k,) each meeting's slot, -1 where there is none.
    table
        (k,) each meeting's table in its slot, from 0; -1 where it has no slot.
    unplaced
        Every meeting without a slot.
    value
        The worth of all placed meetings; their number where all are worth the same.
    bound
        No schedule of this problem has a larger value.
    """

    slot: IntArray
    table: IntArray
    unplaced: tuple[Unplaced, ...]
    value: int
    bound: int

    @property
    def placed(self) -> int:
        """How many meetings have a slot."""
        return int((self.slot >= 0).sum())

    @property
    def slots(self) -> int:
        """How many slots have a meeting."""
        return len(np.unique(self.slot[self.slot >= 0]))

    @property
    def optimal(self) -> bool:
        """Whether the bound proves that nothing better exists."""
        return self.value == self.bound


@dataclass(frozen=True)
class Replan:
    """A schedule after a change, told as what became of the one before.

    Each tuple names meetings: `stayed` in their slot, `moved` to another, `dropped` out of the
    schedule, `added` to it.

    Attributes
    ----------
    most_staying
        No schedule of the same value keeps more meetings in their old slot.
    """

    schedule: Schedule
    stayed: tuple[int, ...]
    moved: tuple[int, ...]
    dropped: tuple[int, ...]
    added: tuple[int, ...]
    most_staying: int

    @property
    def fewest_moves(self) -> bool:
        """Whether it is proven that no fewer meetings could leave their slot."""
        return len(self.stayed) == self.most_staying
