"""What is asked of a schedule: meetings, who is free when, and how many tables there are."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matchmaking.errors import BadInput
from matchmaking.scorers import IntArray

BoolArray = NDArray[np.bool_]
_NAMED = 5
_NOT_SCARCE = 2**31 - 1


@dataclass(frozen=True)
class ScheduleProblem:
    """Meetings to be put into slots.

    Nobody has two meetings in one slot, a slot holds at most as many meetings as it has tables,
    and a meeting takes place where both people are free.

    Parameters
    ----------
    meetings
        (k, 2) pairs (left, right); the same pair may meet more than once.
    left_free, right_free
        (n, s) and (m, s) booleans: is this person free in this slot?
    tables
        (s,) tables (or links) a slot has; None where they are not scarce.
    fixed
        (k,) the slot a meeting is pinned to, -1 for those that are not; None pins nothing.
    worth
        (k,) whole numbers from 1: what placing a meeting is worth; None makes all equal.

    Raises
    ------
    BadInput
        When sizes do not fit, a number is out of range, or pins contradict each other, the
        tables or somebody's free slots; the text names the meetings.
    """

    meetings: IntArray
    left_free: BoolArray
    right_free: BoolArray
    tables: IntArray | None = None
    fixed: IntArray | None = None
    worth: IntArray | None = None

    def __post_init__(self) -> None:
        meetings = np.asarray(self.meetings)
        meetings = _whole(meetings.reshape(-1, 2) if meetings.size == 0 else meetings, "meetings")
        for name in ("left_free", "right_free"):
            object.__setattr__(self, name, _grid(getattr(self, name), name))
        sizes = {
            "tables": self.left_free.shape[1],
            "fixed": len(meetings),
            "worth": len(meetings),
        }
        for name, size in sizes.items():
            given = getattr(self, name)
            if given is not None:
                object.__setattr__(self, name, _row(given, size, name))
        object.__setattr__(self, "meetings", meetings)
        self._check_numbers()
        self._check_pins()

    @property
    def shape(self) -> tuple[int, int, int]:
        """How many left people, right people and slots there are."""
        return len(self.left_free), len(self.right_free), self.left_free.shape[1]

    @property
    def left(self) -> IntArray:
        """(k,) the left person of each meeting."""
        return self.meetings[:, 0]

    @property
    def right(self) -> IntArray:
        """(k,) the right person of each meeting."""
        return self.meetings[:, 1]

    @property
    def limits(self) -> IntArray:
        """(s,) how many tables each slot has."""
        if self.tables is None:
            return np.full(self.shape[2], _NOT_SCARCE)
        return self.tables

    @property
    def pins(self) -> IntArray:
        """(k,) the slot each meeting is pinned to, -1 for those that are not."""
        return np.full(len(self.meetings), -1) if self.fixed is None else self.fixed

    @property
    def worths(self) -> IntArray:
        """(k,) what placing each meeting is worth."""
        return np.ones(len(self.meetings), int) if self.worth is None else self.worth

    @property
    def both_free(self) -> BoolArray:
        """(k, s) whether both people of a meeting are free in a slot."""
        both: BoolArray = self.left_free[self.left] & self.right_free[self.right]
        return both

    def _check_numbers(self) -> None:
        n, m, s = self.shape
        if self.meetings.ndim != 2 or self.meetings.shape[1] != 2:
            raise BadInput(f"meetings must be (k, 2), not {self.meetings.shape}")
        if self.right_free.shape[1] != s:
            raise BadInput(f"left_free has {s} slots, right_free {self.right_free.shape[1]}")
        outside = (self.meetings < 0) | (self.meetings >= np.array((n, m)))
        _refuse(outside[:, 0] | outside[:, 1], f"outside of {n} x {m} people")
        if (self.limits < 0).any():
            raise BadInput("a slot cannot have fewer than 0 tables")
        _refuse((self.pins < -1) | (self.pins >= s), f"pinned to none of the {s} slots")
        _refuse((self.worths < 1) | (self.worths > 10**6), "worth must be in 1..1,000,000")

    def _check_pins(self) -> None:
        pinned = np.flatnonzero(self.pins >= 0)
        slots = self.pins[pinned]
        away = np.zeros(len(self.meetings), bool)
        away[pinned] = ~self.both_free[pinned, slots]
        _refuse(away, "pinned where one of the two is not free; unpin them or free the slot")
        for people, side in ((self.left, "left"), (self.right, "right")):
            cells = people[pinned].astype(np.int64) * self.shape[2] + slots
            _, first = np.unique(cells, return_index=True)
            again = np.zeros(len(self.meetings), bool)
            again[np.delete(pinned, first)] = True
            _refuse(again, f"pinned where the {side} person is pinned already; unpin them")
        crowded = np.zeros(len(self.meetings), bool)
        crowded[pinned] = (np.bincount(slots, minlength=self.shape[2]) > self.limits)[slots]
        _refuse(crowded, "more pins than tables in the slot; unpin some")


def _row(values: IntArray, size: int, name: str) -> IntArray:
    row = _whole(values, name)
    if row.shape != (size,):
        raise BadInput(f"{name} must be ({size},), not {row.shape}")
    return row


def _whole(values: IntArray, name: str) -> IntArray:
    array = np.asarray(values)
    if array.size and array.dtype.kind not in "iu":
        raise BadInput(f"{name} must be whole numbers, not {array.dtype}")
    return array.astype(np.int64)


def _grid(values: BoolArray, name: str) -> BoolArray:
    array = np.asarray(values)
    if array.ndim != 2 or array.dtype.kind != "b":
        raise BadInput(f"{name} must be (people, slots) booleans, not {array.dtype} {array.shape}")
    return array


def _refuse(wrong: BoolArray, fact: str) -> None:
    """Raise when any meeting is wrong, naming the first few."""
    found = np.flatnonzero(wrong).tolist()
    if found:
        shown = ", ".join(map(str, found[:_NAMED]))
        rest = len(found) - _NAMED
        raise BadInput(f"{fact}: meeting {shown}{f' and {rest} more' if rest > 0 else ''}")
