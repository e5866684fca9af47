import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.forum_people import made_up_people
from matchmaking.affinity import AffinityScorer
from matchmaking.affinity_side import pack_side
from matchmaking.calibration import default_calibration
from matchmaking.encoder_plan import DEFAULT_PLAN
from matchmaking.encoders import FloatMatrix
from matchmaking.errors import BadInput, Cancelled
from matchmaking.suggestion_lists import NOBODY, Shortlists, suggestion_lists

EXACT = Shortlists(everybody=10_000)
GUESSING = Shortlists(least=60, times=6, everybody=0)


@pytest.fixture(scope="module")
def scorer() -> AffinityScorer:
    """Forty askers and six hundred people, three in ten passages of whom are Korean."""
    left = pack_side(made_up_people(40, 1), DEFAULT_PLAN)
    right = pack_side(made_up_people(600, 2, korean=0.3), DEFAULT_PLAN)
    return AffinityScorer(left, right, default_calibration())


@pytest.fixture(scope="module")
def scores(scorer: AffinityScorer) -> FloatMatrix:
    return scorer.score(*map(np.arange, scorer.shape))


def best_of(scores: FloatMatrix, count: int) -> list[list[int]]:
    best: list[list[int]] = np.argsort(-scores, axis=1, kind="stable")[:, :count].tolist()
    return best


def test_among_few_people_the_lists_are_those_of_all_scores(
    scorer: AffinityScorer, scores: FloatMatrix
) -> None:
    found = suggestion_lists(scorer.left, scorer.right, scorer.calibration, 7, shortlists=EXACT)
    assert found.people.tolist() == best_of(scores, 7)
    assert found.scores == pytest.approx(np.take_along_axis(scores, found.people, 1), abs=1e-5)


def test_among_many_hardly_anybody_is_missed_and_every_score_is_exact(
    scorer: AffinityScorer, scores: FloatMatrix
) -> None:
    found = suggestion_lists(scorer.left, scorer.right, scorer.calibration, 10, shortlists=GUESSING)
    there = [
        len({*mine} & {*right})
        for mine, right in zip(found.people.tolist(), best_of(scores, 10), strict=True)
    ]
    assert sum(there) >= 0.97 * 10 * len(there)
    assert found.scores == pytest.approx(np.take_along_axis(scores, found.people, 1), abs=1e-5)
    assert (np.diff(found.scores, axis=1) <= 0).all()


@pytest.mark.parametrize("shortlists", [EXACT, GUESSING])
def test_an_excluded_person_is_in_no_list_and_the_next_moves_up(
    scorer: AffinityScorer, scores: FloatMatrix, shortlists: Shortlists
) -> None:
    first = scores.argmax(axis=1)
    excluded = np.column_stack((np.arange(len(first)), first))
    found = suggestion_lists(
        scorer.left, scorer.right, scorer.calibration, 3, excluded=excluded, shortlists=shortlists
    )
    second = np.array(best_of(scores, 2))[:, 1]
    assert not (found.people == first[:, None]).any()
    assert (found.people[:, 0] == second).mean() > 0.9


def test_whom_everybody_is_excluded_from_gets_an_empty_list(scorer: AffinityScorer) -> None:
    everyone = np.arange(600)
    excluded = np.column_stack((np.zeros(600, int), everyone))
    found = suggestion_lists(
        scorer.left, scorer.right, scorer.calibration, 3, excluded=excluded, shortlists=GUESSING
    )
    assert found.people[0].tolist() == [NOBODY] * 3
    assert found.scores[0].tolist() == [0] * 3


def test_either_side_may_ask(scorer: AffinityScorer, scores: FloatMatrix) -> None:
    found = suggestion_lists(scorer.right, scorer.left, scorer.calibration, 4, shortlists=EXACT)
    assert found.scores == pytest.approx(-np.sort(-scores.T, axis=1)[:, :4], abs=1e-5)


def test_a_list_longer_than_there_are_people_ends_with_nobody(scorer: AffinityScorer) -> None:
    few = pack_side(made_up_people(3, 5), DEFAULT_PLAN)
    found = suggestion_lists(scorer.left, few, scorer.calibration, 5)
    assert (found.people[:, 3:] == NOBODY).all()
    assert (found.people[:, :3] != NOBODY).all()


def test_nobody_on_a_side_gives_empty_lists(scorer: AffinityScorer) -> None:
    nobody = pack_side([], DEFAULT_PLAN)
    found = suggestion_lists(scorer.left, nobody, scorer.calibration, 2)
    assert (found.people == NOBODY).all()
    assert suggestion_lists(nobody, scorer.right, scorer.calibration, 2).people.shape == (0, 2)


def test_the_lists_are_the_same_each_time(scorer: AffinityScorer) -> None:
    def once() -> NDArray[np.int32]:
        return suggestion_lists(
            scorer.left, scorer.right, scorer.calibration, 5, shortlists=GUESSING
        ).people

    assert np.array_equal(once(), once())


def test_it_stops_when_asked_to(scorer: AffinityScorer) -> None:
    with pytest.raises(Cancelled):
        suggestion_lists(scorer.left, scorer.right, scorer.calibration, 5, cancelled=lambda: True)


def test_a_list_of_nobody_is_refused(scorer: AffinityScorer) -> None:
    with pytest.raises(BadInput, match="one suggestion"):
        suggestion_lists(scorer.left, scorer.right, scorer.calibration, 0)
