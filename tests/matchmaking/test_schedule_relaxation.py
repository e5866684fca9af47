"""The relaxation bounds every schedule, however far it was solved."""

import numpy as np
from hypothesis import given, settings
from scipy.optimize import linprog

from matchmaking.schedule import ScheduleProblem
from matchmaking.schedule_openings import Openings
from matchmaking.schedule_relaxation import relaxed
from tests.matchmaking.schedule_cases import everyone_free, most_worth, random_problem, windowed


def openings(problem: ScheduleProblem) -> Openings:
    return Openings.of(problem, np.repeat(problem.worths[:, None], problem.shape[2], axis=1))


@settings(max_examples=60)
@given(windowed())
def test_no_schedule_is_worth_more_than_the_bound(problem: ScheduleProblem) -> None:
    found = openings(problem)
    if len(found.value):
        assert relaxed(found, found.value.astype(float)).bound >= most_worth(problem) - 1e-6


def test_the_bound_is_that_of_the_linear_programme() -> None:
    found = openings(random_problem(3, 300, (60, 50), 10, 0.5, 20))
    values = found.value.astype(float)
    exact = linprog(-values, A_ub=found.rows, b_ub=found.limits, bounds=(0, 1), method="highs")
    bound = relaxed(found, values).bound
    assert -exact.fun - 1e-6 <= bound <= -exact.fun + 0.5


def test_nothing_that_binds_leaves_everything_taken() -> None:
    answer = relaxed(openings(everyone_free([(0, 0), (1, 1)], slots=1)), np.array([2.0, 3.0]))
    assert answer.share.tolist() == [1.0, 1.0]
    assert answer.bound == 5.0


def test_an_opening_in_nobody_s_interest_is_regretted() -> None:
    # two meetings want the only slot of the left person; one is worth three times the other
    found = openings(everyone_free([(0, 0), (0, 1)], slots=1))
    answer = relaxed(found, np.array([1.0, 3.0]))
    assert answer.regret[0] > 0.1
    assert answer.regret[1] < 0.01
    assert answer.share[1] > 0.9
