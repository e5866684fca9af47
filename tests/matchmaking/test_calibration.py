import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.calibration import (
    Calibration,
    Curve,
    Grade,
    Line,
    default_calibration,
    nines,
)
from matchmaking.encoder_plan import DEFAULT_PLAN
from matchmaking.errors import BadInput
from tests.matchmaking.people import FLAT


def with_scores(*scores: float) -> Calibration:
    return dataclasses.replace(FLAT, scores=scores)


def test_a_calibration_survives_its_json() -> None:
    calibration = default_calibration()
    assert Calibration.from_json(calibration.to_json()) == calibration


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"source": 1}', "null"])
def test_what_is_no_calibration_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(BadInput, match="calibrate the edition again"):
        Calibration.from_json(text)


def test_the_shipped_calibration_is_for_the_shipped_encoders() -> None:
    assert default_calibration().plan == DEFAULT_PLAN
    assert len(default_calibration().scores) == 101


def test_the_share_below_is_read_between_quantiles() -> None:
    calibration = with_scores(0.1, 0.2, 0.4)
    assert calibration.share_below(0.05) == 0
    assert calibration.share_below(0.2) == 0.5
    assert calibration.share_below(0.3) == 0.75
    assert calibration.share_below(0.9) == 1


def test_equal_reference_scores_count_half() -> None:
    assert with_scores(0.1, 0.2, 0.2, 0.2, 0.3).share_below(0.2) == 0.5


@given(st.lists(st.floats(0.01, 0.99), min_size=2, max_size=20), st.floats(0, 1), st.floats(0, 1))
def test_a_higher_score_never_has_a_lower_share(
    quantiles: list[float], one: float, other: float
) -> None:
    calibration = with_scores(*sorted(quantiles))
    low, high = sorted((one, other))
    assert 0 <= calibration.share_below(low) <= calibration.share_below(high) <= 1


def test_grades_say_how_many_reference_pairs_are_below() -> None:
    calibration = with_scores(*np.linspace(0, 1, 101).tolist())
    assert [calibration.grade(score) for score in (0.2, 0.6, 0.9, 0.97, 0.995)] == [
        Grade.WEAK,
        Grade.FAIR,
        Grade.GOOD,
        Grade.STRONG,
        Grade.EXCELLENT,
    ]


def test_a_curve_is_straight_between_its_points_and_level_outside() -> None:
    curve = Curve((0.0, 1.0, 3.0), (0.1, 0.3, 0.4))
    assert curve(np.array([-1, 0.5, 2, 9])).tolist() == pytest.approx([0.1, 0.2, 0.35, 0.4])


@pytest.mark.parametrize(
    ("at", "value"),
    [((0.0,), (0.0,)), ((0.0, 1.0), (0.0,)), ((1.0, 0.0), (0.0, 1.0)), ((0.0, 1.0), (0.5, 0.5))],
)
def test_a_curve_that_does_not_rise_is_refused(
    at: tuple[float, ...], value: tuple[float, ...]
) -> None:
    with pytest.raises(BadInput):
        Curve(at, value)


def test_scales_and_reference_scores_must_rise() -> None:
    with pytest.raises(BadInput, match="scale must rise"):
        Line(-1.0)
    with pytest.raises(BadInput, match="rising order"):
        with_scores(0.5, 0.4)


def test_the_best_tenth_hundredth_and_thousandth_have_one_two_and_three_nines() -> None:
    values = nines(np.array([0, 0.9, 0.99, 0.999]))
    assert values.tolist() == pytest.approx([0, 1 / 2, 2 / 3, 3 / 4])
