import numpy as np
import pytest
from numpy.testing import assert_allclose

from matchmaking.affinity import AffinityScorer
from matchmaking.affinity_side import EncodedPerson, PackedSide, encode_people, pack_side
from matchmaking.calibration import default_calibration
from matchmaking.encoder_plan import DEFAULT_PLAN
from matchmaking.profile import Person
from services.ranking import Ranking
from tests.word_encoder import WordEncoder

CALIBRATION = default_calibration()


def _packed(*people: Person) -> PackedSide:
    return pack_side(_encoded(*people), DEFAULT_PLAN)


def _encoded(*people: Person) -> list[EncodedPerson]:
    encoders = {name: WordEncoder(name) for name in DEFAULT_PLAN.names}
    return list(encode_people(people, DEFAULT_PLAN, encoders))


ASKER = Person("1", research="quantum photon source", needs=("cold chip",), offers=("laser",))
OTHERS = (
    Person("12", research="turbine noise"),
    Person("11", research="quantum photon detector", offers=("cold chip",)),
    Person("10", research="turbine noise", needs=("laser",)),
)


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_nearest_comes_first_on_either_side(side: str) -> None:
    ranking = Ranking(_encoded(ASKER)[0], _packed(*OTHERS), side, CALIBRATION)
    assert [one.profile_id for one in ranking.part(0, 10)] == [11, 10, 12]
    assert len(ranking) == 3
    scores = [one.score for one in ranking.part(0, 10)]
    assert scores == sorted(scores, reverse=True)
    assert ranking.part(0, 1)[0].grade == CALIBRATION.grade(scores[0])


def test_equal_scores_come_in_the_order_of_ids() -> None:
    same = [Person(key, research="turbine noise") for key in ("9", "100", "20")]
    ranking = Ranking(_encoded(ASKER)[0], _packed(*same), "left", CALIBRATION)
    assert [one.profile_id for one in ranking.part(0, 3)] == [9, 20, 100]


def test_a_score_is_the_one_that_a_round_uses() -> None:
    left, right = _encoded(ASKER), _encoded(*OTHERS)
    scorer = AffinityScorer(
        pack_side(left, DEFAULT_PLAN), pack_side(right, DEFAULT_PLAN), CALIBRATION
    )
    row = scorer.score(np.arange(1), np.arange(3))[0]
    ranking = Ranking(left[0], pack_side(right, DEFAULT_PLAN), "left", CALIBRATION)
    assert_allclose([one.score for one in ranking.part(0, 3)], sorted(row, reverse=True))


@pytest.mark.parametrize("side", ["left", "right"])
def test_grounds_are_told_from_where_the_asker_stands(side: str) -> None:
    ranking = Ranking(_encoded(ASKER)[0], _packed(*OTHERS), side, CALIBRATION)
    best, second = ranking.part(0, 2)
    grounds = {ground.code: ground for ground in ranking.grounds(best)}
    assert set(grounds) == {"similar-work", "offers-what-you-need"}
    pair = grounds["offers-what-you-need"].pairs[0]
    assert (pair.mine, pair.theirs) == ("need:0:0", "offer:0:0")
    assert {ground.code for ground in ranking.grounds(second)} == {
        "similar-work",
        "needs-what-you-offer",
    }


def test_the_strongest_ground_comes_first() -> None:
    ranking = Ranking(_encoded(ASKER)[0], _packed(*OTHERS), "left", CALIBRATION)
    strengths = [ground.strength for ground in ranking.grounds(ranking.part(0, 1)[0])]
    assert strengths == sorted(strengths, reverse=True)


def test_with_nobody_to_rank_the_list_is_empty() -> None:
    ranking = Ranking(_encoded(ASKER)[0], _packed(), "right", CALIBRATION)
    assert len(ranking) == 0
    assert ranking.part(0, 10) == ()
