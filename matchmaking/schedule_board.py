"""A schedule in the making: meetings are put into slots and lifted out again, never doubled."""

from collections.abc import Iterable

import numpy as np

from matchmaking.schedule_openings import Openings
from matchmaking.scorers import IntArray

EMPTY = -1


class Board:
    """Who meets whom in which slot; every change takes constant time.

    Attributes
    ----------
    slot_of, held
        (k,) each meeting's slot (EMPTY: none) and what it is worth there.
    at_left, at_right
        The meeting of person p in slot t, at p * s + t.
    in_slot
        For each slot, its meetings in no particular order.
    value
        What all placed meetings are worth.
    """

    def __init__(self, openings: Openings) -> None:
        n, m, s = openings.shape
        k = len(openings.meetings)
        self.left: list[int] = (openings.meetings[:, 0] * s).tolist()
        self.right: list[int] = (openings.meetings[:, 1] * s).tolist()
        self.tables: list[int] = openings.tables.tolist()
        self.slot_of = [EMPTY] * k
        self.held = [0] * k
        self.at_left = [EMPTY] * (n * s)
        self.at_right = [EMPTY] * (m * s)
        self.in_slot: list[list[int]] = [[] for _ in range(s)]
        self.value = 0
        self._rank = [EMPTY] * k

    def put(self, meeting: int, slot: int, value: int) -> None:
        """Give a meeting that has no slot one in which both people and a table are idle."""
        self.at_left[self.left[meeting] + slot] = meeting
        self.at_right[self.right[meeting] + slot] = meeting
        self._rank[meeting] = len(self.in_slot[slot])
        self.in_slot[slot].append(meeting)
        self.slot_of[meeting] = slot
        self.held[meeting] = value
        self.value += value

    def lift(self, meeting: int) -> None:
        """Take a meeting out of its slot."""
        slot = self.slot_of[meeting]
        self.at_left[self.left[meeting] + slot] = EMPTY
        self.at_right[self.right[meeting] + slot] = EMPTY
        last = self.in_slot[slot].pop()
        rank = self._rank[meeting]
        if last != meeting:
            self.in_slot[slot][rank] = last
            self._rank[last] = rank
        self.slot_of[meeting] = EMPTY
        self.value -= self.held[meeting]
        self.held[meeting] = 0

    def fits(self, meeting: int, slot: int) -> bool:
        """Say whether both people and a table are idle."""
        return (
            self.at_left[self.left[meeting] + slot] == EMPTY
            and self.at_right[self.right[meeting] + slot] == EMPTY
            and len(self.in_slot[slot]) < self.tables[slot]
        )

    def fill(self, openings: Openings, order: IntArray) -> None:
        """Go through openings (their indices) in an order, and take each one that fits."""
        rows = zip(
            openings.meeting[order].tolist(),
            openings.slot[order].tolist(),
            openings.value[order].tolist(),
            strict=True,
        )
        for meeting, slot, value in rows:
            if self.slot_of[meeting] == EMPTY and self.fits(meeting, slot):
                self.put(meeting, slot, value)


def filled(openings: Openings, orders: Iterable[IntArray]) -> Board:
    """Make a board by going through openings in one order after another."""
    board = Board(openings)
    for order in orders:
        board.fill(openings, order)
    return board


def greedy_order(openings: Openings) -> IntArray:
    """Order openings as first-fit does: who has the fewest first, then the earliest slot.

    Of meetings with equally many openings the more valuable one comes first.
    """
    choices = np.bincount(openings.meeting, minlength=len(openings.meetings))[openings.meeting]
    return np.lexsort((openings.slot, openings.meeting, -openings.value, choices))
