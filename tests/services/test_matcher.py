import numpy as np
import pytest
from numpy.testing import assert_allclose
from sqlmodel import Session

from models import Edition, Profile
from services.candidates import places_of
from services.matcher import make_judge
from services.matcher_cache import MatcherCache
from services.roles import Roles
from services.suggestions import asker_of, suggest
from services.visibility import Viewer
from tests.factories import Factory
from tests.word_encoder import encode_everybody


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition()


@pytest.fixture
def sides(session: Session, make: Factory, edition: Edition) -> tuple[list[Profile], list[Profile]]:
    texts = ("quantum photon", "turbine noise", "양자 칩")
    left = [make.profile(edition, research=text, needs=["laser"]) for text in texts]
    right = [make.profile(edition, country="KR", research=text, offers=["laser"]) for text in texts]
    encode_everybody(session)
    return left, right


def test_rows_and_columns_are_the_people_asked_for_in_their_order(
    session: Session, edition: Edition, sides: tuple[list[Profile], list[Profile]]
) -> None:
    left, right = ([one.id for one in side] for side in sides)
    judge = make_judge(session, edition, left, right)
    turned = make_judge(session, edition, left[::-1], right)
    assert judge.shape == (3, 3)
    scores = judge.score(np.arange(3), np.arange(3))
    assert (scores.argmax(axis=1) == np.arange(3)).all()
    assert_allclose(turned.score(np.arange(3), np.arange(3)), scores[::-1], rtol=1e-5)


def test_a_round_and_a_suggestion_score_a_pair_alike(
    session: Session, edition: Edition, sides: tuple[list[Profile], list[Profile]]
) -> None:
    left, right = ([one.id for one in side] for side in sides)
    row = make_judge(session, edition, left, right).score(np.arange(1), np.arange(3))[0]
    place = places_of(session, left[0])[0]
    viewer = Viewer(left[0], Roles())
    found = suggest(session, MatcherCache(), place, viewer, asker_of(session, place))
    by_id = {item.profile_id: item.score for item in found.items}
    assert_allclose([by_id[one] for one in right], row, rtol=1e-5)


def test_a_verdict_has_a_grade_and_reasons_that_a_column_can_hold(
    session: Session, edition: Edition, sides: tuple[list[Profile], list[Profile]]
) -> None:
    left, right = ([one.id for one in side] for side in sides)
    judge = make_judge(session, edition, left, right)
    (verdict,) = judge.judge(np.array([[0, 0]]))
    assert verdict.grade in {"excellent", "strong", "good", "fair", "weak"}
    codes = [reason["code"] for reason in verdict.reasons]
    assert set(codes) == {"similar-work", "right-offers-what-left-needs"}
    assert verdict.reasons[0]["evidence"][0]["left"] in {"research:0:0", "need:0:0"}
