"""Lines of work: people whose work is so alike that two of them in a team would do the same.

Public: ``lines_of(likeness, half)``.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from matchmaking.scorers import IntArray

ALIKE = 0.5
"""How alike the work of any two within a line is at least, as the affinity values it."""


def lines_of(likeness: NDArray[np.floating], half: IntArray | None = None) -> IntArray:
    """Group people by their work.

    Parameters
    ----------
    likeness
        (n, n) in [0, 1], symmetric: the affinity's value of the likeness of two people's work.
    half
        (n,): people of different halves are never in one line, because the halves of a mirrored
        team are to do the same.

    Returns
    -------
    (n,) numbers from 0. Any two of a line are alike by at least 0.5 (complete linkage).
    """
    people = len(likeness)
    if people < 2:
        return np.zeros(people, np.int64)
    apart = 1.0 - likeness.astype(np.float64)
    if half is not None:
        apart[half[:, None] != half] = 2.0
    np.fill_diagonal(apart, 0.0)
    tree = linkage(squareform((apart + apart.T) / 2, checks=False), "complete")
    numbers: IntArray = fcluster(tree, 1.0 - ALIKE, "distance").astype(np.int64) - 1
    return numbers
