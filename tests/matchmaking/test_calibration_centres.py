import numpy as np
import pytest

from matchmaking.affinity_side import PackedSide
from matchmaking.calibration_centres import (
    NO_CENTRES,
    Centres,
    ShelfCentres,
    centred_side,
    fit_centres,
)
from matchmaking.errors import BadInput
from tests.matchmaking.people import person, random_side, side

LEFT = side(person("l", work=[[1, 0, 0], [0, 1, 0]], offers=[[1, 0, 0]]))
RIGHT = side(person("r", work=[[0, 0, 1]], korean_work=[[0, 1, 0]]))


def lengths(packed: PackedSide) -> list[float]:
    rows = packed.expertise.english.vectors
    sense, words = rows[:, :3], rows[:, 3:]
    return [float(np.linalg.norm(part, axis=1).mean()) for part in (sense, words)]


def test_without_centres_the_parts_are_only_brought_to_their_shares() -> None:
    ready = centred_side(LEFT, NO_CENTRES, words=0.25)
    assert lengths(ready) == pytest.approx([0.75**0.5, 0.25**0.5], abs=1e-3)
    rows = ready.expertise.english.vectors
    assert rows @ rows.T == pytest.approx(np.eye(2), abs=1e-3)


def test_what_all_texts_share_is_taken_out() -> None:
    centres = Centres(work=ShelfCentres(english_every=(0.0, 0.0, 1.0)))
    packed = side(person("p", work=[[0.6, 0, 0.8], [0, 0.6, 0.8]]))
    rows = centred_side(packed, centres, 0.5).expertise.english_every.vectors
    # (0.6, 0, -0.2) and (0, 0.6, -0.2), each of length sqrt(0.4)
    assert rows[0] @ rows[1] == pytest.approx(0.04 / 0.4, abs=1e-3)
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1], abs=1e-3)


def test_the_centre_is_the_mean_over_people_of_both_sides() -> None:
    centres = fit_centres(LEFT, RIGHT, steady=0)
    assert centres.work.english_every == pytest.approx((0.25, 0.25, 0.5))
    assert centres.work.korean == pytest.approx((0, 1, 0))
    assert centres.work.english == pytest.approx((0.25, 0.25, 0.5) * 2)


def test_a_small_sample_is_held_to_the_prior() -> None:
    prior = Centres(work=ShelfCentres(english_every=(0.0, 0.0, 0.0), korean=(1.0, 0.0, 0.0)))
    centres = fit_centres(LEFT, RIGHT, prior, steady=3)
    assert centres.work.english_every == pytest.approx((0.125, 0.125, 0.25))
    assert centres.work.korean == pytest.approx((0.75, 0.25, 0))


def test_offers_without_a_prior_are_held_to_the_centre_of_work() -> None:
    centres = fit_centres(LEFT, RIGHT, steady=1)
    work = np.array(centres.work.english_every)
    assert centres.offers.english_every == pytest.approx((work + np.array([1, 0, 0])) / 2, abs=1e-4)
    assert centres.needs == ShelfCentres(
        centres.work.english, centres.work.english_every, centres.work.korean
    )


def test_a_view_without_texts_keeps_the_prior() -> None:
    prior = Centres(work=ShelfCentres(korean=(0.5, 0.5, 0.5)))
    assert fit_centres(LEFT, LEFT, prior).work.korean == (0.5, 0.5, 0.5)


def test_a_text_that_is_all_centre_is_near_to_nothing() -> None:
    packed = side(person("p", work=[[1, 0, 0]]))
    centres = Centres(work=ShelfCentres(english_every=(1.0, 0.0, 0.0)))
    assert centred_side(packed, centres, 0.5).expertise.english_every.vectors.tolist() == [[0] * 3]


def test_centres_of_other_encoders_are_refused_with_a_remedy() -> None:
    centres = Centres(work=ShelfCentres(english=(0.0,) * 7))
    with pytest.raises(BadInput, match="7 numbers, not 6: calibrate the edition again"):
        centred_side(LEFT, centres, 0.5)


def test_centring_leaves_the_given_side_as_it_was() -> None:
    packed = random_side(np.random.default_rng(0), 4, "p")
    before = packed.expertise.english.vectors.copy()
    centred_side(packed, fit_centres(packed, packed), 0.5)
    assert (packed.expertise.english.vectors == before).all()


def test_a_side_that_is_ready_is_used_again_as_it_is() -> None:
    centres = fit_centres(LEFT, RIGHT)
    ready = centred_side(LEFT, centres, 0.5)
    assert centred_side(ready, centres, 0.5) is ready


def test_a_side_that_is_ready_for_another_calibration_is_refused() -> None:
    ready = centred_side(LEFT, NO_CENTRES, 0.5)
    with pytest.raises(BadInput, match="ready for another calibration"):
        centred_side(ready, fit_centres(LEFT, RIGHT), 0.5)
    with pytest.raises(BadInput, match="ready for another calibration"):
        centred_side(ready, NO_CENTRES, 0.25)
