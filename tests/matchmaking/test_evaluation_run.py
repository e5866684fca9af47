from collections.abc import Sequence

import numpy as np
import pytest

from matchmaking.affinity import AffinitySettings
from matchmaking.encoder_plan import DEFAULT_PLAN
from matchmaking.encoders import FloatMatrix
from matchmaking.errors import BadInput
from matchmaking.evaluation import By
from matchmaking.evaluation_run import Matcher, tfidf_scores, whole_text
from matchmaking.profile import Person, Work
from tests.matchmaking.people import FLAT

MEANING = {"spike": 0, "neuron": 0, "qubit": 1, "entangled": 1, "laser": 2}


class Meanings:
    """Knows which words mean the same."""

    dimension = 3

    def __init__(self, name: str) -> None:
        self.name = name

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        rows = np.full((len(texts), 3), 0.1, np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in text.split():
                row[MEANING.get(word, 2)] += 1
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows


class Noting(Meanings):
    """Notes what it reads."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.read: list[str] = []

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        self.read += texts
        return super().encode(texts)


@pytest.fixture
def matcher() -> Matcher:
    encoders = {name: Meanings(name) for name in DEFAULT_PLAN.names}
    return Matcher(DEFAULT_PLAN, encoders, FLAT, AffinitySettings())


LEFT = [Person("l1", research="spike"), Person("l2", research="qubit")]
RIGHT = [
    Person("r1", research="neuron"),
    Person("r2", research="entangled"),
    Person("r3", research="laser"),
]


def test_known_pairs_are_measured_beside_random_and_tfidf(matcher: Matcher) -> None:
    report = matcher.pairs(LEFT, RIGHT, [("l1", "r1"), ("l2", "r2")])
    assert (report.affinity.mrr, report.affinity.queries) == (1, 4)
    # no word is shared, so words alone are as good as chance
    assert report.tfidf == report.random
    assert report.random.hit1 == pytest.approx((1 / 3 + 1 / 3 + 1 / 2 + 1 / 2) / 4)


def test_ratings_are_measured_beside_tfidf(matcher: Matcher) -> None:
    items = [Person(key, publications=(Work(key),)) for key in ("neuron", "spike", "laser")]
    ratings = [("l1", "neuron", 5.0), ("l1", "spike", 4.0), ("l1", "laser", 1.0)]
    report = matcher.ratings(LEFT, items, ratings)
    # right: 5 over 1 and 4 over 1; a tie: 5 with 4
    assert report.affinity.loss == pytest.approx(0.5 / (1 + 4 + 3))
    assert report.tfidf.pairs == 3
    assert matcher.ratings(LEFT, items, ratings, By.ITEM).affinity.pairs == 0


def test_an_evaluation_in_english_asks_the_encoder_of_every_language_for_no_persons_text() -> None:
    encoders = {name: Noting(name) for name in DEFAULT_PLAN.names}
    matcher = Matcher(DEFAULT_PLAN, encoders, FLAT, AffinitySettings())
    matcher.pairs(LEFT, RIGHT, [("l1", "r1")])
    assert "spike" in encoders["minilm"].read
    assert "spike" not in encoders["use-multilingual"].read
    korean = [Person("l1", research="스파이크"), LEFT[1]]
    matcher.pairs(korean, RIGHT, [("l1", "r1")])
    assert {"스파이크", "neuron"} <= set(encoders["use-multilingual"].read)


def test_an_unknown_id_is_named(matcher: Matcher) -> None:
    with pytest.raises(BadInput, match="'r9'"):
        matcher.pairs(LEFT, RIGHT, [("l1", "r9")])


def test_tfidf_reads_all_texts_of_a_person() -> None:
    person = Person(
        "p", research="one", publications=(Work("two", "three"),), offers=("four",), needs=("five",)
    )
    assert whole_text(person).split() == ["one", "two", "three", "four", "five"]
    scores = tfidf_scores([person], [Person("q", needs=("three",)), Person("r", research="six")])
    assert scores[0, 0] > scores[0, 1] == 0
