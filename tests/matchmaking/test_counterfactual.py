"""The need whose addition would bring most: what is said of it is what scoring says."""

from dataclasses import replace

import numpy as np
import pytest

from matchmaking.affinity import AffinityScorer
from matchmaking.affinity_side import EncodedPassage, EncodedPerson, PackedSide, pack_side
from matchmaking.calibration import Grade
from matchmaking.counterfactual import OfferedText, best_added_need
from matchmaking.encoder_plan import DEFAULT_PLAN
from matchmaking.errors import BadInput
from matchmaking.passages import Kind
from tests.matchmaking.people import FLAT, person, side

WORK = [[1, 0, 0, 0]]
LASER, CHIP, WAFER = [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]
SCALE = replace(FLAT, scores=tuple(np.linspace(0.85, 0.99, 101)))
ME = person("me", work=WORK, needs=[LASER])
THERE = [
    person("a", work=WORK, offers=[LASER]),
    person("b", work=WORK, offers=[CHIP]),
    person("c", work=WORK, offers=[CHIP]),
    person("d", work=WORK, offers=[WAFER]),
]


def _offers(*people: EncodedPerson) -> list[OfferedText]:
    return [
        OfferedText(one.key, passage)
        for one in people
        for passage in one.passages
        if passage.passage.kind is Kind.OFFER
    ]


def _score(asker: EncodedPerson, people: PackedSide, of: str = "left") -> np.ndarray:
    packed = pack_side([asker], DEFAULT_PLAN)
    sides = (packed, people) if of == "left" else (people, packed)
    scorer = AffinityScorer(*sides, SCALE)
    return scorer.score(*(np.arange(size) for size in scorer.shape)).ravel()


@pytest.mark.parametrize("of", ["left", "right"])
def test_the_need_that_most_people_could_meet_is_found_with_those_people(of: str) -> None:
    found = best_added_need(ME, _offers(*THERE), side(*THERE), of, SCALE)
    assert found is not None
    assert found.offer.key == "b"
    assert {one.key for one in found.brought} == {"b", "c"}


def test_what_is_said_of_the_grades_is_what_scoring_again_says() -> None:
    people = side(*THERE)
    found = best_added_need(ME, _offers(*THERE), people, "left", SCALE)
    assert found is not None
    passage = replace(found.offer.passage.passage, kind=Kind.NEED, source=9)
    asking = EncodedPerson(
        "me", (*ME.passages, EncodedPassage(passage, found.offer.passage.vectors))
    )
    before, after = _score(ME, people), _score(asking, people)
    for one in found.brought:
        place = people.keys.index(one.key)
        assert one.before == SCALE.grade(float(before[place]))
        assert one.after == SCALE.grade(float(after[place]))
        assert after[place] > before[place]


def test_what_is_asked_for_already_is_not_proposed() -> None:
    asked = person("me", work=WORK, needs=[LASER, CHIP, WAFER])
    assert best_added_need(asked, _offers(*THERE), side(*THERE), "left", SCALE) is None


def test_a_need_that_raises_nobodys_grade_is_no_need_to_add() -> None:
    coarse = replace(FLAT, scores=tuple(np.linspace(0.2, 0.8, 101)))
    assert coarse.grade(0.85) is Grade.EXCELLENT
    assert best_added_need(ME, _offers(*THERE), side(*THERE), "left", coarse) is None


def test_without_offers_or_people_there_is_nothing_to_add() -> None:
    assert best_added_need(ME, [], side(*THERE), "left", SCALE) is None
    assert best_added_need(ME, _offers(*THERE), side(), "left", SCALE) is None


def test_whoever_asks_for_nothing_yet_may_be_proposed_anything() -> None:
    silent = person("me", work=WORK)
    found = best_added_need(silent, _offers(*THERE), side(*THERE), "left", SCALE)
    assert found is None or found.brought


def test_three_people_are_named_at_most() -> None:
    many = [person(f"p{number}", work=WORK, offers=[CHIP]) for number in range(6)]
    found = best_added_need(ME, _offers(*many), side(*many), "left", SCALE)
    assert found is not None
    assert len(found.brought) == 3


def test_an_offer_that_is_not_encoded_yet_is_refused() -> None:
    passage = replace(THERE[0].passages[1], vectors={})
    with pytest.raises(BadInput):
        best_added_need(ME, [OfferedText("a", passage)], side(*THERE), "left", SCALE)
