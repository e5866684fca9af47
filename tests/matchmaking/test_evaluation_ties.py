from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.evaluation_ties import TieGroups


def by_trying_every_order(scores: list[int], wanted: list[int]) -> list[float]:
    """Reciprocal rank, average precision and hits at 1, 3, 5, averaged over all fair orders."""
    seen = []
    for order in permutations(range(len(scores))):
        ranked = [scores[i] for i in order]
        if ranked == sorted(ranked, reverse=True):
            places = [place for place, i in enumerate(order, 1) if i in wanted]
            precision = np.mean([(n + 1) / place for n, place in enumerate(places)])
            seen.append([1 / places[0], precision, *(places[0] <= k for k in (1, 3, 5))])
    means: list[float] = np.mean(np.array(seen, float), axis=0).tolist()
    return means


@given(st.data())
def test_ties_give_the_mean_over_every_order_of_equals(data: st.DataObject) -> None:
    scores = data.draw(st.lists(st.integers(0, 2), min_size=1, max_size=6))
    places = st.sets(st.integers(0, len(scores) - 1), min_size=1)
    wanted = sorted(data.draw(places))
    groups = TieGroups.of(np.array(scores, float), wanted)
    found = [groups.reciprocal_rank(), groups.average_precision()]
    found += [groups.hit(k) for k in (1, 3, 5)]
    assert found == pytest.approx(by_trying_every_order(scores, wanted))


def test_without_ties_the_figures_are_the_textbooks() -> None:
    # right ones stand at places 2 and 4
    groups = TieGroups.of(np.array([0.9, 0.8, 0.7, 0.6, 0.5]), [1, 3])
    assert groups.reciprocal_rank() == 1 / 2
    assert groups.average_precision() == pytest.approx((1 / 2 + 2 / 4) / 2)
    assert [groups.hit(k) for k in (1, 3, 5)] == [0, 1, 1]
