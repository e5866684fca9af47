"""People taken out of packed sides, and put together to one again.

Public: ``take(side, places)``, ``join(people)``. A person who was packed and made ready once can
then stand in any list: putting a list together only copies numbers.
"""

from collections.abc import Sequence

import numpy as np

from matchmaking.affinity_side import IntVector, PackedSide, Segments, Shelf
from matchmaking.errors import BadInput


def take(side: PackedSide, places: IntVector) -> PackedSide:
    """Return some people of a side, in the order of their places."""
    return PackedSide(
        tuple(side.keys[place] for place in places.tolist()),
        _some_of_shelf(side.expertise, places),
        _some_of_shelf(side.offers, places),
        _some_of_shelf(side.needs, places),
        side.ready_for,
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
    if len(people) == 1:
        return people[0]
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


def _some_of_shelf(shelf: Shelf, places: IntVector) -> Shelf:
    return Shelf(
        _some(shelf.english, places),
        _some(shelf.english_every, places),
        _some(shelf.korean, places),
    )


def _some(segments: Segments, places: IntVector) -> Segments:
    counts = segments.counts_of(places)
    starts = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
    rows = np.repeat(segments.starts[places] - starts[:-1], counts) + np.arange(starts[-1])
    return Segments(
        segments.vectors[rows],
        segments.blocks,
        segments.weights[rows],
        starts,
        tuple(map(segments.ids.__getitem__, rows.tolist())),
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
