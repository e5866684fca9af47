import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.errors import BadInput
from matchmaking.evaluation import (
    Agreement,
    By,
    Rating,
    evaluate_pairs,
    evaluate_ratings,
    random_ranking,
)

# three on the left, four on the right
SCORES = np.array(
    [
        [0.9, 0.1, 0.2, 0.3],
        [0.8, 0.7, 0.6, 0.5],
        [0.1, 0.2, 0.3, 0.4],
    ]
)


def test_both_directions_are_pooled_as_in_the_hand_computed_example() -> None:
    # left 0 finds right 0 at 1; left 1 finds right 2 at 3; right 0 finds left 0 at 1;
    # right 2 (scores .2, .6, .3) finds left 1 at 1
    ranking = evaluate_pairs(SCORES, [(0, 0), (1, 2)])
    assert ranking.queries == 4
    assert ranking.mrr == pytest.approx((1 + 1 / 3 + 1 + 1) / 4)
    assert ranking.map == pytest.approx((1 + 1 / 3 + 1 + 1) / 4)
    assert (ranking.hit1, ranking.hit3, ranking.hit5) == (0.75, 1, 1)


def test_somebody_with_two_known_partners_is_one_query() -> None:
    # left 1 finds right 1 at 2 and right 3 at 4; right 1 (.1, .7, .2) and
    # right 3 (.3, .5, .4) find left 1 at 1
    ranking = evaluate_pairs(SCORES, [(1, 1), (1, 3), (1, 1)])
    assert ranking.queries == 3
    assert ranking.mrr == pytest.approx((1 / 2 + 1 + 1) / 3)
    assert ranking.map == pytest.approx(((1 / 2 + 2 / 4) / 2 + 1 + 1) / 3)


def test_a_random_order_of_n_has_the_mean_reciprocal_rank_of_the_harmonic_number() -> None:
    ranking = random_ranking((4, 4), [(0, 0)])
    assert ranking.mrr == pytest.approx((1 + 1 / 2 + 1 / 3 + 1 / 4) / 4)
    assert ranking.hit1 == pytest.approx(1 / 4)
    assert ranking.hit3 == pytest.approx(3 / 4)


@pytest.mark.parametrize("pairs", [[], [(0, 4)], [(-1, 0)]])
def test_pairs_must_be_there_and_inside(pairs: list[tuple[int, int]]) -> None:
    with pytest.raises(BadInput):
        evaluate_pairs(SCORES, pairs)


def ratings_of(*rows: tuple[int, int, float]) -> list[Rating]:
    return [Rating(*row) for row in rows]


def test_loss_easy_and_hard_are_as_in_the_hand_computed_example() -> None:
    # person 0 rated items 0..3: 5, 1, 4, 4; scores .9 .1 .2 .3
    #   0-1 gap 4 right, 0-2 gap 1 right, 0-3 gap 1 right, 1-2 gap 3 right, 1-3 gap 3 right
    # person 1 rated items 0, 2: 2, 5; scores .8 .6: gap 3 wrong
    ratings = ratings_of((0, 0, 5), (0, 1, 1), (0, 2, 4), (0, 3, 4), (1, 0, 2), (1, 2, 5))
    agreement = evaluate_ratings(SCORES, ratings)
    assert agreement.pairs == 6
    assert agreement.loss == pytest.approx(3 / (4 + 1 + 1 + 3 + 3 + 3))
    # 4 or more against 2 or less: 0-1, 1-2, 1-3 right, and person 1's wrong
    assert agreement.easy == pytest.approx(3 / 4)
    # both 4 or more and different: 0-2 and 0-3
    assert agreement.hard == 1


def test_a_tie_costs_half_the_gap() -> None:
    agreement = evaluate_ratings(np.array([[0.5, 0.5]]), ratings_of((0, 0, 5), (0, 1, 2)))
    assert agreement == Agreement(loss=0.5, easy=0.5, hard=None, pairs=1)


def test_by_item_two_peoples_ratings_of_one_item_are_compared() -> None:
    # item 0: person 0 said 5 (.9), person 1 said 3 (.8), person 2 said 4 (.1)
    ratings = ratings_of((0, 0, 5), (1, 0, 3), (2, 0, 4), (0, 1, 1))
    agreement = evaluate_ratings(SCORES, ratings, By.ITEM)
    assert agreement.pairs == 3
    assert agreement.loss == pytest.approx(1 / (2 + 1 + 1))
    assert agreement.hard == 1


def test_equal_ratings_leave_nothing_to_compare() -> None:
    agreement = evaluate_ratings(SCORES, ratings_of((0, 0, 3), (0, 1, 3), (1, 0, 5)))
    assert agreement == Agreement(None, None, None, 0)


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([(0, 0, 3.0), (0, 0, 4.0)], "twice"),
        ([(3, 0, 3.0)], "outside"),
        ([(0, 4, 3.0)], "outside"),
        ([(0, 0, float("nan"))], "not a number"),
    ],
)
def test_impossible_ratings_are_refused(rows: list[tuple[int, int, float]], problem: str) -> None:
    with pytest.raises(BadInput, match=problem):
        evaluate_ratings(SCORES, ratings_of(*rows))


@given(st.lists(st.integers(1, 5), min_size=2, max_size=8), st.randoms())
def test_turning_the_scores_round_turns_the_loss_round(given_: list[int], random: object) -> None:
    ratings = ratings_of(*((0, item, float(value)) for item, value in enumerate(given_)))
    scores = np.array([[random.random() for _ in given_]])  # type: ignore[attr-defined]  # Random
    one, other = evaluate_ratings(scores, ratings), evaluate_ratings(-scores, ratings)
    if one.loss is not None and other.loss is not None:
        assert one.loss + other.loss == pytest.approx(1)
    assert one.pairs == other.pairs


def ratings_one_by_one(scores: np.ndarray, ratings: list[Rating]) -> list[float | None]:
    """Loss, easy and hard, counted pair by pair as the definition says."""
    gaps = lost = 0.0
    easy: list[float] = []
    hard: list[float] = []
    for one in ratings:
        for other in ratings:
            if one.person != other.person or one.rating <= other.rating:
                continue
            difference = scores[one.person, one.item] - scores[other.person, other.item]
            right = 1.0 if difference > 0 else 0.5 if difference == 0 else 0.0
            gaps += one.rating - other.rating
            lost += (1 - right) * (one.rating - other.rating)
            if one.rating >= 4 and other.rating <= 2:
                easy.append(right)
            if one.rating >= 4 and other.rating >= 4:
                hard.append(right)
    return [
        lost / gaps if gaps else None,
        sum(easy) / len(easy) if easy else None,
        sum(hard) / len(hard) if hard else None,
    ]


@given(st.data())
def test_agreement_is_what_counting_pair_by_pair_gives(data: st.DataObject) -> None:
    people, items = data.draw(st.integers(1, 3)), data.draw(st.integers(1, 5))
    cells = [(person, item) for person in range(people) for item in range(items)]
    rated = data.draw(st.lists(st.sampled_from(cells), unique=True, min_size=1))
    ratings = [Rating(i, j, float(data.draw(st.integers(1, 5)))) for i, j in rated]
    levels = data.draw(st.lists(st.integers(0, 3), min_size=len(cells), max_size=len(cells)))
    scores = np.array(levels, float).reshape(people, items)
    found = evaluate_ratings(scores, ratings)
    expected = ratings_one_by_one(scores, ratings)
    assert [found.loss, found.easy, found.hard] == [
        None if value is None else pytest.approx(value) for value in expected
    ]


@given(st.permutations(range(4)), st.permutations(range(3)))
def test_the_order_in_which_people_are_listed_changes_no_ranking(
    columns: list[int], rows: list[int]
) -> None:
    pairs = [(0, 0), (1, 2), (1, 3)]
    moved = [(rows.index(left), columns.index(right)) for left, right in pairs]
    shuffled = SCORES[np.ix_(rows, columns)]
    one, other = evaluate_pairs(SCORES, pairs), evaluate_pairs(shuffled, moved)
    assert one.mrr == pytest.approx(other.mrr)
    assert one.map == pytest.approx(other.map)
    assert one.hit3 == pytest.approx(other.hit3)


def test_a_perfect_ranking_has_ones_everywhere() -> None:
    ranking = evaluate_pairs(np.eye(5), [(i, i) for i in range(5)])
    figures = (ranking.mrr, ranking.map, ranking.hit1, ranking.hit3, ranking.hit5)
    assert figures == (1, 1, 1, 1, 1)
    assert ranking.queries == 10


def test_scores_that_follow_the_ratings_lose_nothing() -> None:
    ratings = ratings_of(*((0, item, float(item + 1)) for item in range(4)))
    agreement = evaluate_ratings(np.array([[0.1, 0.2, 0.3, 0.4]]), ratings)
    assert (agreement.loss, agreement.easy, agreement.hard) == (0, 1, None)
