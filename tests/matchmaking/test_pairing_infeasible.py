"""Who stays short, why, and the smallest change; proven smallest by trying all smaller ones."""

from itertools import combinations_with_replacement

import numpy as np
import pytest
from hypothesis import assume, given, settings
from scipy.optimize import Bounds as Box
from scipy.optimize import LinearConstraint, milp

from matchmaking.pairing import (
    Bounds,
    Lift,
    PairingProblem,
    PairingResult,
    Raise,
    SmallestChange,
    Unmet,
    pair,
)
from tests.matchmaking.pairing_instances import degree_rows, problem_of, problems, solved

Unit = Raise | Lift


def only(result: PairingResult) -> Unmet:
    assert len(result.unmet) == 1
    return result.unmet[0]


def test_all_partners_full_is_helped_by_one_more_place_at_the_best() -> None:
    scores = np.array([[0.9, 0.8], [0.3, 0.5], [0.2, 0.6]])
    result = pair(problem_of(scores, Bounds.same(3, 1, 1), Bounds.same(2, 1, 1)))
    unmet = only(result)
    assert (unmet.side, unmet.index, unmet.missing, unmet.why) == ("left", 1, 1, "partners-full")
    assert unmet.change == SmallestChange((Raise("right", 1, 1),), (), 0)


def test_someone_who_may_meet_nobody_is_helped_by_lifting_the_best_exclusion() -> None:
    scores = np.array([[0.2, 0.7]])
    forbidden = np.array([[0, 0], [0, 1]])
    result = pair(
        problem_of(scores, Bounds.same(1, 1, 1), Bounds.same(2, 0, 1), forbidden=forbidden)
    )
    unmet = only(result)
    assert unmet.why == "no-allowed-partner"
    assert unmet.change == SmallestChange((), (Lift(0, 1),), 0)


def test_a_sealed_exclusion_is_never_proposed_for_lifting() -> None:
    scores = np.array([[0.2, 0.7]])
    result = pair(
        problem_of(
            scores,
            Bounds.same(1, 1, 1),
            Bounds.same(2, 0, 1),
            forbidden=np.array([[0, 0], [0, 1]]),
            sealed=np.array([[0, 1]]),
        )
    )
    assert only(result).change == SmallestChange((), (Lift(0, 0),), 0)


def test_who_has_only_sealed_exclusions_must_lower_their_least() -> None:
    result = pair(
        problem_of(
            np.ones((1, 1)), Bounds.same(1, 1, 1), Bounds.same(1, 0, 1), sealed=np.array([[0, 0]])
        )
    )
    assert only(result).change == SmallestChange((), (), 1)


def test_too_few_people_leaves_nothing_but_a_lower_least() -> None:
    result = pair(problem_of(np.ones((1, 2)), Bounds.same(1, 3, 5), Bounds.same(2, 0, 2)))
    unmet = only(result)
    assert (unmet.why, unmet.missing) == ("too-few-people", 1)
    assert unmet.change == SmallestChange((), (), 1)


def test_fewer_allowed_people_than_the_least_is_told_apart() -> None:
    forbidden = np.array([[0, 0]])
    result = pair(
        problem_of(np.ones((1, 3)), Bounds.same(1, 3, 3), Bounds.same(3, 0, 2), forbidden=forbidden)
    )
    assert only(result).why == "not-enough-partners"


def test_an_exclusion_is_lifted_where_others_can_make_room() -> None:
    """Left 0 may meet nobody; right 0 is full, but its partner can go to right 1 instead."""
    scores = np.array([[0.9, 0.0], [0.8, 0.1]])
    result = pair(
        problem_of(
            scores,
            Bounds(np.array([1, 1]), np.array([1, 1])),
            Bounds(np.array([0, 0]), np.array([1, 1])),
            forbidden=np.array([[0, 0]]),
            sealed=np.array([[0, 1]]),
        )
    )
    assert result.pairs.tolist() == [[1, 0]]
    assert only(result).change == SmallestChange((), (Lift(0, 0),), 0)


def test_the_right_side_is_explained_like_the_left() -> None:
    result = pair(problem_of(np.ones((2, 3)), Bounds.same(2, 0, 1), Bounds.same(3, 1, 1)))
    unmet = only(result)
    assert (unmet.side, unmet.why) == ("right", "partners-full")
    assert unmet.change is not None
    assert [item.side for item in unmet.change.raises] == ["left"]


def test_the_effective_bounds_are_lowered_for_who_is_short_and_for_nobody_else() -> None:
    result = pair(problem_of(np.ones((3, 2)), Bounds.same(3, 1, 1), Bounds.same(2, 1, 1)))
    short = only(result).index
    assert result.effective_left.least.tolist() == [int(index != short) for index in range(3)]
    assert result.effective_right.least.tolist() == [1, 1]


@settings(max_examples=20)
@given(problem=problems(largest=4))
def test_no_smaller_change_serves_the_person(problem: PairingProblem) -> None:
    result = solved(problem)
    assume(result.unmet)
    for unmet in result.unmet:
        change = unmet.change
        assert change is not None
        assert serves(problem, result, unmet, [*change.raises, *change.lifts])
        smaller = change.size - 1
        if smaller >= 0 and len(units(problem)) ** smaller < 400:
            for tried in combinations_with_replacement(units(problem), smaller):
                assert not serves(problem, result, unmet, list(tried))


@settings(max_examples=20)
@given(problem=problems(largest=5))
def test_a_least_is_lowered_only_by_what_nothing_else_can_serve(problem: PairingProblem) -> None:
    result = solved(problem)
    assume(result.unmet)
    for unmet in result.unmet:
        if unmet.change is not None and unmet.change.lower_least:
            everything = units(problem) * 9
            assert not serves(problem, result, unmet, everything, more=1)


def units(problem: PairingProblem) -> list[Unit]:
    n, m = problem.shape
    sealed = {tuple(item) for item in problem.sealed.tolist()}
    raises: list[Unit] = [Raise("left", index, 1) for index in range(n)]
    raises += [Raise("right", index, 1) for index in range(m)]
    lifts = {tuple(item) for item in problem.forbidden.tolist()} - sealed
    return raises + [Lift(*item) for item in sorted(lifts)]


def serves(
    problem: PairingProblem, result: PairingResult, unmet: Unmet, change: list[Unit], more: int = 0
) -> bool:
    """Ask HiGHS whether all keep their effective least and the person reaches what is promised."""
    n, m = problem.shape
    least = {
        "left": result.effective_left.least.copy(),
        "right": result.effective_right.least.copy(),
    }
    most = {"left": problem.left.most.copy(), "right": problem.right.most.copy()}
    assert unmet.change is not None
    least[unmet.side][unmet.index] += unmet.missing - unmet.change.lower_least + more
    allowed = np.ones((n, m))
    for left, right in np.concatenate((problem.forbidden, problem.sealed)):
        allowed[left, right] = 0
    for unit in change:
        if isinstance(unit, Raise):
            most[unit.side][unit.index] += unit.by
        else:
            allowed[unit.left, unit.right] = 1
    low = np.concatenate((least["left"], least["right"]))
    high = np.concatenate((most["left"], most["right"]))
    if n * m == 0 or (low > high).any():
        return bool((low <= np.minimum(high, 0)).all())
    pinned = np.zeros((n, m))
    pinned[problem.pinned[:, 0], problem.pinned[:, 1]] = 1
    answer = milp(
        np.zeros(n * m),
        constraints=LinearConstraint(degree_rows(n, m), low, high),
        bounds=Box(pinned.ravel(), allowed.ravel()),
        integrality=np.ones(n * m),
    )
    return bool(answer.status == 0)


@pytest.mark.parametrize("people", [300])
def test_a_crowd_that_cannot_be_served_is_explained_person_by_person(people: int) -> None:
    scores = np.random.default_rng(0).random((people, 4))
    result = pair(problem_of(scores, Bounds.same(people, 2, 3), Bounds.same(4, 0, 5)))
    assert sum(unmet.missing for unmet in result.unmet) == 2 * people - 20
    assert {unmet.why for unmet in result.unmet} == {"partners-full"}
    assert all(unmet.change and unmet.change.size == unmet.missing for unmet in result.unmet)
