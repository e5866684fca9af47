"""Values as the whole numbers that an exact flow needs, and the penalty of a missing partner."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matchmaking.scorers import FloatArray

_BITS = 30
_LARGEST = 61
_FIRST_PENALTY = 8


@dataclass(frozen=True)
class Scale:
    """Whole numbers are values times 2 ** `power`; a missing partner costs `penalty` of them.

    At first the largest value has 30 bits, so that rounding moves a total by less than 1e-9 of
    the largest value for each pair. Where that is too much, `finer` gives more bits; where the
    penalty may be too small to put fewest missing partners first, `dearer` raises it. Either way
    penalty times people stays below 2 ** 61, which the flow solver must be able to hold.
    """

    power: int
    penalty: int
    reach: float
    nodes: int

    @classmethod
    def of(cls, reach: float, nodes: int) -> "Scale":
        """Start for values from -reach to reach and so many people."""
        return cls._within(_BITS, _FIRST_PENALTY, reach, nodes)

    @classmethod
    def _within(cls, bits: int, factor: int, reach: float, nodes: int) -> "Scale":
        room = _LARGEST - math.ceil(math.log2(nodes + 2)) - math.ceil(math.log2(factor))
        exponent = math.frexp(reach)[1] if reach else 0
        power = min(bits, room) - exponent
        return cls(power, factor * 2 ** (power + exponent), reach, nodes)

    @property
    def blur(self) -> float:
        """What a value less two prices may be off by for rounding, and some more."""
        return math.ldexp(4.0, -self.power)

    @property
    def _bits(self) -> int:
        return self.power + (math.frexp(self.reach)[1] if self.reach else 0)

    @property
    def _factor(self) -> int:
        return self.penalty >> self._bits

    def finer(self) -> "Scale | None":
        """Return a scale with more bits, or None when there is no room for any."""
        scale = self._within(self._bits + 12, self._factor, self.reach, self.nodes)
        return scale if scale.power > self.power else None

    def dearer(self) -> "Scale | None":
        """Return a scale with a higher penalty, or None when this one is beyond all doubt.

        Serving one partner more costs at most the values along an alternating path, which visits
        everybody once.
        """
        if self._factor > 4 * self.nodes:
            return None
        return self._within(self._bits, self._factor * 32, self.reach, self.nodes)

    def whole(self, values: FloatArray) -> NDArray[np.int64]:
        """Round values to whole numbers."""
        return np.rint(np.ldexp(values, self.power)).astype(np.int64)

    def back(self, whole: FloatArray) -> FloatArray:
        """Return what whole numbers, or halves of them, stand for."""
        values: FloatArray = np.ldexp(whole, -self.power)
        return values
