"""Who stands on how many lists, as scores alone order them and with the price of attention.

    python -m benchmarks.exposure [PROFILES.jsonl]

Always the demo forum's people and 1,000 made-up people a side (three seeds: vectors in the shape of
the encoders', and plain clustered ones, which have more hubs); with a file of profiles also those,
one side the people of Korea and the other all others. For each side: people on nobody's first ten
places, the Gini coefficient, the most lists one person stands on, the share of affinity given up.
"""

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.forum_people import made_up_people
from benchmarks.pairing_data import Forum
from matchmaking.affinity import AffinityScorer
from matchmaking.affinity_side import EncodedPerson, PackedSide, encode_people, pack_side
from matchmaking.attention import AttentionSettings, attention_prices
from matchmaking.calibration import default_calibration
from matchmaking.calibration_default import read_people
from matchmaking.calibration_fit import encode_parallel_texts, fit_calibration
from matchmaking.encoder_plan import DEFAULT_PLAN
from matchmaking.encoders import load_encoder
from matchmaking.exposure import exposure, top_lists
from matchmaking.near_pairs import NearPairs, near_pairs
from matchmaking.profile import Person
from matchmaking.scorers import BlockScorer, VectorScorer
from services.attention_run import DEPTH
from services.evaluation_people import read_people as read_profiles

SEEDS, MADE_UP = 3, 1000
SEED_FOLDER = Path(__file__).parents[1] / "seed"


@dataclass(frozen=True)
class Row:
    """One side of one set, before and after."""

    name: str
    people: int
    never: tuple[int, int]
    gini: tuple[float, float]
    most: tuple[int, int]
    cost: float
    seconds: float

    def __str__(self) -> str:
        """Write it as a line of the table."""
        return (
            f"{self.name:<34}{self.people:>7}{self.never[0]:>8}{self.never[1]:>7}"
            f"{self.gini[0]:>9.3f}{self.gini[1]:>7.3f}{self.most[0]:>8}{self.most[1]:>6}"
            f"{self.cost:>9.2%}{self.seconds:>9.2f}"
        )


def measure(name: str, pairs: NearPairs, settings: AttentionSettings) -> Row:
    """Spread the attention of one side's readers over the people of the other."""
    began = time.process_time()
    price = attention_prices(pairs, settings)
    seconds = time.process_time() - began
    plain = top_lists(pairs, settings.length)
    priced = top_lists(pairs, settings.length, price)
    before, after = exposure(plain.counts), exposure(priced.counts)
    return Row(
        name,
        before.people,
        (before.never, after.never),
        (before.gini, after.gini),
        (before.most, after.most),
        1 - priced.affinity / plain.affinity,
        seconds,
    )


def both_sides(
    name: str, scorer: BlockScorer, settings: AttentionSettings | None = None
) -> Iterator[Row]:
    """Measure either side's people."""
    settings = settings or AttentionSettings()
    pairs = near_pairs(scorer, DEPTH * settings.length)
    yield measure(f"{name}, right", pairs, settings)
    yield measure(f"{name}, left", pairs.mirrored(), settings)


def encoded(left: list[Person], right: list[Person], *, own_scale: bool) -> BlockScorer:
    """Score people by their texts, on the shipped scale or on one of their own."""
    encoders = {name: load_encoder(name) for name in DEFAULT_PLAN.names}

    def side(people: list[Person]) -> PackedSide:
        return pack_side(encode_people(people, DEFAULT_PLAN, encoders), DEFAULT_PLAN)

    one, other, scale = side(left), side(right), default_calibration()
    if own_scale:
        texts = encode_parallel_texts(DEFAULT_PLAN, encoders)
        scale = fit_calibration(one, other, texts, "benchmark", fallback=scale)
    return AffinityScorer(one, other, scale)


def made_up(seed: int) -> BlockScorer:
    """Score people whose vectors have the shape of the encoders'."""

    def side(people: Iterator[EncodedPerson]) -> PackedSide:
        return pack_side(people, DEFAULT_PLAN)

    left = side(made_up_people(MADE_UP, 2 * seed))
    right = side(made_up_people(MADE_UP, 2 * seed + 1, korean=0.3, first=MADE_UP + 1))
    return AffinityScorer(left, right, default_calibration())


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("profiles", type=Path, nargs="?")
    given = parser.parse_args()
    print(f"{'':<34}{'people':>7}{'on no list':>15}{'Gini':>16}{'most':>14}{'cost':>9}{'CPU s':>9}")
    demo = [read_people(SEED_FOLDER / f"people_{name}.jsonl") for name in ("europe", "korea")]
    sets: list[tuple[str, BlockScorer, AttentionSettings | None]] = [
        ("demo forum", encoded(demo[0], demo[1], own_scale=False), None)
    ]
    if given.profiles:
        people = read_profiles(given.profiles, lambda code, _values: code)
        sides = ([p for p in people if (p.country == "KR") is korean] for korean in (False, True))
        sets.append((given.profiles.stem, encoded(*sides, own_scale=True), None))
    for seed in range(SEEDS):
        sets.append((f"made up, seed {seed}", made_up(seed), None))
        vectors = Forum(MADE_UP, MADE_UP, seed, spread=1.0).vectors
        # inner products lie further apart than scores do
        wide = AttentionSettings(limit=0.5)
        sets.append((f"clustered, seed {seed}", VectorScorer(*vectors), wide))
    for name, scorer, settings in sets:
        for row in both_sides(name, scorer, settings):
            print(row, flush=True)


if __name__ == "__main__":
    main()
