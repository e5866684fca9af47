"""The linear relaxation: a bound on every schedule, and where meetings would like to go.

Solved by the primal-dual hybrid gradient method (D. Applegate et al., Practical large-scale linear
programming using primal-dual hybrid gradient, NeurIPS 2021), which needs no vertex: on these very
degenerate programmes it is ten to a hundred times faster than the simplex method.
"""

from dataclasses import dataclass

import numpy as np
from ortools.pdlp import solvers_pb2
from ortools.pdlp.python import pdlp

from matchmaking.schedule_openings import Openings
from matchmaking.scorers import FloatArray

_WORK = 4e7
_FEWEST, _MOST = 100, 400


@dataclass(frozen=True)
class Relaxation:
    """A near-optimal answer in fractions, and prices that prove a bound.

    Attributes
    ----------
    share
        (v,) how much of each opening is taken, about 0 to 1.
    regret
        (v,) by how much taking an opening lowers what the prices let one hope for; 0 or more.
    bound
        No choice of openings is worth more. It follows from the prices alone (weak duality), so it
        holds however near to the optimum the method has come.
    """

    share: FloatArray
    regret: FloatArray
    bound: float


def relaxed(openings: Openings, values: FloatArray) -> Relaxation:
    """Solve the relaxation for values (v,), in a number of rounds set by its size alone."""
    rows, limits = openings.rows, openings.limits
    if not len(limits):
        return Relaxation(np.ones(len(values)), np.zeros(len(values)), float(values.sum()))
    scale = float(values.mean())
    parameters = solvers_pb2.PrimalDualHybridGradientParams()
    rounds = min(_MOST, max(_FEWEST, int(_WORK / len(values))))
    parameters.termination_criteria.iteration_limit = rounds
    parameters.num_threads = 1
    result = pdlp.primal_dual_hybrid_gradient(_programme(openings, values / scale), parameters)
    prices = np.maximum(-result.dual_solution, 0) * scale
    gain = values - rows.T @ prices
    bound = float(limits @ prices + np.maximum(gain, 0).sum())
    return Relaxation(np.asarray(result.primal_solution), np.maximum(-gain, 0), bound)


def _programme(openings: Openings, values: FloatArray) -> pdlp.QuadraticProgram:
    programme = pdlp.QuadraticProgram()
    programme.objective_vector = -values
    programme.constraint_matrix = openings.rows.tocsc()
    programme.constraint_lower_bounds = np.full(len(openings.limits), -np.inf)
    programme.constraint_upper_bounds = openings.limits.astype(float)
    programme.variable_lower_bounds = np.zeros(len(values))
    programme.variable_upper_bounds = np.ones(len(values))
    return programme
