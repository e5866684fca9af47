import numpy as np
import pytest
from hypothesis import given, settings

from matchmaking.pairing import Bounds, PairingProblem
from matchmaking.pairing_pairs import PairSet
from matchmaking.pairing_reroute import Facing, Rerouting, mirrored
from tests.matchmaking.pairing_instances import problems, solved

NONE: list[tuple[int, int]] = []


def facing_of(
    near: Bounds,
    far: Bounds,
    partners: list[tuple[int, int]],
    fixed: list[tuple[int, int]] = NONE,
) -> Facing:
    shape = len(near.least), len(far.least)
    sets = [
        PairSet.of(np.array(pairs, np.int32).reshape(-1, 2), shape) for pairs in (partners, fixed)
    ]
    return Facing(near, far, *sets)


def test_someone_with_room_is_given_as_they_are() -> None:
    facing = facing_of(Bounds.same(2, 1, 1), Bounds.same(2, 0, 1), [(1, 0)], [(1, 1)])
    assert Rerouting(facing, 0).free_one([0, 1]) == 1


def test_a_partner_moves_on_to_make_room() -> None:
    facing = facing_of(Bounds.same(2, 1, 1), Bounds.same(2, 0, 1), [(1, 0)])
    assert Rerouting(facing, 0).free_one([0]) == 0


def test_a_partner_who_can_spare_somebody_just_leaves() -> None:
    near = Bounds(np.array([1, 1]), np.array([1, 2]))
    facing = facing_of(near, Bounds.same(2, 0, 1), [(1, 0), (1, 1)])
    assert Rerouting(facing, 0).free_one([0]) == 0


@pytest.mark.parametrize("fixed", [[(1, 1)], [(1, 0)]])
def test_no_room_is_made_over_an_exclusion_or_out_of_a_pin(fixed: list[tuple[int, int]]) -> None:
    facing = facing_of(Bounds.same(2, 1, 1), Bounds.same(2, 0, 1), [(1, 0)], fixed)
    assert Rerouting(facing, 0).free_one([0]) is None


def test_the_same_room_is_not_given_twice() -> None:
    near = Bounds(np.array([2, 1, 1]), np.array([2, 1, 1]))
    facing = facing_of(near, Bounds.same(3, 0, 1), [(1, 0), (2, 1)], [(0, 2)])
    rerouting = Rerouting(facing, 0)
    assert rerouting.free_one([0, 1]) in (0, 1)
    assert rerouting.free_one([0, 1]) is None


def test_room_is_made_along_a_long_chain() -> None:
    people = 30
    chain = [(i, i - 1) for i in range(1, people)]
    open_pairs = {(i, j) for i in range(people) for j in (i - 1, i)}
    fixed = [(i, j) for i in range(people) for j in range(people) if (i, j) not in open_pairs]
    one = Bounds.same(people, 1, 1)
    facing = facing_of(one, Bounds.same(people, 0, 1), chain, fixed)
    assert Rerouting(facing, 0).free_one([0]) == 0


@settings(max_examples=40)
@given(problem=problems(largest=6))
def test_who_is_short_cannot_be_helped_by_moving_others_alone(problem: PairingProblem) -> None:
    """Otherwise the pairing would have had fewer missing partners."""
    result = solved(problem)
    fixed = np.concatenate((problem.forbidden, problem.sealed, problem.pinned))
    for unmet in result.unmet:
        facing = Facing(
            result.effective_left,
            result.effective_right,
            PairSet.of(result.pairs, problem.shape),
            PairSet.of(fixed, problem.shape),
        )
        if unmet.side == "right":
            facing = Facing(
                facing.far, facing.near, mirrored(facing.partners), mirrored(facing.fixed)
            )
        closed = {*facing.fixed.row(unmet.index), *facing.partners.row(unmet.index)}
        allowed = [far for far in range(facing.partners.width) if far not in closed]
        assert Rerouting(facing, unmet.index).free_one(allowed) is None


def test_a_mirrored_set_is_seen_from_the_other_side() -> None:
    pairs = PairSet.of(np.array([[0, 2], [1, 0]]), (2, 3))
    assert mirrored(pairs).pairs().tolist() == [[0, 1], [2, 0]]
    assert (mirrored(pairs).height, mirrored(pairs).width) == (3, 2)
