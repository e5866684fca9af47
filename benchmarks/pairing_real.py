"""Forums of real encodings, from a file of profiles."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks.pairing_data import Forum
from matchmaking.encoder_plan import MINILM
from matchmaking.encoders import Encoder, FloatMatrix, load_encoder
from matchmaking.profile import Person
from services.evaluation_people import read_people


def real_sides(
    profiles: Path, folder: Path, encoder: Encoder | None = None
) -> Iterator[tuple[str, Forum]]:
    """Give the forum of the people in a file, and that of their publications, in MiniLM.

    Parameters
    ----------
    folder
        Where the vectors are kept for the processes that read them.
    """
    reader = encoder or load_encoder(MINILM)
    people = read_people(profiles, lambda code, _values: code)
    sides = [[one for one in people if (one.country == "KR") is korean] for korean in (False, True)]
    works = [[_texts(person) for person in side] for side in sides]
    yield "people", _kept(folder / "people.npz", works, reader)
    alone = [[[text] for texts in side for text in texts] for side in works]
    yield "publications", _kept(folder / "publications.npz", alone, reader)


def _texts(person: Person) -> list[str]:
    texts = [f"{work.title}. {work.abstract}" for work in person.publications]
    return [*texts, person.research] if person.research or not texts else texts


def _kept(file: Path, sides: Sequence[Sequence[list[str]]], encoder: Encoder) -> Forum:
    left, right = (_means(side, encoder) for side in sides)
    np.savez(file, left=left, right=right)
    return Forum(len(left), len(right), 0, source=str(file))


def _means(people: Sequence[list[str]], encoder: Encoder) -> FloatMatrix:
    """Return the direction of the mean of everybody's texts, (n, dimension)."""
    rows = encoder.encode([text for texts in people for text in texts])
    starts = np.cumsum([0, *(len(texts) for texts in people[:-1])])
    sums: FloatMatrix = np.add.reduceat(rows, starts, axis=0)
    sums /= np.linalg.norm(sums, axis=1, keepdims=True)
    return sums.astype(np.float32)
