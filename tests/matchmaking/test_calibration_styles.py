import numpy as np
import pytest

from matchmaking.affinity_side import EncodedPassage, EncodedPerson, PackedSide
from matchmaking.calibration_centres import Centres, Styles, centred_side
from matchmaking.calibration_styles import fit_styles
from matchmaking.encoder_plan import DEFAULT_PLAN
from matchmaking.passages import Kind, Passage
from tests.matchmaking.people import side, unit

# what a text is about stands in the first two numbers, its length in the last
LONG, SHORT, KOREAN_SHORT = [0.0, 0.0, 1.0], [0.0, 0.0, -1.0], [0.0, 2.0, -1.0]
NOBODY = side()


def people(*kinds: Kind, hangul: bool = False, short: list[float] = SHORT) -> PackedSide:
    """Make four people with a text of each kind on their own matter; only research is long."""
    about = ([1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0])
    everybody = []
    for place, matter in enumerate(about):
        passages = []
        for number, kind in enumerate(kinds):
            style = LONG if kind is Kind.RESEARCH else short
            vector = unit(np.array([*matter, 0.0]) + np.array(style))
            passage = Passage(kind, number, 0, "", hangul, 1.0)
            known = dict.fromkeys(DEFAULT_PLAN.encoders_of(passage), vector)
            passages.append(EncodedPassage(passage, known))
        everybody.append(EncodedPerson(str(place), tuple(passages)))
    return side(*everybody)


BOTH = people(Kind.RESEARCH, Kind.OFFER, Kind.NEED)
PARALLEL = people(Kind.PUBLICATION)


def test_the_direction_from_long_to_short_texts_is_found() -> None:
    styles = fit_styles(BOTH, BOTH, PARALLEL)
    assert np.abs(styles.every).tolist() == [pytest.approx([0, 0, 1], abs=1e-5)]


def test_words_have_no_style() -> None:
    styles = fit_styles(BOTH, BOTH, PARALLEL)
    assert np.abs(styles.english).tolist() == [pytest.approx([0, 0, 1, 0, 0, 0], abs=1e-5)]


def test_short_texts_are_no_nearer_to_each_other_for_being_short() -> None:
    styles = fit_styles(BOTH, BOTH, PARALLEL)
    needs = centred_side(BOTH, Centres(styles=styles), 0.0).needs.english_every.vectors
    assert needs @ needs.T == pytest.approx(
        np.array([[1, -1, 0, 0], [-1, 1, 0, 0], [0, 0, 1, -1], [0, 0, -1, 1]]), abs=1e-4
    )


def test_each_language_may_lean_its_own_way() -> None:
    korean = people(Kind.RESEARCH, Kind.NEED, hangul=True, short=KOREAN_SHORT)
    directions = np.array(fit_styles(BOTH, korean, PARALLEL).every)
    assert directions @ directions.T == pytest.approx(np.eye(2), abs=1e-4)
    # between them they span the leaning of either language
    assert np.linalg.norm(directions @ unit([0, 0, 1])) == pytest.approx(1, abs=1e-4)
    assert np.linalg.norm(directions @ unit([0, 1, 0])) == pytest.approx(1, abs=1e-4)


def test_languages_that_lean_the_same_way_have_one_direction() -> None:
    korean = people(Kind.RESEARCH, Kind.NEED, hangul=True)
    assert len(fit_styles(BOTH, korean, PARALLEL).every) == 1


@pytest.mark.parametrize("kinds", [(Kind.NEED,), ()])
def test_without_long_texts_there_is_no_style(kinds: tuple[Kind, ...]) -> None:
    assert fit_styles(people(*kinds), NOBODY, PARALLEL) == Styles()


def test_without_short_texts_there_is_no_style() -> None:
    assert fit_styles(people(Kind.RESEARCH), NOBODY, NOBODY) == Styles()
