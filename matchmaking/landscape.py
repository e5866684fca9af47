"""The research landscape: people in a plane, near each other where their work is alike."""

import numpy as np
from numpy.typing import NDArray

from matchmaking.errors import BadInput

FloatMatrix = NDArray[np.float32]


def project(vectors: FloatMatrix) -> FloatMatrix:
    """Lay people out in the unit square, by the two directions in which they differ most.

    Principal components of the centred vectors; each axis is half its value and half its rank, so
    that one unusual person does not press all others into a corner. Signs are fixed by the largest
    coordinate, so that the same people always give the same picture.

    Parameters
    ----------
    vectors
        (n, d), one row a person.

    Returns
    -------
    (n, 2) in [0, 1]; a single person, or people who are all alike, stand in the middle.

    Raises
    ------
    BadInput
        When ``vectors`` is no matrix of finite numbers.
    """
    if vectors.ndim != 2 or not np.isfinite(vectors).all():
        raise BadInput(f"vectors must be an (n, d) matrix of finite numbers, not {vectors.shape}")
    count = len(vectors)
    if count < 2 or min(vectors.shape) < 2:
        return np.full((count, 2), 0.5, np.float32)
    centred = vectors - vectors.mean(axis=0)
    # The covariance is d x d whatever the number of people.
    _, directions = np.linalg.eigh(centred.T @ centred)
    axes = directions[:, :-3:-1]
    axes = axes * np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])])
    plane = centred @ axes
    return np.column_stack([_spread(plane[:, axis]) for axis in range(2)]).astype(np.float32)


def neighbours_across(left: FloatMatrix, right: FloatMatrix) -> list[tuple[int, int]]:
    """Join everybody to the nearest person of the other side.

    Parameters
    ----------
    left, right
        (n, 2) and (m, 2), the two sides' places. Costs n x m, so it is for pictures of hundreds.

    Returns
    -------
    Pairs (row of left, row of right) in ascending order, each once; none when a side is empty.

    Raises
    ------
    BadInput
        When a side is no (n, 2) matrix.
    """
    if left.ndim != 2 or right.ndim != 2 or left.shape[1] != 2 or right.shape[1] != 2:
        raise BadInput(f"places must be (n, 2) matrices, not {left.shape} and {right.shape}")
    if not (len(left) and len(right)):
        return []
    apart = ((left[:, None] - right[None]) ** 2).sum(axis=2)
    forth = enumerate(apart.argmin(axis=1).tolist())
    back = ((one, other) for other, one in enumerate(apart.argmin(axis=0).tolist()))
    return sorted({*forth, *back})


def _spread(values: FloatMatrix) -> FloatMatrix:
    low, high = values.min(), values.max()
    if high - low < 1e-6:
        return np.full(len(values), 0.5, np.float32)
    order = np.empty(len(values), np.float32)
    order[np.argsort(values, kind="stable")] = np.linspace(0, 1, len(values), dtype=np.float32)
    spread: FloatMatrix = (order + (values - low) / (high - low)) / 2
    return spread
