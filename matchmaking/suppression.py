"""Which counts of a report stay untold, so that nobody is told about in a small group.

A count is *sensitive* when one to four people stand behind it; nought is told where its group is
told. To leave out sensitive counts alone would not do: a total less the other groups gives the
missing one. So further counts are left out until every sensitive one could still be at least five
different numbers, for a reader who knows every other figure, every total, and which counts are
parts of which (complementary cell suppression; Willenborg and de Waal, Elements of Statistical
Disclosure Control, 2001). What such a reader knows is solved for, as a linear programme.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

LEAST = 5
"""How many people make a group of which something may be told."""

_MANY = 10**9
_SLACK = 1e-6
_UNBOUNDED = 3
Row = tuple[str, ...]
Cell = tuple[Row, str]
Line = tuple[Mapping[int, int], int]


@dataclass(frozen=True, slots=True)
class Count:
    """A count, and how many different people stand behind it."""

    value: int
    people: int


@dataclass(frozen=True, slots=True)
class Sum:
    """A row that is the sum of others, in every column."""

    whole: Row
    parts: tuple[Row, ...]


def untold(
    counts: Mapping[Row, Mapping[str, Count]],
    parts_of: Mapping[str, str],
    sums: Sequence[Sum],
) -> frozenset[Cell]:
    """Choose the cells of a table that stay empty.

    Parameters
    ----------
    counts
        By row and column.
    parts_of
        For a column, the one that it is a part of, in every row: who met is a part of who
        registered.
    sums
        Which rows add up to which. What a reader cannot add up need not be named.

    Returns
    -------
    frozenset of (row, column)
        With everything that is a part of what they hold.
    """
    table = _Table(counts, parts_of, sums)
    # To hide more never tells a reader more, so that each is looked after once.
    for cell in table.sensitive:
        while table.width(cell) < LEAST - 1 - _SLACK and table.hide_beside(cell):
            pass
    return frozenset(table.hidden)


class _Table:
    """A table, and the cells hidden so far."""

    def __init__(
        self,
        counts: Mapping[Row, Mapping[str, Count]],
        parts_of: Mapping[str, str],
        sums: Sequence[Sum],
    ) -> None:
        self._counts, self._parts_of, self._sums = counts, parts_of, sums
        self.sensitive = [
            (row, column)
            for row, cells in counts.items()
            for column, count in cells.items()
            if 0 < count.people < LEAST
        ]
        self.hidden: set[Cell] = set()
        for cell in self.sensitive:
            self._hide(cell)

    def hide_beside(self, cell: Cell) -> bool:
        """Hide another cell, which narrows this one; False when there is none."""
        beside = self._beside(cell)
        if beside:
            # The smallest that widens anything: to hide a nought leaves the sum as it is.
            self._hide(min(beside, key=lambda one: (self._value(one) or _MANY, str(one))))
        return bool(beside)

    def width(self, cell: Cell) -> float:
        """Solve for how far apart the most and the least are that a hidden cell may be."""
        unknown = {one: place for place, one in enumerate(sorted(self.hidden, key=str))}
        given: dict[str, object] = {"bounds": [self._bounds(one) for one in unknown]}
        given |= _matrix("eq", list(self._equations(unknown)), len(unknown))
        given |= _matrix("ub", list(self._limits(unknown)), len(unknown))
        aim = np.zeros(len(unknown))
        aim[unknown[cell]] = 1
        most = linprog(-aim, **given)
        if most.status == _UNBOUNDED:
            return float("inf")
        return float(-most.fun - linprog(aim, **given).fun)

    def _hide(self, cell: Cell) -> None:
        """Hide a cell with everything that is a part of it, which would tell its least."""
        row, column = cell
        self.hidden.add(cell)
        for part, whole in self._parts_of.items():
            if whole == column and (row, part) not in self.hidden and part in self._counts[row]:
                self._hide((row, part))

    def _value(self, cell: Cell) -> int:
        return self._counts[cell[0]][cell[1]].value

    def _beside(self, cell: Cell) -> list[Cell]:
        """List the told cells that narrow a hidden one: of its sums, else what it is a part of."""
        row, column = cell
        found: list[Cell] = []
        waiting, seen = [row], {row}
        while waiting and not found:
            here = waiting.pop(0)
            for one in self._sums:
                if here == one.whole or here in one.parts:
                    others = [other for other in (*one.parts, one.whole) if other not in seen]
                    seen |= set(others)
                    waiting += others
                    found += [(other, column) for other in others]
            found = [other for other in found if other not in self.hidden]
        whole = self._parts_of.get(column)
        if not found and whole is not None and (row, whole) not in self.hidden:
            found = [(row, whole)]
        return found

    def _bounds(self, cell: Cell) -> tuple[int, int | None]:
        """Give what the same row tells of a hidden cell: the count that it is a part of."""
        row, column = cell
        whole = self._parts_of.get(column)
        told = whole is not None and (row, whole) not in self.hidden
        return 0, self._value((row, str(whole))) if told else None

    def _equations(self, unknown: Mapping[Cell, int]) -> Iterator[Line]:
        """Give each sum in which something is hidden."""
        columns = {column for _row, column in unknown}
        for one in self._sums:
            for column in sorted(columns):
                line: dict[int, int] = {}
                right = 0
                for row, sign in ((one.whole, -1), *((part, 1) for part in one.parts)):
                    if (row, column) in unknown:
                        line[unknown[row, column]] = sign
                    else:
                        right -= sign * self._value((row, column))
                if line:
                    yield line, right

    def _limits(self, unknown: Mapping[Cell, int]) -> Iterator[Line]:
        """Give each hidden part with the hidden count that it is a part of."""
        for (row, column), place in unknown.items():
            whole = (row, self._parts_of.get(column, ""))
            if whole in unknown:
                yield {place: 1, unknown[whole]: -1}, 0


def _matrix(kind: str, lines: Sequence[Line], width: int) -> dict[str, object]:
    if not lines:
        return {}
    matrix = np.zeros((len(lines), width))
    for number, (line, _right) in enumerate(lines):
        for place, sign in line.items():
            matrix[number, place] = sign
    return {f"A_{kind}": matrix, f"b_{kind}": np.array([right for _line, right in lines])}
