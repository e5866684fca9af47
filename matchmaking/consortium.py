"""Whole teams for the roles of a proposal: the best one, proven, and others that are different.

Public: ``form_teams(problem, …) -> Teams``. The problem is in ``consortium_problem``, what a team
is worth in ``consortium_worth``, the bound in ``consortium_bound``, the result in
``consortium_result``.

The method, for each size that a team can have: a greedy start and swaps; a Lagrangian bound, by
which candidates are ruled out who are in no better team; a linear relaxation that rules out more;
and an integer programme on the few who are left. A second and a third team are found in the same
way, under the condition that half of the places that are not locked go to others.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

import numpy as np
from scipy.optimize import linear_sum_assignment

from matchmaking.consortium_infeasible import explained
from matchmaking.consortium_problem import Matrix, TeamProblem
from matchmaking.consortium_result import Team, Teams, Twins
from matchmaking.consortium_solve import Solved, Solver
from matchmaking.consortium_watch import TeamProgress, TeamWatch
from matchmaking.threads import one_blas_thread

NEAR = 0.05
"""How far below the best score an alternative may be to count as near."""
GAP_BELOW = 0.3
"""A role is a gap when nobody in the team fits it at least as well as this."""


def form_teams(
    problem: TeamProblem,
    *,
    count: int = 3,
    gap_below: float = GAP_BELOW,
    seed: int = 0,
    progress: Callable[[TeamProgress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Teams:
    """Form the best team, and others that share at most half of the places not locked.

    Parameters
    ----------
    count
        How many teams; there are fewer when no other one differs enough.
    gap_below
        From which fit on a role counts as covered.
    seed
        The same problem and seed give the same teams.

    Raises
    ------
    Cancelled
        When ``cancelled`` said so.
    """
    watch = TeamWatch(progress, cancelled, total=count)
    with one_blas_thread():
        solver = Solver(problem, watch, seed)
        teams: list[Team] = []
        while len(teams) < count:
            solved = solver.best([team.members for team in teams])
            if solved.team is None:
                break
            teams.append(_team(problem, solver, solved, teams, gap_below))
            watch.step()
        none = None if teams else explained(problem, watch)
    return Teams(tuple(teams), none)


def _team(
    problem: TeamProblem,
    solver: Solver,
    solved: Solved,
    before: Sequence[Team],
    gap_below: float,
) -> Team:
    members = solved.team or ()
    fits = problem.fits[:, list(members)]
    least = before[0].score - NEAR * abs(before[0].score) if before else -np.inf
    return Team(
        members=members,
        roles=shared_out(fits),
        score=solved.score,
        bound=solved.bound,
        gap=(solved.bound - solved.score) / max(1.0, abs(solved.bound)),
        parts=solver.worth(members).parts(members),
        gaps=tuple(np.flatnonzero(fits.max(axis=1) < gap_below).tolist()),
        twins=tuple(_twins(problem, members)),
        shared=tuple(len(set(members) & set(team.members)) for team in before),
        near=solved.score >= least,
        nearer_exists=solved.score < least <= solved.bound,
    )


def shared_out(fits: Matrix) -> tuple[int, ...]:
    """Give each member of a team one role.

    Parameters
    ----------
    fits
        (roles, members).

    Returns
    -------
    The role of each member. No role has one member more than another before all have as many.
    """
    given = np.full(fits.shape[1], -1)
    while (given < 0).any():
        free = np.flatnonzero(given < 0)
        rows, columns = linear_sum_assignment(fits[:, free], maximize=True)
        given[free[columns]] = rows
    return tuple(given.tolist())


def _twins(problem: TeamProblem, members: Sequence[int]) -> Iterator[Twins]:
    """Find members of one line of work."""
    for one, other in combinations(members, 2):
        if problem.line[one] == problem.line[other]:
            both = np.minimum(problem.fits[:, one], problem.fits[:, other])
            yield Twins(one, other, int(both.argmax()))
