"""Who meets whom: the pairing of largest total value, with a proof. The room's public door."""

from collections.abc import Callable

from matchmaking.pairing_certificate import certified_bound
from matchmaking.pairing_optimum import Settings
from matchmaking.pairing_problem import Bounds, PairingProblem
from matchmaking.pairing_result import (
    Certificate,
    Lift,
    PairingResult,
    Progress,
    Raise,
    SmallestChange,
    Unmet,
)
from matchmaking.pairing_solve import solve_pairing
from matchmaking.pairing_watch import Watch

__all__ = [
    "Bounds",
    "Certificate",
    "Lift",
    "PairingProblem",
    "PairingResult",
    "Progress",
    "Raise",
    "SmallestChange",
    "Unmet",
    "certified_bound",
    "pair",
]


def pair(
    problem: PairingProblem,
    *,
    seed: int = 0,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> PairingResult:
    """Choose the pairs of the largest total value, and prove it.

    First, as few partners as possible are missing from everybody's least, all people counted
    together; among the choices that leave so few missing, the total of score - worth is the
    largest. Who is short is a result (`unmet`), not an error; their `least` is lowered in the
    effective bounds, and the certificate is for these.

    Parameters
    ----------
    problem
        Scores, bounds, exclusions, pins.
    seed
        For the random pairs the search begins with: any seed gives the same total.
    progress, cancelled
        Told and asked at every step; see `Progress`.

    Returns
    -------
    PairingResult
        Optimal within certificate.gap, which only rounding makes larger than 0 (`pairing_scale`).

    Raises
    ------
    BadInput
        When a score is not a finite number.
    Cancelled
        When `cancelled` says so.

    Notes
    -----
    Memory is O((n + m) x partners) and 2 bytes a pair up to a fixed budget. Time is one pass over
    the scorer, and a few min-cost flows over some twenty pairs for each person.

    Examples
    --------
    >>> import numpy as np
    >>> from matchmaking.scorers import DenseScorer
    >>> scores = DenseScorer(np.array([[0.9, 0.8], [0.7, 0.1]]))
    >>> one_each = Bounds.same(2, least=1, most=1)
    >>> pair(PairingProblem(scores, one_each, one_each)).pairs.tolist()
    [[0, 1], [1, 0]]
    """
    return solve_pairing(problem, Watch(progress, cancelled), seed, Settings())
