import numpy as np
import pytest

from benchmarks.forum_people import made_up_people
from matchmaking.affinity import AffinityScorer, AffinitySettings
from matchmaking.affinity_outline import Basis, Outline
from matchmaking.affinity_side import EncodedPerson, pack_side
from matchmaking.calibration import default_calibration
from matchmaking.encoder_plan import DEFAULT_PLAN
from matchmaking.errors import BadInput
from matchmaking.near_index import NearIndex, nearest
from matchmaking.passages import Kind

CALIBRATION = default_calibration()


class Forum:
    """Askers and people to find, scored and outlined."""

    def __init__(self, askers: list[EncodedPerson], people: list[EncodedPerson]) -> None:
        left, right = (pack_side(some, DEFAULT_PLAN) for some in (askers, people))
        self.scorer = AffinityScorer(left, right, CALIBRATION)
        self.basis = Basis.of(self.scorer.right)
        self.askers = Outline.of(self.scorer.left, self.basis)
        self.people = Outline.of(self.scorer.right, self.basis)

    def index(self, first: int = 0, last: int | None = None) -> NearIndex:
        """Index some of the people."""
        some = self.people.take(slice(first, last))
        return NearIndex(some, self.basis, CALIBRATION, AffinitySettings())

    def asker(self, number: int) -> Outline:
        """Give one asker."""
        return self.askers.take(np.array([number]))


@pytest.fixture(scope="module")
def forum() -> Forum:
    return Forum(list(made_up_people(30, 1)), list(made_up_people(800, 2, korean=0.3)))


def test_nearly_all_of_the_exact_best_are_among_a_quarter_that_is_found(forum: Forum) -> None:
    index = forum.index()
    exact = forum.scorer.score(np.arange(30), np.arange(800))
    best = np.argsort(-exact, axis=1)[:, :10]
    found = [nearest([index], forum.asker(number), 100) for number in range(30)]
    assert max(map(len, found)) <= 200
    assert np.mean([np.isin(*pair).mean() for pair in zip(best, found, strict=True)]) > 0.95


def test_a_korean_asker_finds_the_best_of_either_language() -> None:
    forum = Forum(list(made_up_people(20, 1, korean=1.0)), list(made_up_people(400, 2, korean=0.3)))
    index = forum.index()
    exact = forum.scorer.score(np.arange(20), np.arange(400))
    best = np.argsort(-exact, axis=1)[:, :10]
    found = [nearest([index], forum.asker(number), 80) for number in range(20)]
    assert np.mean([np.isin(*pair).mean() for pair in zip(best, found, strict=True)]) > 0.9


def test_several_indexes_find_whom_one_of_all_finds(forum: Forum) -> None:
    parts = [forum.index(0, 300), forum.index(300, 310), forum.index(310)]
    whole = nearest([forum.index()], forum.asker(3), 50)
    assert nearest(parts, forum.asker(3), 50).tolist() == whole.tolist()


def test_when_all_are_asked_for_all_come_in_rising_order(forum: Forum) -> None:
    assert nearest([forum.index()], forum.asker(0), 5000).tolist() == list(range(800))


def test_the_same_question_has_the_same_answer(forum: Forum) -> None:
    first, second = (nearest([forum.index()], forum.asker(7), 60) for _ in range(2))
    assert first.tolist() == second.tolist()


def test_an_offer_is_found_by_who_needs_it() -> None:
    people = list(made_up_people(40, 5))

    def only(person: EncodedPerson, kind: Kind) -> EncodedPerson:
        return EncodedPerson(
            person.key, tuple(one for one in person.passages if one.passage.kind is kind)
        )

    needs = [only(person, Kind.NEED) for person in people]
    forum = Forum(needs, [only(person, Kind.OFFER) for person in made_up_people(40, 6)])
    exact = forum.scorer.score(np.arange(40), np.arange(40))
    best = exact.argmax(axis=1)
    found = [best[n] in nearest([forum.index()], forum.asker(n), 10) for n in range(40)]
    assert np.mean(found) > 0.9


def test_who_says_nothing_finds_nobody_and_nobody_is_found_in_nothing(forum: Forum) -> None:
    silent = Outline.of(pack_side([EncodedPerson("1", ())], DEFAULT_PLAN), forum.basis)
    assert len(nearest([forum.index()], silent, 5)) == 0
    assert len(nearest([], forum.asker(0), 5)) == 0


def test_several_askers_or_no_answers_are_refused(forum: Forum) -> None:
    with pytest.raises(BadInput):
        nearest([forum.index()], forum.askers, 5)
    with pytest.raises(BadInput):
        nearest([forum.index()], forum.asker(0), 0)
