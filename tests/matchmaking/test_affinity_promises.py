"""What a person may rely on whatever happens around them: promises that relate two answers."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.affinity import AffinityScorer
from matchmaking.affinity_side import EncodedPassage, EncodedPerson
from matchmaking.mix import Mix, MixParts, preference
from matchmaking.passages import Kind, Passage
from matchmaking.reasons import Explanation
from matchmaking.weighing import Weighing, weighed
from tests.matchmaking.people import FLAT, person, side, unit

WEIGHING = Weighing(year=2026, half_life=8, key_work=3)
NAMES = ("work", "korean_work", "offers", "korean_offers", "needs", "korean_needs")
seeds = st.integers(0, 10_000)


def dated_person(rng: np.random.Generator, key: str) -> EncodedPerson:
    """Make somebody with texts of all kinds, whose works have years, some unknown, and marks."""
    vectors = {name: list(rng.normal(size=(rng.integers(0, 4), 3))) for name in NAMES}
    made = person(key, **vectors)
    passages = tuple(
        replace(
            item,
            passage=replace(
                item.passage,
                year=None if rng.random() < 0.3 else int(rng.integers(1990, 2027)),
                key_work=bool(rng.random() < 0.2),
            ),
        )
        for item in made.passages
    )
    return EncodedPerson(key, passages)


def people(rng: np.random.Generator, prefix: str, count: int) -> list[EncodedPerson]:
    return [dated_person(rng, f"{prefix}{number}") for number in range(count)]


def scorer(left: list[EncodedPerson], right: list[EncodedPerson]) -> AffinityScorer:
    first, second = (side(*(weighed(one, WEIGHING) for one in some)) for some in (left, right))
    return AffinityScorer(first, second, FLAT)


def judged(found: AffinityScorer, row: int, column: int) -> tuple[Explanation, str]:
    told = found.explain(row, column)
    return told, FLAT.grade(told.score).value


@settings(max_examples=25)
@given(seeds)
def test_a_new_person_changes_no_other_pair_s_score_grade_or_reasons(seed: int) -> None:
    rng = np.random.default_rng(seed)
    left, right = people(rng, "l", 3), people(rng, "r", 3)
    before = scorer(left, right)
    after = scorer([*left, dated_person(rng, "new")], [dated_person(rng, "first"), *right])
    for row in range(3):
        for column in range(3):
            assert judged(after, row, column + 1) == judged(before, row, column)


@settings(max_examples=25)
@given(seeds, st.permutations(range(4)), st.permutations(range(3)))
def test_permuting_people_permutes_scores_grades_and_reasons(
    seed: int, rows: list[int], columns: list[int]
) -> None:
    rng = np.random.default_rng(seed)
    left, right = people(rng, "l", 4), people(rng, "r", 3)
    plain = scorer(left, right)
    moved = scorer([left[row] for row in rows], [right[column] for column in columns])
    for row in range(4):
        for column in range(3):
            assert judged(moved, row, column) == judged(plain, rows[row], columns[column])


@settings(max_examples=25)
@given(seeds, st.none() | st.integers(1990, 2026), st.booleans())
def test_a_korean_work_added_lowers_no_pair_of_english_texts_whatever_its_age_or_mark(
    seed: int, year: int | None, marked: bool
) -> None:
    rng = np.random.default_rng(seed)
    texts = {name: list(rng.normal(size=(rng.integers(1, 4), 3))) for name in NAMES[::2]}
    others = people(rng, "r", 4)
    english = person("me", **texts)
    passage = Passage(Kind.PUBLICATION, 9, 0, "한글", True, 1.0, year, marked)
    korean = EncodedPassage(passage, {"use-multilingual": unit(rng.normal(size=3))})
    both = EncodedPerson("me", (*english.passages, korean))
    before = scorer([english], others).score(np.arange(1), np.arange(4))
    after = scorer([both], others).score(np.arange(1), np.arange(4))
    assert (after >= before).all()


@settings(max_examples=25)
@given(seeds)
def test_marking_one_s_own_key_work_moves_nobody_else_s_pairs(seed: int) -> None:
    rng = np.random.default_rng(seed)
    left, right = people(rng, "l", 3), people(rng, "r", 4)
    passages = [
        replace(item, passage=replace(item.passage, key_work=not item.passage.key_work))
        for item in left[0].passages
    ]
    marked = [EncodedPerson("l0", tuple(passages)), *left[1:]]
    rows, columns = np.array([1, 2]), np.arange(4)
    before = scorer(left, right).score(rows, columns)
    assert (scorer(marked, right).score(rows, columns) == before).all()


@settings(max_examples=25)
@given(seeds, st.sampled_from(Mix))
def test_no_mix_changes_a_score(seed: int, mix: Mix) -> None:
    rng = np.random.default_rng(seed)
    found = scorer(people(rng, "l", 1), people(rng, "r", 5))
    rows, columns = np.arange(1), np.arange(5)
    here = found.directions(rows, columns)
    signals = here.signals
    parts = MixParts(
        here.score.ravel(),
        signals.work.ravel(),
        signals.left_gets.ravel(),
        signals.right_gets.ravel(),
    )
    before = parts.score.copy()
    preference(mix, parts)
    assert (parts.score == before).all()
    assert found.score(rows, columns).ravel() == pytest.approx(before)
