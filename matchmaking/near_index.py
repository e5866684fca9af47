"""Finds the people nearest to an asker among thousands: inner products of outlines, by FAISS.

Public: ``NearIndex(people, basis, calibration, settings)``, ``nearest(indexes, asker, most)``.

A person has two vectors: the mean texts of their work, offers and needs in the English encoder, and
the same, English and Korean ones, in the encoder of every language. An asker's are weighed so that
either inner product is what the affinity would be if it were straight: their work against others'
work, their needs against others' offers, and their offers against others' needs. Who is far in one
language and near in another is found by the other vector. The index is a cache of outlines and may
be thrown away any time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from matchmaking.affinity import AffinitySettings
from matchmaking.affinity_outline import Basis, Outline
from matchmaking.affinity_side import IntVector
from matchmaking.calibration import Calibration, Curve
from matchmaking.encoders import FloatMatrix
from matchmaking.errors import BadInput
from matchmaking.index import one_thread

_View = tuple[str, str]
_KINDS = ("expertise", "offers", "needs")
_ANSWERS = {"expertise": "expertise", "offers": "needs", "needs": "offers"}
"""The kind of an asker's text that each kind of the others' is compared with."""
_ENGLISH = ("english",)
_EVERY = ("english_every", "korean")
_DIRECTIONS = 112
"""How many of an outline's directions are searched: more find no more of the best."""


@dataclass(frozen=True, slots=True)
class Near:
    """People by place, the nearest first, and their inner products with an asker: (n,) each."""

    similarities: FloatMatrix
    places: IntVector


class NearIndex:
    """Some people's outlines, ready to be searched; it never changes.

    Parameters
    ----------
    people
        Whom to find.
    basis
        In which they, and every asker, are outlined.
    """

    def __init__(
        self,
        people: Outline,
        basis: Basis,
        calibration: Calibration,
        settings: AffinitySettings,
    ) -> None:
        self._calibration = calibration
        self._weights = _weights(calibration, settings)
        self._size = people.size
        widths = {"english": basis.english.shape[1]} | dict.fromkeys(_EVERY, basis.every.shape[1])
        self._widths = {view: min(width, _DIRECTIONS) for view, width in widths.items()}
        self._flats = [(views, self._filled(people, views)) for views in (_ENGLISH, _EVERY)]

    def __len__(self) -> int:
        """How many people it holds."""
        return self._size

    def search(self, asker: Outline, most: int) -> tuple[Near, ...]:
        """Return who is nearest to an asker by either vector; nobody by one without a text."""
        found = []
        for views, flat in self._flats:
            query = self._question(asker, views)
            many = min(most, self._size) if query.any() else 0
            if many:
                with one_thread():
                    similarities, places = flat.search(query, many)
                found.append(Near(similarities[0], places[0]))
            else:
                found.append(Near(np.zeros(0, np.float32), np.zeros(0, np.int64)))
        return tuple(found)

    def _filled(self, people: Outline, views: Sequence[str]) -> Any:  # noqa: ANN401 - faiss has no types
        parts = [self._means(people, (kind, view)) for kind in _KINDS for view in views]
        rows = np.ascontiguousarray(np.hstack(parts), np.float32)
        flat = faiss.IndexFlatIP(max(1, rows.shape[1]))
        if rows.shape[1]:
            flat.add(rows)
        return flat

    def _question(self, asker: Outline, views: Sequence[str]) -> FloatMatrix:
        parts = [
            np.float32(self._weights[kind]) * self._against(asker, _ANSWERS[kind], view)
            for kind in _KINDS
            for view in views
        ]
        return np.ascontiguousarray(np.hstack(parts), np.float32)

    def _against(self, asker: Outline, kind: str, view: str) -> FloatMatrix:
        """Return what the others' mean texts in a view are multiplied with."""
        if view == "english":
            return self._means(asker, (kind, "english"))
        mixed, korean = np.float32(self._calibration.mixed.slope), self._calibration.korean.slope
        here = self._means(asker, (kind, "korean"))
        if view == "english_every":
            return mixed * here
        return mixed * self._means(asker, (kind, "english_every")) + np.float32(korean) * here

    def _means(self, people: Outline, view: _View) -> FloatMatrix:
        trace = people.views.get(view)
        width = self._widths[view[1]]
        if trace is None:
            return np.zeros((people.size, width), np.float32)
        return trace.means[:, :width]


def nearest(indexes: Sequence[NearIndex], asker: Outline, most: int) -> IntVector:
    """Return the people of some indexes who are nearest to an asker, in rising order.

    Parameters
    ----------
    asker
        The outline of one person.
    most
        How many by either vector, 1 or more; so up to twice as many people come.

    Returns
    -------
    Their places, counted through all indexes one after the other.
    """
    if asker.size != 1 or most < 1:
        raise BadInput("ask for one person or more, for one asker")
    starts = np.cumsum([0, *map(len, indexes)])
    found = [index.search(asker, most) for index in indexes]
    parts = [np.zeros(0, np.int64)]
    for of_vector in zip(*found, strict=True):
        similarities = np.concatenate([near.similarities for near in of_vector])
        places = np.concatenate(
            [near.places + start for near, start in zip(of_vector, starts, strict=False)]
        )
        # equals in the order of their places, so that a list does not change by itself
        parts.append(places[np.lexsort((places, -similarities))[:most]])
    return np.unique(np.concatenate(parts))


def _weights(calibration: Calibration, settings: AffinitySettings) -> dict[str, float]:
    """Say how much a score rises with each kind's cosine, in the upper half of the curves."""
    work, exchange = _steepness(calibration.expertise), _steepness(calibration.complement)
    # either of the two gets what one needs and the other offers; a score is the mean of both
    needs = settings.need_weight / 2 * exchange
    return {"expertise": (1 - settings.need_weight) * work, "offers": needs, "needs": needs}


def _steepness(curve: Curve) -> float:
    at: NDArray[np.float64] = np.array(curve.at)
    value: NDArray[np.float64] = np.array(curve.value)
    middle = (value[0] + value[-1]) / 2
    return float((value[-1] - middle) / (at[-1] - np.interp(middle, value, at)))
