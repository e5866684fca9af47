"""Made-up people with the vectors of their passages, in the shape that the real encoders give.

Nothing is encoded. In an encoder's space a passage is the mean of all texts, as the shipped
calibration knows it, and a direction of its own: so much of the topic, so much of the person, and
the rest the passage's. The shares are those of the demo forum's texts, as are the number of
dimensions that matter: there two passages of one person have a cosine of 0.31 in MiniLM, 0.15 in
words and 0.18 in the multilingual encoder once the mean is taken out, and two of different people
one of 0 with a deviation of 0.11, 0.07 and 0.10.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matchmaking.affinity_side import EncodedPassage, EncodedPerson
from matchmaking.calibration import default_calibration
from matchmaking.calibration_centres import Centre
from matchmaking.encoder_plan import DEFAULT_PLAN, MINILM, USE_MULTILINGUAL, WORDS
from matchmaking.passages import Kind, Passage

WORKS, SHORT, TOPICS = 6, 2, 200
KOREAN = 0.3
"""Share of passages in Korean, on the Korean side."""
Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Space:
    """An encoder's vectors: their length, the dimensions that matter, the shares of a passage."""

    name: str
    length: int
    lively: int
    topic: float
    person: float


SPACES = (
    Space(MINILM, 384, 80, 0.20, 0.11),
    Space(WORDS, 256, 200, 0.09, 0.06),
    Space(USE_MULTILINGUAL, 512, 95, 0.12, 0.06),
)


class Sampler:
    """Draws in one encoder's space, the same topics for both sides."""

    def __init__(self, space: Space) -> None:
        self._space = space
        rng = np.random.default_rng([7, space.length])
        # a spectrum that falls, of about so many dimensions in all
        spectrum = np.exp(-np.arange(space.length) / space.lively)
        self._spectrum = np.sqrt(spectrum / spectrum.sum()).astype(np.float32)
        self._turn = np.linalg.qr(rng.standard_normal((space.length, space.length)))[0]
        self.topics = self.directions(rng, TOPICS)

    @cached_property
    def _centre(self) -> Vectors:
        work = default_calibration().centres.work
        whole: Centre = work.english if self._space.name != USE_MULTILINGUAL else work.english_every
        place = {MINILM: slice(0, 384), WORDS: slice(384, 640)}.get(self._space.name, slice(None))
        return np.asarray(whole, np.float32)[place]

    def directions(self, rng: np.random.Generator, count: int) -> Vectors:
        """Draw unit directions, (count, length)."""
        drawn: Vectors = rng.standard_normal((count, self._space.length), np.float32)
        drawn *= self._spectrum
        drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
        return drawn

    def passages(self, rng: np.random.Generator, topics: Vectors, people: Vectors) -> Vectors:
        """Draw one unit vector for each row of topics and people."""
        share = self._space
        rest = 1 - share.topic - share.person
        drawn: Vectors = share.topic**0.5 * topics + share.person**0.5 * people
        drawn += rest**0.5 * self.directions(rng, len(topics))
        centre = self._centre
        drawn = (drawn @ self._turn.astype(np.float32).T) * (1 - centre @ centre) ** 0.5 + centre
        drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
        return drawn


def made_up_people(
    count: int, seed: int, *, korean: float = 0.0, first: int = 1
) -> Iterator[EncodedPerson]:
    """Draw people of one side, one after the other; their keys are numbers from `first` on.

    Parameters
    ----------
    korean
        The share of their passages that are in Korean.
    """
    samplers = {space.name: Sampler(space) for space in SPACES}
    rng = np.random.default_rng([seed, count])
    popularity = rng.dirichlet(np.ones(TOPICS))
    for start in range(0, count, 100):
        size = min(100, count - start)
        yield from _some(rng, samplers, popularity, size, korean, first + start)


def _some(
    rng: np.random.Generator,
    samplers: dict[str, Sampler],
    popularity: NDArray[np.float64],
    size: int,
    korean: float,
    first: int,
) -> Iterator[EncodedPerson]:
    each = WORKS + 2 * SHORT
    kinds = [Kind.RESEARCH] * 2 + [Kind.PUBLICATION] * (WORKS - 2)
    kinds += [Kind.OFFER] * SHORT + [Kind.NEED] * SHORT
    places = [*range(2), *range(WORKS - 2), *range(SHORT), *range(SHORT)]
    topic = np.repeat(rng.choice(TOPICS, (size, 1), p=popularity), each, axis=1)
    # what somebody offers or needs is of another topic as often as not
    elsewhere = rng.random((size, each)) < np.where(np.arange(each) < WORKS, 0.1, 0.5)
    topic[elsewhere] = rng.choice(TOPICS, int(elsewhere.sum()), p=popularity)
    hangul = rng.random((size, each)) < korean
    drawn = {
        name: sampler.passages(
            rng,
            sampler.topics[topic.ravel()],
            np.repeat(sampler.directions(rng, size), each, axis=0),
        ).reshape(size, each, -1)
        for name, sampler in samplers.items()
    }
    for person in range(size):
        passages = []
        for number in range(each):
            korean_text = bool(hangul[person, number])
            text = f"Passage {number} of person {first + person}"
            passage = Passage(kinds[number], places[number], 0, text, korean_text, 1.0)
            names = DEFAULT_PLAN.encoders_of(passage)
            vectors = {name: drawn[name][person, number] for name in names}
            passages.append(EncodedPassage(passage, vectors))
        yield EncodedPerson(str(first + person), tuple(passages))
