import numpy as np
import pytest

from matchmaking import pairing_tiles
from matchmaking.errors import BadInput
from matchmaking.pairing_pairs import PairSet
from matchmaking.pairing_tiles import AllowedValues, Tile, max_tile, tile_count, tiles
from matchmaking.scorers import DenseScorer, FloatArray, IntArray

SCORES = np.arange(30.0).reshape(5, 6)
EXCLUDED = np.array([[0, 0], [2, 5], [4, 1]])


@pytest.fixture(autouse=True)
def small_tiles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairing_tiles, "_ROWS", 2)
    monkeypatch.setattr(pairing_tiles, "_COLUMNS", 4)


def allowed(worth: float = 0.0) -> AllowedValues:
    return AllowedValues(DenseScorer(SCORES), worth, PairSet.of(EXCLUDED, SCORES.shape))


def test_tiles_cover_every_pair_once() -> None:
    seen = np.zeros(SCORES.shape, int)
    for tile in tiles(SCORES.shape):
        seen[tile.top : tile.bottom, tile.first : tile.last] += 1
        assert (tile.bottom - tile.top) * (tile.last - tile.first) <= max_tile(SCORES.shape)
    assert (seen == 1).all()
    assert tile_count(SCORES.shape) == len(list(tiles(SCORES.shape)))


def test_values_are_scores_less_worth_and_never_for_excluded_pairs() -> None:
    values = np.zeros(SCORES.shape)
    for tile in tiles(SCORES.shape):
        values[tile.top : tile.bottom, tile.first : tile.last] = allowed(worth=1.5).of_tile(tile)
    expected = SCORES - 1.5
    expected[tuple(EXCLUDED.T)] = -np.inf
    assert (values == expected).all()


def test_reading_a_tile_leaves_the_scores_as_they_were() -> None:
    before = SCORES.copy()
    allowed(worth=2.0).of_tile(next(tiles(SCORES.shape)))
    assert (before == SCORES).all()


def test_single_pairs_have_the_same_values_as_in_a_tile() -> None:
    rows, columns = np.array([0, 0, 3, 4]), np.array([1, 5, 2, 0])
    assert allowed(worth=0.5).of_pairs(rows, columns).tolist() == [0.5, 4.5, 19.5, 23.5]


def test_some_people_only_are_like_a_smaller_forum() -> None:
    some = allowed().among(np.array([2, 4]), np.array([1, 5]))
    assert some.shape == (2, 2)
    tile = next(tiles(some.shape))
    assert some.of_tile(tile).tolist() == [[13.0, -np.inf], [-np.inf, 29.0]]


class Wrong:
    """A scorer that forgets a column."""

    shape = (5, 6)

    def score(self, rows: IntArray, columns: IntArray) -> FloatArray:
        return np.zeros((len(rows), len(columns) - 1))


def test_a_scorer_that_answers_in_the_wrong_shape_is_refused() -> None:
    values = AllowedValues(Wrong(), 0.0, PairSet.of(np.zeros((0, 2), int), (5, 6)))
    with pytest.raises(BadInput, match=r"\(2, 3\) for a block 2 x 4"):
        values.of_tile(next(tiles((5, 6))))


def test_a_block_that_is_laid_out_in_columns_loses_no_exclusion() -> None:
    """As when the rows are neighbours, a view, and the columns are not."""

    class InColumns:
        shape = SCORES.shape

        def score(self, rows: IntArray, columns: IntArray) -> FloatArray:
            return np.asfortranarray(SCORES[np.ix_(rows, columns)])

    found = AllowedValues(InColumns(), 0.0, PairSet.of(EXCLUDED, SCORES.shape))
    for tile in tiles(SCORES.shape):
        assert (found.of_tile(tile) == allowed().of_tile(tile)).all()


def test_values_among_some_people_leave_the_excluded_out_whatever_their_order_in_memory() -> None:
    rows, columns = np.array([0, 1, 2]), np.array([0, 2, 5])  # neighbours, and not
    some = allowed().among(rows, columns)
    values = np.vstack(
        [
            np.hstack([some.of_tile(tile) for tile in row])
            for row in _by_rows(list(tiles(some.shape)))
        ]
    )
    expected = SCORES[np.ix_(rows, columns)].copy()
    expected[0, 0] = expected[2, 2] = -np.inf
    assert (values == expected).all()


def _by_rows(every: list[Tile]) -> list[list[Tile]]:
    return [[one for one in every if one.top == top] for top in sorted({t.top for t in every})]
