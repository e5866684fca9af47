"""Made-up forums: people around topics, of which some are popular on one side only."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matchmaking.pairing import Bounds, PairingProblem
from matchmaking.scorers import FloatArray, IntArray, VectorScorer


@dataclass(frozen=True)
class Forum:
    """Unit vectors of people on both sides, and pairs that must not meet.

    Everybody takes `least` to `most` partners, or on the right `right_least` to `right_most`; a
    share of all pairs is forbidden. A person is a topic plus `spread` times as much that is their
    own; with a `source`, a file as `real_sides` writes it, the vectors are those in it.
    """

    left_people: int
    right_people: int
    seed: int
    spread: float = 1.0
    topics: int = 60
    dimension: int = 384
    forbidden_share: float = 0.03
    least: int = 2
    most: int = 5
    right_least: int | None = None
    right_most: int | None = None
    source: str = ""

    @cached_property
    def vectors(self) -> tuple[FloatArray, FloatArray]:
        """The vectors of the left and of the right."""
        if self.source:
            with np.load(self.source) as kept:
                return kept["left"], kept["right"]
        rng = np.random.default_rng(self.seed)
        topics = rng.normal(size=(self.topics, self.dimension))
        sides = []
        for people in (self.left_people, self.right_people):
            popularity = rng.dirichlet(np.ones(self.topics))
            own = self.spread * rng.normal(size=(people, self.dimension))
            side = topics[rng.choice(self.topics, people, p=popularity)] + own
            side /= np.linalg.norm(side, axis=1, keepdims=True)
            sides.append(side.astype(np.float32))
        return sides[0], sides[1]

    @cached_property
    def forbidden(self) -> IntArray:
        """The forbidden pairs, (k, 2), sorted."""
        rng = np.random.default_rng([self.seed, 1])
        pairs = self.left_people * self.right_people
        places = np.unique(rng.integers(0, pairs, int(self.forbidden_share * pairs)))
        return np.column_stack(np.divmod(places, self.right_people)).astype(np.int32)

    @property
    def bounds(self) -> tuple[Bounds, Bounds]:
        """The bounds of the left and of the right."""
        least = self.least if self.right_least is None else self.right_least
        most = self.most if self.right_most is None else self.right_most
        return (
            Bounds.same(self.left_people, self.least, self.most),
            Bounds.same(self.right_people, least, most),
        )

    @property
    def problem(self) -> PairingProblem:
        """The forum as this project's solver takes it."""
        return PairingProblem(VectorScorer(*self.vectors), *self.bounds, forbidden=self.forbidden)

    @cached_property
    def scores(self) -> FloatArray:
        """All scores, (n, m) float32, -inf where forbidden: as the peers take it."""
        scores: FloatArray = self.vectors[0] @ self.vectors[1].T
        scores[self.forbidden[:, 0], self.forbidden[:, 1]] = -np.inf
        return scores
