import math

import numpy as np
import pytest

from matchmaking.pairing_scale import Scale


@pytest.mark.parametrize("reach", [1e-300, 1e-5, 0.7, 1.0, 3e8, 1e300])
def test_the_largest_value_has_thirty_bits(reach: float) -> None:
    scale = Scale.of(reach, nodes=20_000)
    assert 2**29 <= scale.whole(np.array([reach]))[0] <= 2**30


def test_values_come_back_within_half_a_unit() -> None:
    scale, values = Scale.of(1.0, nodes=100), np.random.default_rng(0).uniform(-1, 1, 1000)
    error = np.abs(scale.back(scale.whole(values).astype(float)) - values)
    assert error.max() <= scale.blur / 8


def test_a_missing_partner_costs_several_times_the_largest_value() -> None:
    scale = Scale.of(0.9, nodes=100)
    assert scale.penalty >= 8 * scale.whole(np.array([0.9]))[0]


def test_a_finer_scale_has_more_digits_and_the_same_worth_of_a_partner() -> None:
    scale = Scale.of(1.0, nodes=100)
    finer = scale.finer()
    assert finer is not None
    assert finer.power > scale.power
    assert math.ldexp(finer.penalty, -finer.power) == math.ldexp(scale.penalty, -scale.power)


@pytest.mark.parametrize("nodes", [0, 10, 20_000, 1_000_000])
def test_there_is_an_end_to_finer_and_to_dearer_and_neither_overflows(nodes: int) -> None:
    for step in (Scale.finer, Scale.dearer):
        scale: Scale | None = Scale.of(0.8, nodes)
        steps = 0
        while scale is not None:
            assert scale.penalty * (nodes + 2) <= 2**62
            last, scale, steps = scale, step(scale), steps + 1
        assert steps <= 8
    # the last one is dearer than any detour through everybody
    assert math.ldexp(last.penalty, -last.power) > 2 * nodes * 0.8


def test_zeros_need_no_scale() -> None:
    assert Scale.of(0.0, nodes=3).whole(np.zeros(2)).tolist() == [0, 0]
