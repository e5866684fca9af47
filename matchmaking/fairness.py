"""Nobody left behind: the worst-off person raised as far as it goes. The room's public door.

A person's total is the sum of the scores of their pairs. The floor is the smallest total among the
people of a side who *count*: who have room beside their pins, at least one allowed partner of a
score above worth, and whose least is met. Whoever has nobody to meet, or stays short of partners
whatever is done, does not drag the floor to 0 for everybody; they are served as without a floor.
A pair below worth is still only made to honour a minimum, and nobody is short who would not be
without a floor.

Whether everybody can have some floor is NP-hard. So the floor is what a search found, between the
plain optimum's and a bound that no feasible pairing exceeds, and the total is judged against the
best one above that floor, by a certificate that anybody can recompute. (Beyond some 2,500 people a
side that is the bound without a floor, which holds as well.)

A min-cost flow over some twenty pairs for each person is solved again and again (up to 46 times,
36 for very many people), each time with promises to those below the floor (`fairness_promises`).
Memory is that of `pair`, and 64 MB of scores at most.
"""

from collections.abc import Callable
from typing import get_args

from matchmaking.errors import BadInput
from matchmaking.fairness_bound import certified_floor_bound
from matchmaking.fairness_market import FairSide
from matchmaking.fairness_result import FairResult, FloorCertificate, FloorPrice
from matchmaking.fairness_solve import Effort, solve_fair
from matchmaking.pairing_problem import PairingProblem
from matchmaking.pairing_result import Progress
from matchmaking.pairing_watch import Watch

__all__ = [
    "FairResult",
    "FairSide",
    "FloorCertificate",
    "FloorPrice",
    "certified_floor_bound",
    "fair_pair",
]

# So many flows take 3 seconds at 1,000 a side. With more than 4,000 people in all each takes long,
# and fewer are solved; the first floor is then lower, for a floor that fails costs many of them.
_FLOWS, _FEWEST, _PEOPLE = 46, 36, 4000
_FIRST_STEP, _CAREFUL_STEP = 0.5, 0.2


def fair_pair(
    problem: PairingProblem,
    side: FairSide = "both",
    *,
    seed: int = 0,
    highest_price: float = 0.01,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> FairResult:
    """Raise the worst-off person's total, and then the total of all above that floor.

    Parameters
    ----------
    problem
        As for `matchmaking.pairing.pair`.
    side
        Whose worst-off person is raised.
    seed
        For the search; the same seed gives the same pairs.
    highest_price
        The largest share of the total that may be given up for the floor.
    progress, cancelled
        Told and asked at every step; see `Progress`.

    Raises
    ------
    BadInput
        When a score is not a finite number, the side is unknown or the price is below 0.
    Cancelled
        When `cancelled` says so.

    Examples
    --------
    >>> import numpy as np
    >>> from matchmaking.pairing import Bounds
    >>> from matchmaking.scorers import DenseScorer
    >>> scores = DenseScorer(np.array([[0.9, 0.5], [0.6, 0.1]]))
    >>> one_each = Bounds.same(2, least=1, most=1)
    >>> fair = fair_pair(PairingProblem(scores, one_each, one_each), "left", highest_price=0.2)
    >>> fair.pairs.tolist(), fair.floor, round(fair.worst_bound, 3)
    ([[0, 1], [1, 0]], 0.5, 0.5)
    """
    if side not in get_args(FairSide):
        raise BadInput(f"the side must be left, right or both, not {side!r}")
    if not highest_price >= 0:
        raise BadInput(f"the highest price must be 0 or more, not {highest_price}")
    effort = _effort(sum(problem.shape), highest_price, seed)
    return solve_fair(problem, side, Watch(progress, cancelled), effort)


def _effort(people: int, highest_price: float, seed: int) -> Effort:
    flows = max(_FEWEST, min(_FLOWS, _FLOWS * _PEOPLE // max(1, people)))
    step = _FIRST_STEP if people <= _PEOPLE else _CAREFUL_STEP
    return Effort(flows, step, highest_price, seed)
