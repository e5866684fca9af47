"""What an organiser sets makes sense before a round is asked for."""

import pytest

from services.round_parameters import (
    BoundsCross,
    RoundParameters,
    UnknownFairness,
    parameters_for,
)
from tests.factories import Factory


def test_an_edition_s_own_bounds_are_the_default(make: Factory) -> None:
    edition = make.edition(least_partners=1, most_partners=4)
    assert parameters_for(edition) == RoundParameters(1, 4)
    assert parameters_for(edition, least=0, most=2, seed=7) == RoundParameters(0, 2, seed=7)


def test_a_least_above_the_most_is_refused() -> None:
    with pytest.raises(BoundsCross, match="Least is 3 and most is 2"):
        RoundParameters(3, 2)


def test_a_side_that_there_is_not_is_refused() -> None:
    with pytest.raises(UnknownFairness, match="left, right or both"):
        RoundParameters(0, 2, fair="middle")  # type: ignore[arg-type] # on purpose


def test_a_round_from_before_there_was_fairness_reads_as_one_without() -> None:
    old = {"least": 1, "most": 2, "seed": 0, "worth": 0.0}
    assert RoundParameters(**old).fair == "none"  # type: ignore[arg-type] # as stored
