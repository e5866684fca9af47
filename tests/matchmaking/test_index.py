import threading

import faiss
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from matchmaking.errors import BadInput
from matchmaking.index import Candidate, SideIndex, one_thread


def axis(*places: int) -> np.ndarray:
    return np.eye(4, dtype=np.float32)[list(places)]


@pytest.fixture
def index() -> SideIndex:
    index = SideIndex(4)
    index.replace(10, axis(0, 1))
    index.replace(20, axis(1, 2))
    index.replace(30, axis(3))
    return index


def test_a_person_comes_once_with_the_best_of_their_passages(index: SideIndex) -> None:
    query = np.array([[0.9, 0.3, 0.2, 0.1]], np.float32)
    found = index.candidates(query, 3)
    assert [item.person for item in found] == [10, 20, 30]
    assert [item.similarity for item in found] == pytest.approx([0.9, 0.3, 0.1])


def test_equals_come_in_the_order_of_their_numbers(index: SideIndex) -> None:
    assert index.candidates(axis(1), 2) == (Candidate(10, 1.0), Candidate(20, 1.0))


def test_replacing_a_person_forgets_the_old_vectors(index: SideIndex) -> None:
    index.replace(10, axis(3))
    assert [found.similarity for found in index.candidates(axis(0), 1)] == [0.0]
    assert {found.person for found in index.candidates(axis(3), 2)} == {10, 30}
    assert len(index) == 3


def test_a_removed_person_is_not_found(index: SideIndex) -> None:
    index.remove(30)
    index.remove(30)
    assert {found.person for found in index.candidates(axis(3), 9)} == {10, 20}


def test_a_person_without_vectors_is_not_in(index: SideIndex) -> None:
    index.replace(30, np.zeros((0, 4), np.float32))
    assert len(index) == 2


def test_an_empty_index_finds_nobody() -> None:
    assert SideIndex(4).candidates(axis(0), 5) == ()


def test_wrong_shapes_and_no_candidates_are_refused(index: SideIndex) -> None:
    with pytest.raises(BadInput, match=r"vectors must be \(n, 4\)"):
        index.replace(1, np.zeros((2, 3), np.float32))
    with pytest.raises(BadInput, match="one candidate or more"):
        index.candidates(axis(0), 0)
    with pytest.raises(BadInput, match="at least one number"):
        SideIndex(0)


@given(st.integers(0, 2**32 - 1), st.integers(1, 12))
# Enough people by one query, while another still has somebody nearer beyond its depth.
@example(344321, 7)
def test_candidates_are_those_of_an_exhaustive_search(seed: int, k: int) -> None:
    rng = np.random.default_rng(seed)
    index = SideIndex(3)
    vectors = {person: rng.normal(size=(rng.integers(1, 6), 3)) for person in range(10)}
    for person, rows in vectors.items():
        index.replace(person, rows.astype(np.float32))
    for person in range(0, 10, 4):
        index.remove(person)
        del vectors[person]
    queries = rng.normal(size=(2, 3)).astype(np.float32)
    best = {person: float((rows @ queries.T).max()) for person, rows in vectors.items()}
    expected = sorted(best.values(), reverse=True)[:k]
    found = index.candidates(queries, k)
    assert [item.similarity for item in found] == pytest.approx(expected, abs=1e-5)


def test_a_search_uses_one_thread_and_leaves_the_setting_as_it_was() -> None:
    before = faiss.omp_get_max_threads()
    with one_thread():
        assert faiss.omp_get_max_threads() == 1
    assert faiss.omp_get_max_threads() == before


def test_many_readers_at_once_find_the_same(index: SideIndex) -> None:
    found: list[object] = []
    threads = [
        threading.Thread(target=lambda: found.append(index.candidates(axis(1), 2)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert len(found) == 8


@given(st.integers(0, 2**32 - 1))
def test_any_sequence_of_changes_leaves_the_index_of_those_who_are_in(seed: int) -> None:
    rng = np.random.default_rng(seed)
    index, inside = SideIndex(3), dict[int, np.ndarray]()
    for _ in range(25):
        person = int(rng.integers(6))
        if rng.random() < 0.3:
            index.remove(person)
            inside.pop(person, None)
        else:
            rows = rng.normal(size=(rng.integers(0, 3), 3)).astype(np.float32)
            index.replace(person, rows)
            inside.pop(person, None)
            inside |= {person: rows} if len(rows) else {}
        assert len(index) == len(inside)
    query = rng.normal(size=(1, 3)).astype(np.float32)
    found = {item.person: item.similarity for item in index.candidates(query, 10)}
    expected = {person: float((rows @ query[0]).max()) for person, rows in inside.items()}
    assert found == pytest.approx(expected, abs=1e-5)


def test_queries_without_vectors_find_nobody(index: SideIndex) -> None:
    assert index.candidates(np.zeros((0, 4), np.float32), 3) == ()


def test_a_person_with_very_many_passages_does_not_hide_the_others() -> None:
    index = SideIndex(4)
    index.replace(1, np.repeat(axis(0), 500, axis=0))
    index.replace(2, axis(1))
    query = np.array([[0.9, 0.1, 0, 0]], np.float32)
    assert [item.person for item in index.candidates(query, 2)] == [1, 2]
