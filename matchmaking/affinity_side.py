"""People as the affinity reads them: packed arrays of passage vectors, one side at a time.

Public: ``EncodedPassage(passage, vectors)``, ``EncodedPerson(key, passages)``,
``encode_people(people, plan, encoders)``, ``pack_side(people, plan) -> PackedSide``,
``PackedSide(keys, expertise, offers, needs)``, ``Shelf``, ``Segments``.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from sys import intern

import numpy as np
from numpy.typing import NDArray

from matchmaking.encoder_plan import EncoderPlan
from matchmaking.encoders import Encoder
from matchmaking.errors import BadInput
from matchmaking.passages import Kind, Passage, passages_of
from matchmaking.profile import Person

EXPERTISE_KINDS = (Kind.RESEARCH, Kind.PUBLICATION)
IntVector = NDArray[np.int64]
StoredMatrix = NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class EncodedPassage:
    """A passage and its unit vectors by encoder name; one that is not encoded yet is left out."""

    passage: Passage
    vectors: Mapping[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class EncodedPerson:
    """A person's key and encoded passages."""

    key: str
    passages: tuple[EncodedPassage, ...]


@dataclass(frozen=True, slots=True)
class Segments:
    """Vectors of many people in one matrix; person i owns rows starts[i] to starts[i + 1].

    Parameters
    ----------
    vectors
        (p, d) in half precision, which changes a cosine by about 0.0001 and halves the memory;
        several encoders' vectors of a passage stand side by side.
    blocks
        The lengths of the encoders' vectors; they add up to d.
    weights
        (p,) float32; each person's add up to 1.
    starts
        (n + 1,) row borders.
    ids
        The p passages' names within their persons.
    """

    vectors: StoredMatrix
    blocks: tuple[int, ...]
    weights: NDArray[np.float32]
    starts: IntVector
    ids: tuple[str, ...]

    @property
    def counts(self) -> IntVector:
        """How many rows each person owns."""
        return np.diff(self.starts)

    def counts_of(self, people: IntVector) -> IntVector:
        """Return how many rows some people own."""
        counts: IntVector = self.starts[people + 1] - self.starts[people]
        return counts


@dataclass(frozen=True, slots=True)
class Shelf:
    """One kind of text of everybody, in the views in which it is compared.

    ``english`` holds passages without Hangul in the English encoder and as words, ``english_every``
    the same in the encoder of every language, ``korean`` those with Hangul in the latter.
    """

    english: Segments
    english_every: Segments
    korean: Segments


@dataclass(frozen=True, slots=True)
class PackedSide:
    """Everybody on one side, in the order of ``keys``.

    ``ready_for`` says for which centres and shares the vectors were made ready to compare
    (``calibration_centres.centred_side``); None for vectors as the encoders gave them.
    """

    keys: tuple[str, ...]
    expertise: Shelf
    offers: Shelf
    needs: Shelf
    ready_for: object = None

    def __len__(self) -> int:
        return len(self.keys)


def pack_side(people: Iterable[EncodedPerson], plan: EncoderPlan) -> PackedSide:
    """Pack people into arrays, in half precision; they are read once, one at a time.

    Raises
    ------
    BadInput
        When two people share a key.
    """
    keys: list[str] = []
    work = _ShelfBuilder(EXPERTISE_KINDS, plan)
    offers, needs = _ShelfBuilder((Kind.OFFER,), plan), _ShelfBuilder((Kind.NEED,), plan)
    for person in people:
        keys.append(person.key)
        for builder in (work, offers, needs):
            builder.add(person)
    if len(set(keys)) != len(keys):
        raise BadInput("two people on one side have the same key")
    return PackedSide(tuple(keys), work.shelf(), offers.shelf(), needs.shelf())


def encode_people(
    people: Sequence[Person], plan: EncoderPlan, encoders: Mapping[str, Encoder]
) -> tuple[EncodedPerson, ...]:
    """Cut and encode people's texts, each different text once per encoder.

    Parameters
    ----------
    encoders
        The loaded encoders by name; the plan's others read nothing, and their views stay empty.
    """
    passages = [passages_of(person) for person in people]
    wanted: dict[str, dict[str, None]] = {name: {} for name in encoders}

    def readers(passage: Passage) -> list[str]:
        return [name for name in plan.encoders_of(passage) if name in wanted]

    for passage in (passage for group in passages for passage in group):
        for name in readers(passage):
            wanted[name].setdefault(passage.text)
    known = {name: _encoded(encoders[name], list(texts)) for name, texts in wanted.items()}
    return tuple(
        EncodedPerson(
            person.key,
            tuple(
                EncodedPassage(
                    passage, {name: known[name][passage.text] for name in readers(passage)}
                )
                for passage in group
            ),
        )
        for person, group in zip(people, passages, strict=True)
    )


def _encoded(encoder: Encoder, texts: list[str]) -> dict[str, NDArray[np.float32]]:
    # texts of like length together: a batch is padded to its longest
    ordered = sorted(texts, key=len)
    return dict(zip(ordered, encoder.encode(ordered), strict=True))


class _Builder:
    """Gathers the segments of one view while people pass by, one at a time."""

    def __init__(self, kinds: Collection[Kind], encoders: tuple[str, ...], *, hangul: bool) -> None:
        self._kinds, self._encoders, self._hangul = kinds, encoders, hangul
        self._blocks: tuple[int, ...] = ()
        self._vectors: list[StoredMatrix] = []
        self._weights: list[NDArray[np.float32]] = []
        self._counts: list[int] = []
        self._ids: list[str] = []

    def add(self, person: EncodedPerson) -> None:
        """Take the next person's passages of this view."""
        owned = [item for item in person.passages if self._wants(item)]
        self._counts.append(len(owned))
        if not owned:
            return
        parts = [[item.vectors[name] for item in owned] for name in self._encoders]
        self._blocks = tuple(len(part[0]) for part in parts)
        self._vectors.append(np.hstack(parts).astype(np.float16))
        weights = np.array([item.passage.weight for item in owned])
        self._weights.append((weights / weights.sum()).astype(np.float32))
        # the same few names come again with every person
        self._ids += [intern(item.passage.id) for item in owned]

    def _wants(self, item: EncodedPassage) -> bool:
        return (
            item.passage.kind in self._kinds
            and item.passage.hangul == self._hangul
            and all(name in item.vectors for name in self._encoders)
        )

    def segments(self) -> Segments:
        """Return everybody's passages that were added."""
        return Segments(
            np.concatenate(self._vectors) if self._vectors else np.zeros((0, 0), np.float16),
            self._blocks,
            np.concatenate(self._weights) if self._weights else np.zeros(0, np.float32),
            np.concatenate([[0], np.cumsum(self._counts, dtype=np.int64)]),
            tuple(self._ids),
        )


class _ShelfBuilder:
    """Gathers the three views of one kind of text."""

    def __init__(self, kinds: Collection[Kind], plan: EncoderPlan) -> None:
        every = (plan.every,)
        self._views = {
            "english": _Builder(kinds, plan.for_english_pairs, hangul=False),
            "english_every": _Builder(kinds, every, hangul=False),
            "korean": _Builder(kinds, every, hangul=True),
        }

    def add(self, person: EncodedPerson) -> None:
        """Take the next person's passages of this kind."""
        for view in self._views.values():
            view.add(person)

    def shelf(self) -> Shelf:
        """Return everybody's passages that were added."""
        return Shelf(**{name: view.segments() for name, view in self._views.items()})
