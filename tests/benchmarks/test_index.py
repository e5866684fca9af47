"""Every way of the index benchmark answers the question that is asked of all."""

import numpy as np
import pytest

from benchmarks.index import NEAREST, WAYS, Search, ask, compare, product
from benchmarks.pairing_data import Forum
from matchmaking.scorers import FloatArray

VECTORS, QUERIES = Forum(400, 6, 0, forbidden_share=0).vectors
EXACT = [name for name in WAYS if "IVF" not in name]


@pytest.mark.parametrize("name", EXACT)
def test_an_exact_way_finds_the_true_best_in_their_order(name: str) -> None:
    scores = QUERIES @ VECTORS.T
    found = WAYS[name](VECTORS)(QUERIES)
    assert found.shape == (6, NEAREST)
    reached = np.take_along_axis(scores, found, axis=1)
    np.testing.assert_allclose(reached, -np.sort(-scores, axis=1)[:, :NEAREST], atol=1e-5)


def test_an_inverted_file_finds_people_of_the_side_and_most_of_the_best() -> None:
    name = next(name for name in WAYS if "IVF" in name)
    found = WAYS[name](VECTORS)(QUERIES)
    assert ((found >= 0) & (found < len(VECTORS))).all()
    assert ask(WAYS[name], VECTORS, QUERIES).recall > 0.5


def test_recall_counts_the_true_best_that_were_found() -> None:
    def half(vectors: FloatArray) -> Search:
        search = product(vectors)
        return lambda queries: np.where(
            np.arange(NEAREST) < NEAREST // 2, search(queries), len(vectors)
        )

    assert ask(half, VECTORS, QUERIES).recall == pytest.approx(0.5)


def test_the_table_has_a_row_for_every_way(capsys: pytest.CaptureFixture[str]) -> None:
    compare(200, 2, seeds=1)
    printed = capsys.readouterr().out
    assert "200 vectors, 2 queries, 1 seeds" in printed
    assert [name for name in WAYS if f"| {name} |" not in printed] == []
