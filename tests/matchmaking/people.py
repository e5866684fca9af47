"""Small encoded people for the tests of the affinity: vectors are given, no encoder is needed."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from matchmaking.affinity_side import EncodedPassage, EncodedPerson, PackedSide, pack_side
from matchmaking.calibration import Calibration, Curve, Line
from matchmaking.calibration_centres import NO_CENTRES
from matchmaking.encoder_plan import DEFAULT_PLAN, MINILM, USE_MULTILINGUAL
from matchmaking.passages import Kind, Passage

FLAT = Calibration(
    source="tests",
    english=MINILM,
    every=USE_MULTILINGUAL,
    centres=NO_CENTRES,
    mixed=Line(1.0, 0.0),
    korean=Line(1.0, 0.0),
    expertise=Curve((-1.0, 1.0), (0.01, 0.99)),
    complement=Curve((-1.0, 1.0), (0.01, 0.99)),
    scores=(0.0, 1.0),
)
"""A calibration that reads (cosine + 1) / 2, a little inward at the ends."""


def unit(vector: ArrayLike) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
    values = np.asarray(vector, np.float32)
    return values / np.float32(np.linalg.norm(values))


def person(key: str, **texts: Sequence[ArrayLike]) -> EncodedPerson:
    """Make a person of vectors; ``work``, ``offers`` and ``needs`` are English.

    The same names with ``korean_`` before them are in Hangul.
    """
    passages: list[EncodedPassage] = []
    kinds = {"work": Kind.PUBLICATION, "offers": Kind.OFFER, "needs": Kind.NEED}
    for name, vectors in texts.items():
        hangul = name.startswith("korean_")
        for vector in vectors:
            text = f"{len(passages)}"
            passage = Passage(
                kinds[name.removeprefix("korean_")], len(passages), 0, text, hangul, 1.0
            )
            known = dict.fromkeys(DEFAULT_PLAN.encoders_of(passage), unit(vector))
            passages.append(EncodedPassage(passage, known))
    return EncodedPerson(key, tuple(passages))


def side(*people: EncodedPerson) -> PackedSide:
    return pack_side(people, DEFAULT_PLAN)


def random_side(rng: np.random.Generator, size: int, prefix: str) -> PackedSide:
    """Make people with 0 to 4 texts of each kind in three dimensions."""
    names = ("work", "korean_work", "offers", "korean_offers", "needs", "korean_needs")
    return side(
        *(
            person(
                f"{prefix}{i}",
                **{name: list(rng.normal(size=(rng.integers(0, 5), 3))) for name in names},
            )
            for i in range(size)
        )
    )
