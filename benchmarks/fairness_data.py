"""Made-up forums in which nobody works on one topic alone."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from benchmarks.pairing_data import Forum
from matchmaking.scorers import FloatArray

_SECOND = 0.7


@dataclass(frozen=True)
class Mixture(Forum):
    """People around one topic and, less, around another; popular topics differ by side.

    Topics are as popular as Zipf's law with exponent 1/2 has it, in another order on each side.
    """

    spread: float = 0.7

    @cached_property
    def vectors(self) -> tuple[FloatArray, FloatArray]:
        """The vectors of the left and of the right."""
        rng = np.random.default_rng(self.seed)
        topics = rng.normal(size=(self.topics, self.dimension))
        topics /= np.linalg.norm(topics, axis=1, keepdims=True)
        left = self._side(rng, topics, self.left_people)
        return left, self._side(rng, topics, self.right_people)

    def _side(self, rng: np.random.Generator, topics: FloatArray, people: int) -> FloatArray:
        popularity = rng.permutation((1.0 + np.arange(self.topics)) ** -0.5)
        popularity /= popularity.sum()
        first = rng.choice(self.topics, people, p=popularity)
        second = rng.choice(self.topics, people, p=popularity)
        side = topics[first] + rng.uniform(0, _SECOND, (people, 1)) * topics[second]
        side += self.spread * rng.normal(size=side.shape) / np.sqrt(self.dimension)
        side /= np.linalg.norm(side, axis=1, keepdims=True)
        vectors: FloatArray = side.astype(np.float32)
        return vectors
