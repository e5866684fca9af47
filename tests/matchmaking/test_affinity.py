import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.affinity import AffinityScorer, AffinitySettings
from matchmaking.affinity_side import EncodedPerson, PackedSide
from matchmaking.calibration import Line
from matchmaking.encoder_plan import WORDS
from matchmaking.encoders import FloatMatrix
from matchmaking.errors import BadInput
from tests.matchmaking.people import FLAT, person, random_side, side, unit

SEEDS = st.integers(0, 2**32 - 1)
A, B, C = [1, 0, 0], [0, 1, 0], [0, 0, 1]
NEAR_A = [1, 0.2, 0]


def block(left: PackedSide, right: PackedSide) -> FloatMatrix:
    rows, columns = np.arange(len(left)), np.arange(len(right))
    return AffinityScorer(left, right, FLAT).score(rows, columns)


def pair(left: EncodedPerson, right: EncodedPerson) -> float:
    return float(block(side(left), side(right))[0, 0])


def test_similar_work_scores_higher_than_other_work() -> None:
    me = person("me", work=[A, B])
    assert pair(me, person("near", work=[NEAR_A])) > pair(me, person("far", work=[C]))


def test_an_offer_that_meets_a_need_raises_the_score() -> None:
    me = person("me", work=[A], needs=[B])
    meets, misses = (person("x", work=[C], offers=[offer]) for offer in (B, C))
    assert pair(me, meets) > pair(me, misses)
    assert pair(meets, me) > pair(misses, me)


def test_what_is_good_for_one_only_is_worth_less_than_what_is_good_for_both() -> None:
    scorer = AffinityScorer(
        side(person("me", needs=[A], offers=[B])),
        side(
            person("gives", offers=[A], needs=[C]),
            person("both", offers=[[1, 1, 0]], needs=[[1, 1, 0]]),
        ),
        FLAT,
    )
    parts = scorer.directions(np.array([0]), np.array([0, 1]))
    gives, both = 0, 1
    assert parts.for_left[0, gives] > parts.for_left[0, both]
    total = parts.for_left + parts.for_right
    assert parts.score[0] == pytest.approx(
        2 * parts.for_left[0] * parts.for_right[0] / total[0], rel=1e-5
    )
    assert parts.score[0, both] > parts.score[0, gives]


@given(SEEDS)
def test_scores_lie_between_0_and_1_whatever_the_texts(seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores = block(random_side(rng, 4, "l"), random_side(rng, 5, "r"))
    assert scores.dtype == np.float32
    assert scores.shape == (4, 5)
    assert ((scores > 0) & (scores < 1)).all()


@given(SEEDS)
def test_a_pair_has_the_same_score_in_any_block_and_from_either_side(seed: int) -> None:
    rng = np.random.default_rng(seed)
    left, right = random_side(rng, 5, "l"), random_side(rng, 6, "r")
    scorer, turned = AffinityScorer(left, right, FLAT), AffinityScorer(right, left, FLAT)
    rows, columns = rng.permutation(5)[:3], rng.permutation(6)[:2]
    expected = scorer.score(np.arange(5), np.arange(6))[np.ix_(rows, columns)]
    assert scorer.score(rows, columns) == pytest.approx(expected, abs=1e-5)
    other_way = turned.score(columns, rows).T
    assert other_way == pytest.approx(expected, abs=1e-5)


@given(SEEDS)
def test_a_new_person_changes_nobody_elses_score(seed: int) -> None:
    rng = np.random.default_rng(seed)
    people = [person(str(i), work=list(rng.normal(size=(3, 3)))) for i in range(4)]
    other = side(person("o", work=[A], needs=[B]))
    assert block(other, side(*people))[0, :3] == pytest.approx(
        block(other, side(*people[:3]))[0], abs=1e-6
    )


@given(SEEDS)
def test_korean_work_added_never_lowers_a_pair_matched_in_english(seed: int) -> None:
    rng = np.random.default_rng(seed)
    english = [list(rng.normal(size=(rng.integers(1, 4), 3))) for _ in range(2)]
    korean = [list(rng.normal(size=(rng.integers(0, 4), 3))) for _ in range(2)]
    before = pair(person("l", work=english[0]), person("r", work=english[1]))
    after = pair(
        person("l", work=english[0], korean_work=korean[0]),
        person("r", work=english[1], korean_work=korean[1]),
    )
    assert after >= before


def test_a_korean_text_is_compared_on_the_scale_of_english_ones() -> None:
    shifted = dataclasses.replace(FLAT, mixed=Line(1.0, 0.2))
    sides = (
        side(person("l", work=[A])),
        side(person("e", work=[[0.8, 0.6, 0]]), person("k", korean_work=[[0.6, 0.8, 0]])),
    )
    scores = AffinityScorer(*sides, shifted).score(np.array([0]), np.array([0, 1]))
    assert scores[0, 0] == pytest.approx(scores[0, 1], abs=1e-3)


def test_a_pair_that_stated_no_offers_and_needs_is_judged_by_its_work() -> None:
    assert pair(person("l", work=[A]), person("r", work=[A])) == pytest.approx(0.99, abs=1e-3)


def test_a_pair_of_which_nothing_is_known_has_the_value_of_the_unknown() -> None:
    assert pair(person("l"), person("r")) == pytest.approx(AffinitySettings().unknown)


def test_a_pair_without_work_is_judged_by_what_the_two_offer_and_need() -> None:
    met = pair(person("l", needs=[A], offers=[B]), person("r", offers=[A], needs=[B]))
    assert met == pytest.approx(0.99, abs=1e-3)


def test_rows_and_columns_must_be_people_of_the_sides() -> None:
    scorer = AffinityScorer(side(person("l")), side(person("r")), FLAT)
    assert scorer.shape == (1, 1)
    with pytest.raises(BadInput, match="numbers of people, 0 to 0"):
        scorer.score(np.array([1]), np.array([0]))
    with pytest.raises(BadInput, match="numbers of people"):
        scorer.score(np.array([0]), np.array([-1]))


@pytest.mark.parametrize(
    "wrong",
    [
        {"sharpness": 0.0},
        {"sharpness": 70.0},
        {"need_sharpness": -1.0},
        {"need_weight": 1.5},
        {"unknown": 0.0},
    ],
)
def test_settings_outside_their_range_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(BadInput):
        AffinitySettings(**wrong)


@given(SEEDS)
def test_permuting_people_permutes_their_scores(seed: int) -> None:
    rng = np.random.default_rng(seed)
    people = [person(str(i), work=list(rng.normal(size=(2, 3))), needs=[A]) for i in range(5)]
    other = random_side(rng, 3, "o")
    order = rng.permutation(5).tolist()
    before = block(other, side(*people))
    after = block(other, side(*(people[i] for i in order)))
    assert after == pytest.approx(before[:, order], abs=1e-5)


@given(SEEDS)
def test_the_score_lies_between_both_directions_and_nearer_to_the_worse(seed: int) -> None:
    rng = np.random.default_rng(seed)
    scorer = AffinityScorer(random_side(rng, 4, "l"), random_side(rng, 4, "r"), FLAT)
    parts = scorer.directions(np.arange(4), np.arange(4))
    low = np.minimum(parts.for_left, parts.for_right)
    high = np.maximum(parts.for_left, parts.for_right)
    assert (parts.score >= low - 1e-6).all()
    assert (parts.score <= (low + high) / 2 + 1e-6).all()


def test_a_key_work_counts_more_than_another() -> None:
    plain = person("p", work=[A, C])
    key = weighted(plain, 0, 3.0)
    other = person("o", work=[A])
    assert pair(key, other) > pair(plain, other)
    assert pair(key, person("o", work=[C])) < pair(plain, person("o", work=[C]))


def weighted(of: EncodedPerson, place: int, weight: float) -> EncodedPerson:
    passages = list(of.passages)
    passage = dataclasses.replace(passages[place].passage, weight=weight)
    passages[place] = dataclasses.replace(passages[place], passage=passage)
    return EncodedPerson(of.key, tuple(passages))


def test_the_more_the_needs_weigh_the_more_a_met_need_counts() -> None:
    left, right = side(person("l", work=[A], needs=[B])), side(person("r", work=[C], offers=[B]))
    scores = [
        AffinityScorer(left, right, FLAT, AffinitySettings(need_weight=weight))
        .directions(np.array([0]), np.array([0]))
        .for_left[0, 0]
        for weight in (0.0, 0.3, 0.7, 1.0)
    ]
    assert scores == sorted(scores)
    assert scores[0] == pytest.approx(0.5, abs=1e-3)
    assert scores[-1] == pytest.approx(0.99, abs=1e-3)


def test_common_words_help_texts_whose_sense_is_the_same() -> None:
    me, same_words, other_words = (
        with_words(person(key, work=[A]), words) for key, words in (("m", B), ("s", B), ("o", C))
    )
    assert pair(me, same_words) > pair(me, other_words)


def with_words(of: EncodedPerson, words: list[int]) -> EncodedPerson:
    passages = (
        dataclasses.replace(item, vectors={**item.vectors, WORDS: unit(words)})
        for item in of.passages
    )
    return EncodedPerson(of.key, tuple(passages))


@given(SEEDS)
def test_sides_that_another_scorer_made_ready_give_the_same_scores(seed: int) -> None:
    rng = np.random.default_rng(seed)
    first = AffinityScorer(random_side(rng, 3, "l"), random_side(rng, 3, "r"), FLAT)
    again = AffinityScorer(first.left, first.right, FLAT)
    everybody = np.arange(3)
    assert (again.score(everybody, everybody) == first.score(everybody, everybody)).all()


def test_many_pairs_are_explained_as_each_by_itself() -> None:
    rng = np.random.default_rng(5)
    scorer = AffinityScorer(random_side(rng, 9, "l"), random_side(rng, 20, "r"), FLAT)
    rows, columns = np.divmod(np.arange(0, 180, 2), 20)
    together = list(scorer.explain_pairs(rows, columns))
    for row, column, found in zip(rows.tolist(), columns.tolist(), together, strict=True):
        alone = scorer.explain(row, column)
        assert (found.left, found.right) == (alone.left, alone.right)
        assert found.score == pytest.approx(alone.score, rel=1e-5)
        assert [(one.code, one.evidence) for one in found.reasons] == [
            (one.code, one.evidence) for one in alone.reasons
        ]
