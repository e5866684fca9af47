"""People as the affinity reads them: packed arrays of passage vectors, one side at a time.

Public: ``EncodedPassage(passage, vectors)``, ``EncodedPerson(key, passages)``,
``encode_people(people, plan, encoders)``, ``pack_side(people, plan) -> PackedSide``,
``PackedSide(keys, expertise, offers, needs)``, ``Shelf``, ``Segments``.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matchmaking.encoder_plan import EncoderPlan
from matchmaking.encoders import Encoder, FloatMatrix
from matchmaking.errors import BadInput
from matchmaking.passages import Kind, Passage, passages_of
from matchmaking.profile import Person

EXPERTISE_KINDS = (Kind.RESEARCH, Kind.PUBLICATION)
IntVector = NDArray[np.int64]


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
        (p, d) float32; several encoders' vectors of a passage stand side by side.
    blocks
        The lengths of the encoders' vectors; they add up to d.
    weights
        (p,) float32; each person's add up to 1.
    starts
        (n + 1,) row borders.
    ids
        The p passages' names within their persons.
    """

    vectors: FloatMatrix
    blocks: tuple[int, ...]
    weights: NDArray[np.float32]
    starts: IntVector
    ids: tuple[str, ...]

    @property
    def counts(self) -> IntVector:
        """How many rows each person owns."""
        return np.diff(self.starts)


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
    """Everybody on one side, in the order of ``keys``."""

    keys: tuple[str, ...]
    expertise: Shelf
    offers: Shelf
    needs: Shelf

    def __len__(self) -> int:
        return len(self.keys)


def pack_side(people: Sequence[EncodedPerson], plan: EncoderPlan) -> PackedSide:
    """Pack people into arrays.

    Raises
    ------
    BadInput
        When two people share a key.
    """
    keys = tuple(person.key for person in people)
    if len(set(keys)) != len(keys):
        raise BadInput("two people on one side have the same key")
    return PackedSide(
        keys,
        expertise=_shelf(people, EXPERTISE_KINDS, plan),
        offers=_shelf(people, (Kind.OFFER,), plan),
        needs=_shelf(people, (Kind.NEED,), plan),
    )


def encode_people(
    people: Sequence[Person], plan: EncoderPlan, encoders: Mapping[str, Encoder]
) -> tuple[EncodedPerson, ...]:
    """Cut and encode people's texts, each different text once per encoder.

    Parameters
    ----------
    encoders
        The loaded encoders by name; all of ``plan.names`` must be there.
    """
    passages = [passages_of(person) for person in people]
    wanted: dict[str, dict[str, None]] = {name: {} for name in plan.names}
    for passage in (passage for group in passages for passage in group):
        for name in plan.encoders_of(passage):
            wanted[name].setdefault(passage.text)
    known = {name: _encoded(encoders[name], list(texts)) for name, texts in wanted.items()}
    return tuple(
        EncodedPerson(
            person.key,
            tuple(
                EncodedPassage(
                    passage, {name: known[name][passage.text] for name in plan.encoders_of(passage)}
                )
                for passage in group
            ),
        )
        for person, group in zip(people, passages, strict=True)
    )


def _encoded(encoder: Encoder, texts: list[str]) -> dict[str, NDArray[np.float32]]:
    return dict(zip(texts, encoder.encode(texts), strict=True))


def _shelf(people: Sequence[EncodedPerson], kinds: Collection[Kind], plan: EncoderPlan) -> Shelf:
    every = (plan.every,)
    return Shelf(
        english=_segments(people, kinds, hangul=False, encoders=plan.for_english_pairs),
        english_every=_segments(people, kinds, hangul=False, encoders=every),
        korean=_segments(people, kinds, hangul=True, encoders=every),
    )


def _segments(
    people: Sequence[EncodedPerson],
    kinds: Collection[Kind],
    *,
    hangul: bool,
    encoders: tuple[str, ...],
) -> Segments:
    owned = [
        [
            item
            for item in person.passages
            if item.passage.kind in kinds
            and item.passage.hangul == hangul
            and all(encoder in item.vectors for encoder in encoders)
        ]
        for person in people
    ]
    rows = [item for items in owned for item in items]
    counts = np.array([len(items) for items in owned], np.int64)
    blocks = [
        np.array([item.vectors[encoder] for item in rows], np.float32) for encoder in encoders
    ]
    weights = np.array([item.passage.weight for item in rows], np.float64)
    totals = np.bincount(np.repeat(np.arange(len(people)), counts), weights, len(people))
    return Segments(
        vectors=np.hstack(blocks) if rows else np.zeros((0, 0), np.float32),
        blocks=tuple(block.shape[1] for block in blocks) if rows else (),
        weights=(weights / np.repeat(totals, counts)).astype(np.float32),
        starts=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        ids=tuple(item.passage.id for item in rows),
    )
