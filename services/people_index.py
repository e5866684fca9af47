"""Who is near somebody, among more people than can all be compared for one page."""

from collections.abc import Collection, Iterator

import numpy as np

from matchmaking.affinity_side import PackedSide, Segments, Shelf
from matchmaking.encoders import FloatMatrix
from matchmaking.index import SideIndex

# Whose text is held against whose: work against work, and what one needs against what one offers.
_ACROSS = {"expertise": "expertise", "needs": "offers", "offers": "needs"}
Space = tuple[str, str]


class PeopleIndex:
    """FAISS indexes over people who were made ready to compare: one a kind of text and encoder."""

    def __init__(self) -> None:
        self._indexes: dict[Space, SideIndex] = {}

    def put(self, number: int, person: PackedSide) -> None:
        """Put a person in, in the place of what they had before."""
        for space, vectors in _vectors(person):
            if len(vectors) and space not in self._indexes:
                self._indexes[space] = SideIndex(vectors.shape[1])
            if len(vectors):
                self._indexes[space].replace(number, vectors)
            elif space in self._indexes:
                self._indexes[space].remove(number)

    def drop(self, number: int) -> None:
        """Take a person out; one who is not in is no error."""
        for index in self._indexes.values():
            index.remove(number)

    def near(self, asker: PackedSide, allowed: Collection[int], most: int) -> set[int]:
        """Return the nearest of the allowed people in each kind of text and encoder.

        Parameters
        ----------
        asker
            Somebody of the other side, as a side of one.
        most
            How many in each; fewer when fewer are allowed or have such a text.
        """
        near: set[int] = set()
        for (kind, encoder), queries in _vectors(asker):
            index = self._indexes.get((_ACROSS[kind], encoder))
            if index is not None and len(queries):
                near.update(_nearest(index, queries, allowed, most))
        return near


def _nearest(
    index: SideIndex, queries: FloatMatrix, allowed: Collection[int], most: int
) -> list[int]:
    inside: list[int] = []
    for depth in _depths(most, len(index)):
        found = (item.person for item in index.candidates(queries, depth))
        inside = [one for one in found if one in allowed][:most]
        if len(inside) == most:
            break
    return inside


def _depths(most: int, size: int) -> Iterator[int]:
    """How many to ask the index for: more when few of them are allowed, in the end everybody."""
    depth = most
    while depth < size:
        yield depth
        depth *= 4
    yield max(1, size)


def _vectors(person: PackedSide) -> Iterator[tuple[Space, FloatMatrix]]:
    for kind in _ACROSS:
        shelf: Shelf = getattr(person, kind)
        yield (kind, "english"), _stacked(shelf.english)
        yield (kind, "every"), _stacked(shelf.english_every, shelf.korean)


def _stacked(*parts: Segments) -> FloatMatrix:
    filled = [part.vectors for part in parts if len(part.vectors)]
    return np.vstack(filled).astype(np.float32) if filled else np.zeros((0, 0), np.float32)
