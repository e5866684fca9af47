"""The affinity against simpler ones, on tasks made of people's own publications.

    python -m benchmarks.affinity PROFILES.jsonl        # a few minutes, for reading the texts

Two tasks, each a mean over three seeds. *left out*: a third of everybody's publications become
items; wrong is the share of (own, foreign) items in the wrong order for a person, found is the
mean reciprocal rank of a left-out item's owner among all people. *halves*: everybody is split in
two, and one half looks for the other among all.

The last rows weigh works by years and marks drawn at random, so that the weights know nothing:
what they lose there is the most that weights can lose.
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matchmaking.affinity import AffinityScorer, AffinitySettings
from matchmaking.affinity_side import PackedSide, encode_people, pack_side
from matchmaking.calibration import default_calibration
from matchmaking.calibration_centres import NO_CENTRES
from matchmaking.calibration_default import read_people
from matchmaking.calibration_fit import LanguageSample, encode_parallel_texts, fit_calibration
from matchmaking.encoder_plan import DEFAULT_PLAN
from matchmaking.encoders import Encoder, FloatMatrix, load_encoder
from matchmaking.evaluation import evaluate_pairs
from matchmaking.evaluation_run import tfidf_scores
from matchmaking.profile import Person
from matchmaking.weighing import Weighing, weighed

LEAST_WORKS = 5
YEAR = 2026
PLAIN = Weighing(key_work=1)
Scores = NDArray[np.floating]
Method = Callable[[list[Person], list[Person]], Scores]


@dataclass(frozen=True)
class Reader:
    """An encoder that reads every text once."""

    encoder: Encoder
    known: dict[str, NDArray[np.float32]]

    @property
    def name(self) -> str:
        """The encoder's."""
        return self.encoder.name

    @property
    def dimension(self) -> int:
        """The encoder's."""
        return self.encoder.dimension

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        """Encode what is new, and remember it."""
        new = [text for text in dict.fromkeys(texts) if text not in self.known]
        self.known.update(zip(new, self.encoder.encode(new), strict=True))
        rows = [self.known[text] for text in texts]
        return np.array(rows, np.float32).reshape(len(texts), self.dimension)


@dataclass(frozen=True)
class Affinity:
    """The affinity with settings, calibrated on the people at hand, centred or not."""

    readers: dict[str, Encoder]
    languages: LanguageSample
    settings: AffinitySettings
    centred: bool = True
    weighing: Weighing = PLAIN

    def __call__(self, left: list[Person], right: list[Person]) -> Scores:
        """Score everybody with everybody."""
        sides = self._side(left), self._side(right)
        calibration = fit_calibration(
            *sides, self.languages, "benchmark", self.settings, default_calibration()
        )
        if not self.centred:
            calibration = replace(calibration, centres=NO_CENTRES)
        scorer = AffinityScorer(*sides, calibration, self.settings)
        return scorer.score(np.arange(len(left)), np.arange(len(right)))

    def _side(self, people: list[Person]) -> PackedSide:
        read = encode_people(people, DEFAULT_PLAN, self.readers)
        return pack_side((weighed(one, self.weighing) for one in read), DEFAULT_PLAN)


def dated(people: list[Person]) -> list[Person]:
    """Give every work a year at random, and everybody a key work."""
    rng = np.random.default_rng(0)
    made = []
    for person in people:
        key = int(rng.integers(0, max(1, len(person.publications))))
        works = tuple(
            replace(work, year=int(rng.integers(YEAR - 20, YEAR + 1)), key_work=number == key)
            for number, work in enumerate(person.publications)
        )
        made.append(replace(person, publications=works))
    return made


def left_out(people: list[Person], method: Method, rng: np.random.Generator) -> list[float]:
    """Return the share of wrong orders and the mean reciprocal rank of the owner."""
    kept, items, owners = [], [], []
    for number, person in enumerate(people):
        works = person.publications
        count = len(works) // 3 if len(works) >= LEAST_WORKS else 0
        order = rng.permutation(len(works))
        items += [Person(f"{number}:{i}", publications=(works[i],)) for i in order[:count]]
        owners += [number] * count
        kept.append(Person(person.key, publications=tuple(works[i] for i in sorted(order[count:]))))
    scores, owner = method(kept, items), np.array(owners)
    wrong = [
        (scores[one, owner == one][:, None] <= scores[one, owner != one]).mean()
        for one in sorted(set(owners))
    ]
    ranks = 1 + (scores > scores[owner, np.arange(len(items))]).sum(axis=0)
    return [float(np.mean(wrong)), float((1 / ranks).mean())]


def halves(people: list[Person], method: Method, rng: np.random.Generator) -> list[float]:
    """Return the mean reciprocal rank of the other half, and how often it is first."""
    sides: tuple[list[Person], list[Person]] = [], []
    for person in people:
        works = person.publications
        if len(works) > LEAST_WORKS:
            order, middle = rng.permutation(len(works)), len(works) // 2
            for side, part in zip(sides, (order[:middle], order[middle:]), strict=True):
                side.append(Person(person.key, publications=tuple(works[i] for i in part)))
    ranking = evaluate_pairs(method(*sides), [(i, i) for i in range(len(sides[0]))])
    return [ranking.mrr, ranking.hit1]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("profiles", type=Path)
    parser.add_argument("--seeds", type=int, default=3)
    given = parser.parse_args()
    people = dated(read_people(given.profiles))
    readers: dict[str, Encoder] = {
        name: Reader(load_encoder(name), {}) for name in DEFAULT_PLAN.names
    }
    languages = encode_parallel_texts(DEFAULT_PLAN, readers)

    def shipped(*, centred: bool = True, **settings: float) -> Affinity:
        return Affinity(readers, languages, AffinitySettings(**settings), centred)

    methods: dict[str, Method] = {
        "shipped": shipped(),
        "not centred": shipped(centred=False),
        "without words": shipped(words=0.0, sharpness=8.0),
        "nearly the mean": shipped(sharpness=0.5),
        "nearly the maximum": shipped(sharpness=60.0),
        "TF-IDF": tfidf_scores,
        "half in 15 years": replace(shipped(), weighing=Weighing(YEAR, 15, 1)),
        "half in 5 years": replace(shipped(), weighing=Weighing(YEAR, 5, 1)),
        "key works twice": replace(shipped(), weighing=Weighing(key_work=2)),
        "both, as set": replace(shipped(), weighing=Weighing(YEAR)),
    }
    print(f"{len(people)} people, {given.seeds} seeds")
    print(f"{'':20}{'left out: wrong':>17}{'found':>8}{'halves: mrr':>13}{'hit@1':>8}")
    for name, method in methods.items():
        rows = [
            [figure for task in (left_out, halves) for figure in task(people, method, rng)]
            for rng in map(np.random.default_rng, range(given.seeds))
        ]
        wrong, found, mrr, hit = np.mean(rows, axis=0)
        print(f"{name:20}{wrong:17.4f}{found:8.3f}{mrr:13.3f}{hit:8.3f}", flush=True)


if __name__ == "__main__":
    main()
