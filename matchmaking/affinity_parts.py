"""A packed side taken apart into its people, and put together from them again.

Public: ``split(side)``, ``join(people)``. A person who was packed and made ready once can then
stand in any list: putting a list together only copies numbers.
"""

from collections.abc import Sequence

import numpy as np

from matchmaking.affinity_side import PackedSide, Segments, Shelf
from matchmaking.errors import BadInput


def split(side: PackedSide) -> tuple[PackedSide, ...]:
    """Return everybody as a side of one, in the order of the keys; the vectors are shared."""
    return tuple(
        PackedSide(
            (key,),
            _shelf_of(side.expertise, place),
            _shelf_of(side.offers, place),
            _shelf_of(side.needs, place),
            side.ready_for,
        )
        for place, key in enumerate(side.keys)
    )


def join(people: Sequence[PackedSide]) -> PackedSide:
    """Return one side of all people of some sides, in their order.

    Raises
    ------
    BadInput
        When there is nobody, two have one key, or they were not made ready for the same.
    """
    if not people:
        raise BadInput("there is nobody to put on a side")
    keys = tuple(key for side in people for key in side.keys)
    if len(set(keys)) != len(keys):
        raise BadInput("two people on one side have the same key")
    first = people[0].ready_for
    if any(side.ready_for is not first and side.ready_for != first for side in people):
        raise BadInput("these people were made ready for different calibrations")
    return PackedSide(
        keys,
        _joined_shelf([side.expertise for side in people]),
        _joined_shelf([side.offers for side in people]),
        _joined_shelf([side.needs for side in people]),
        first,
    )


def _shelf_of(shelf: Shelf, place: int) -> Shelf:
    return Shelf(
        _segments_of(shelf.english, place),
        _segments_of(shelf.english_every, place),
        _segments_of(shelf.korean, place),
    )


def _segments_of(segments: Segments, place: int) -> Segments:
    first, last = int(segments.starts[place]), int(segments.starts[place + 1])
    return Segments(
        segments.vectors[first:last],
        segments.blocks,
        segments.weights[first:last],
        np.array([0, last - first], np.int64),
        segments.ids[first:last],
    )


def _joined_shelf(shelves: Sequence[Shelf]) -> Shelf:
    return Shelf(
        _joined([shelf.english for shelf in shelves]),
        _joined([shelf.english_every for shelf in shelves]),
        _joined([shelf.korean for shelf in shelves]),
    )


def _joined(parts: Sequence[Segments]) -> Segments:
    # Somebody without such a passage has a matrix without columns.
    filled = [part for part in parts if part.vectors.shape[1]] or parts[:1]
    counts = np.concatenate([part.counts for part in parts])
    return Segments(
        np.concatenate([part.vectors for part in filled]),
        filled[0].blocks,
        np.concatenate([part.weights for part in parts]),
        np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]),
        tuple(name for part in parts for name in part.ids),
    )
