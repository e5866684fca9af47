import dataclasses

import pytest

from matchmaking.affinity import AffinityScorer
from matchmaking.affinity_evidence import best_evidence
from matchmaking.calibration import Line
from matchmaking.calibration_centres import NO_CENTRES, centred_side
from matchmaking.reasons import ReasonCode
from tests.matchmaking.people import FLAT, person, side

A, B, C = [1, 0, 0], [0, 1, 0], [0, 0, 1]
LEFT = side(person("l", work=[A, B], korean_work=[C], needs=[A], offers=[C]))
RIGHT = side(
    person("none"),
    person("r", work=[[0.8, 0.6, 0]], korean_work=[[0, 0.28, 0.96]], offers=[A], needs=[B]),
)
MINE, THEIRS = (centred_side(one, NO_CENTRES, words=0.5).expertise for one in (LEFT, RIGHT))


def test_the_best_passages_are_named_in_both_languages_and_none_twice() -> None:
    # left 0, 1 are English, 2 Korean; right 0 is English, 1 Korean
    found = best_evidence(MINE, THEIRS, 0, 1, FLAT, 3)
    assert [(item.left, item.right) for item in found] == [
        ("publication:2:0", "publication:1:0"),
        ("publication:0:0", "publication:0:0"),
    ]
    assert [item.similarity for item in found] == pytest.approx([0.96, 0.8], abs=1e-3)


def test_similarities_are_told_on_the_english_encoders_scale() -> None:
    scaled = dataclasses.replace(FLAT, korean=Line(0.5, 0.1))
    found = best_evidence(MINE, THEIRS, 0, 1, scaled, 2)
    assert found[1].similarity == pytest.approx(0.96 * 0.5 + 0.1, abs=1e-3)


def test_a_reason_is_given_for_every_signal_that_has_texts_strongest_first() -> None:
    told = AffinityScorer(LEFT, RIGHT, FLAT).explain(0, 1)
    assert (told.left, told.right) == ("l", "r")
    assert [reason.code for reason in told.reasons] == [
        ReasonCode.RIGHT_OFFERS_WHAT_LEFT_NEEDS,
        ReasonCode.SIMILAR_WORK,
        ReasonCode.LEFT_OFFERS_WHAT_RIGHT_NEEDS,
    ]
    assert told.reasons[0].evidence[0].left == "need:3:0"
    assert told.reasons[0].evidence[0].right == "offer:2:0"
    assert told.for_left > told.for_right
    assert min(told.for_left, told.for_right) < told.score < max(told.for_left, told.for_right)


def test_a_pair_without_texts_has_no_reasons() -> None:
    assert AffinityScorer(LEFT, RIGHT, FLAT).explain(0, 0).reasons == ()
