"""The search goes up, stays within its limits, and stops where nothing is left to gain."""

from collections.abc import Callable

import numpy as np
import pytest

from matchmaking.fairness_ceiling import Ceiling
from matchmaking.fairness_climb import Climber
from matchmaking.fairness_market import Flags, Terms
from matchmaking.fairness_search import Ascent, Limits
from matchmaking.fairness_survey import survey
from matchmaking.pairing import PairingProblem, Progress, pair
from matchmaking.pairing_pairs import PairSet
from matchmaking.pairing_watch import Watch
from tests.matchmaking.fairness_instances import forum


def set_out(
    problem: PairingProblem,
    flows: int,
    price: float,
    tell: Callable[[Progress], None] | None = None,
) -> tuple[Ascent, Climber, Flags]:
    plain = pair(problem)
    found = survey(Terms.of(problem, plain, "left"), plain.certificate, Watch())
    market, pool = found.market, found.market.pool
    u, v = plain.certificate.left_price, plain.certificate.right_price
    climber = Climber(market, (v[pool.columns], u[pool.rows]), 0, Watch(tell), flows)
    made = PairSet.of(plain.pairs, problem.shape)
    start = made.holds(np.column_stack((pool.rows, pool.columns)))
    limits = Limits(plain.total, plain.total * (1 - price), flows, first_step=0.5)
    return Ascent(climber, Ceiling(found), start, limits), climber, start


def test_it_raises_the_floor_and_keeps_within_the_price() -> None:
    ascent, climber, start = set_out(forum(), flows=46, price=0.01)
    before = ascent.floor
    ascent.run()
    assert ascent.floor > before == climber.market.worst(start)
    assert climber.market.total(ascent.chosen) >= 0.99 * climber.market.total(start)
    assert ascent.floor == climber.market.worst(ascent.chosen)


def test_it_notes_every_floor_that_it_reached() -> None:
    ascent, climber, start = set_out(forum(), flows=46, price=0.01)
    ascent.run()
    assert ascent.steps[0].total == pytest.approx(climber.market.total(start))
    assert ascent.steps[-1].floor == ascent.floor
    assert len(ascent.steps) > 2


def test_it_solves_about_as_many_flows_as_it_may() -> None:
    _, climber, _ = (done := set_out(forum(), flows=12, price=0.01))
    done[0].run()
    assert 1 <= climber.taken <= 12 + 6 + 3


def test_a_price_of_nothing_leaves_the_total_where_it_was() -> None:
    ascent, climber, start = set_out(forum(), flows=20, price=0.0)
    ascent.run()
    assert climber.market.total(ascent.chosen) == pytest.approx(climber.market.total(start))


def test_polishing_never_lowers_the_floor_nor_the_total() -> None:
    ascent, climber, _ = set_out(forum(), flows=46, price=0.05)
    ascent.run()
    floor, total = ascent.floor, climber.market.total(ascent.chosen)
    ascent.polish(floor, 4)
    assert ascent.floor >= floor - 1e-9
    assert climber.market.total(ascent.chosen) >= total - 1e-9


def test_a_careful_step_takes_nothing_from_those_who_have_enough() -> None:
    _, climber, start = set_out(forum(), flows=20, price=0.05)
    floor = climber.market.worst(start)
    stage = climber.step(floor, start, daring=False)
    assert stage.below == 0
    assert stage.total == pytest.approx(climber.market.total(start), rel=1e-4)


def test_a_floor_beyond_reach_leaves_people_below_and_is_told_so() -> None:
    _, climber, start = set_out(forum(), flows=20, price=0.05)
    stage = climber.step(100.0, start)
    assert stage.below > 0
    assert stage.total == climber.market.total(stage.chosen)


def test_each_flow_is_told() -> None:
    heard: list[Progress] = []
    _, climber, start = set_out(forum(40), 10, 0.01, heard.append)
    climber.step(0.1, start)
    climber.step(0.2, start)
    assert [(at.stage, at.done, at.total) for at in heard] == [("floor", 1, 10), ("floor", 2, 10)]
