import numpy as np
import pytest

from benchmarks.forum_people import made_up_people
from matchmaking.affinity import AffinityScorer, AffinitySettings
from matchmaking.affinity_outline import Basis, Outline, guessed
from matchmaking.affinity_side import EncodedPerson, pack_side
from matchmaking.calibration import default_calibration
from matchmaking.encoder_plan import DEFAULT_PLAN
from matchmaking.encoders import FloatMatrix
from matchmaking.passages import Kind

SETTINGS = AffinitySettings()


def scorer_of(left: list[EncodedPerson], right: list[EncodedPerson]) -> AffinityScorer:
    return AffinityScorer(
        pack_side(left, DEFAULT_PLAN), pack_side(right, DEFAULT_PLAN), default_calibration()
    )


def guess(scorer: AffinityScorer) -> FloatMatrix:
    basis = Basis.of(scorer.right)
    left, right = Outline.of(scorer.left, basis), Outline.of(scorer.right, basis)
    return guessed(left, right, scorer.calibration, SETTINGS)


def exact(scorer: AffinityScorer) -> FloatMatrix:
    return scorer.score(*map(np.arange, scorer.shape))


def without(person: EncodedPerson, *kinds: Kind) -> EncodedPerson:
    kept = tuple(item for item in person.passages if item.passage.kind not in kinds)
    return EncodedPerson(person.key, kept)


@pytest.mark.parametrize("korean", [(0.0, 0.0), (0.0, 0.3), (0.5, 1.0)])
def test_a_guess_goes_with_the_score_in_any_language(korean: tuple[float, float]) -> None:
    left, right = (
        list(made_up_people(150, side, korean=share)) for side, share in enumerate(korean)
    )
    scorer = scorer_of(left, right)
    guesses, scores = guess(scorer), exact(scorer)
    assert guesses.shape == scores.shape
    assert np.corrcoef(guesses.ravel(), scores.ravel())[0, 1] > 0.8
    assert abs(guesses - scores).mean() < 0.06


def test_of_one_passage_each_in_few_directions_the_guess_is_the_score() -> None:
    people = [without(person, Kind.OFFER, Kind.NEED) for person in made_up_people(30, 1)]
    single = [EncodedPerson(person.key, person.passages[:1]) for person in people]
    scorer = scorer_of(single, single)
    # thirty texts have no more than thirty directions, and one cosine does not vary
    assert guess(scorer) == pytest.approx(exact(scorer), abs=0.03)


def test_who_has_no_offers_no_work_or_nothing_is_guessed_by_what_there_is() -> None:
    left = list(made_up_people(5, 1))
    right = [
        without(person, *kinds)
        for person, kinds in zip(
            made_up_people(4, 2),
            ((), (Kind.OFFER, Kind.NEED), (Kind.RESEARCH, Kind.PUBLICATION), tuple(Kind)),
            strict=True,
        )
    ]
    guesses = guess(scorer_of(left, right))
    assert np.isfinite(guesses).all()
    assert guesses[:, 3] == pytest.approx(SETTINGS.unknown)
    assert (guesses[:, :3] > 0).all()


def test_a_part_of_an_outline_is_guessed_as_in_the_whole() -> None:
    scorer = scorer_of(list(made_up_people(20, 1)), list(made_up_people(30, 2, korean=0.4)))
    basis = Basis.of(scorer.right)
    left, right = Outline.of(scorer.left, basis), Outline.of(scorer.right, basis)
    some = np.array([4, 17, 2])
    part = guessed(left.take(some), right, scorer.calibration, SETTINGS)
    assert len(left.take(some).views) == len(left.views)
    assert part == pytest.approx(guess(scorer)[some], abs=2e-3)


def test_nobody_gives_an_empty_guess() -> None:
    scorer = scorer_of([], list(made_up_people(3, 1)))
    assert guess(scorer).shape == (0, 3)


@pytest.mark.parametrize("korean", [0.0, 0.4, 1.0])
def test_views_that_nothing_of_the_asker_faces_do_not_count(korean: float) -> None:
    (asker,) = made_up_people(1, 0, korean=korean)
    scorer = scorer_of([asker], list(made_up_people(40, 1, korean=0.3)))
    basis = Basis.of(scorer.right)
    mine, theirs = Outline.of(scorer.left, basis), Outline.of(scorer.right, basis)
    facing = theirs.facing(mine)
    whole = guessed(mine, theirs, scorer.calibration, SETTINGS)
    assert np.array_equal(guessed(mine, facing, scorer.calibration, SETTINGS), whole)


def test_an_asker_without_korean_faces_nobody_s_english_in_the_other_encoder() -> None:
    scorer = scorer_of(
        list(made_up_people(3, 0, korean=0.0)), list(made_up_people(40, 1, korean=0.3))
    )
    basis = Basis.of(scorer.right)
    facing = Outline.of(scorer.right, basis).facing(Outline.of(scorer.left, basis))
    assert {view for _, view in facing.views} == {"english", "korean"}
