import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.affinity import AffinityScorer
from matchmaking.reasons import Evidence, Reason, ReasonCode
from tests.matchmaking.people import FLAT, person, random_side, side

SEEDS = st.integers(0, 2**32 - 1)


def test_codes_are_stable_for_they_are_stored_with_rounds() -> None:
    assert [code.value for code in ReasonCode] == [
        "similar-work",
        "right-offers-what-left-needs",
        "left-offers-what-right-needs",
    ]


def test_a_reason_is_a_value_that_can_be_stored() -> None:
    reason = Reason(ReasonCode.SIMILAR_WORK, 0.5, (Evidence("research:0:0", "offer:1:0", 0.25),))
    assert dataclasses.asdict(reason) == {
        "code": "similar-work",
        "strength": 0.5,
        "evidence": ({"left": "research:0:0", "right": "offer:1:0", "similarity": 0.25},),
    }


@given(SEEDS)
def test_an_explanation_tells_the_very_score_that_ranks(seed: int) -> None:
    rng = np.random.default_rng(seed)
    scorer = AffinityScorer(random_side(rng, 3, "l"), random_side(rng, 3, "r"), FLAT)
    scores = scorer.score(np.arange(3), np.arange(3))
    for row in range(3):
        for column in range(3):
            assert scorer.explain(row, column).score == pytest.approx(
                float(scores[row, column]), abs=1e-5
            )


@given(SEEDS)
def test_reasons_come_strongest_first_and_their_evidence_best_first(seed: int) -> None:
    rng = np.random.default_rng(seed)
    told = AffinityScorer(random_side(rng, 1, "l"), random_side(rng, 1, "r"), FLAT).explain(0, 0)
    strengths = [reason.strength for reason in told.reasons]
    assert strengths == sorted(strengths, reverse=True)
    for reason in told.reasons:
        similar = [item.similarity for item in reason.evidence]
        assert similar == sorted(similar, reverse=True)
        assert 1 <= len(similar) <= 2
        assert len({item.left for item in reason.evidence}) == len(similar)


@given(SEEDS)
def test_another_person_changes_no_pairs_reasons(seed: int) -> None:
    rng = np.random.default_rng(seed)
    one = person("one", work=list(rng.normal(size=(3, 3))), needs=[[1, 0, 0]])
    other = person("other", work=list(rng.normal(size=(2, 3))), offers=[[1, 1, 0]])
    newcomer = person("new", work=list(rng.normal(size=(4, 3))))
    before = AffinityScorer(side(one), side(other), FLAT).explain(0, 0)
    after = AffinityScorer(side(one, newcomer), side(newcomer, other), FLAT)
    now = after.explain(0, 1)
    assert [reason.code for reason in now.reasons] == [reason.code for reason in before.reasons]
    assert [reason.evidence for reason in now.reasons] == [
        reason.evidence for reason in before.reasons
    ]
    assert now.score == pytest.approx(before.score, abs=1e-6)


def test_more_or_less_evidence_can_be_asked_for() -> None:
    left = side(person("l", work=[[1, 0, 0], [0, 1, 0], [0, 0, 1]]))
    right = side(person("r", work=[[1, 0, 0], [0, 1, 0], [0, 0, 1]]))
    scorer = AffinityScorer(left, right, FLAT)
    assert [len(scorer.explain(0, 0, count).reasons[0].evidence) for count in (1, 2, 9)] == [
        1,
        2,
        3,
    ]
