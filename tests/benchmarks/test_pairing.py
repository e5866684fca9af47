"""The pairing benchmark puts the same question to all, whatever the forum is made of."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks import pairing
from benchmarks.pairing import DENSE, OURS, compare, measure, methods_for, tall
from benchmarks.pairing_data import Forum
from benchmarks.pairing_peers import PEERS
from benchmarks.pairing_real import real_sides
from matchmaking.encoder_words import WordsEncoder
from matchmaking.encoders import FloatMatrix

SMALL = Forum(9, 7, 0, dimension=12, topics=4)
OPTIMAL = (OURS, DENSE, "dense flow (OR-tools)", "milp (HiGHS)", "network simplex (networkx)")


@pytest.mark.parametrize("name", OPTIMAL)
def test_whoever_claims_the_optimum_finds_the_same_total(name: str) -> None:
    if name in PEERS:
        pairs = PEERS[name](SMALL.scores, *SMALL.bounds)
        total = SMALL.scores[pairs[:, 0], pairs[:, 1]].sum(dtype=np.float64)
    else:
        total = measure(name, SMALL).total
    assert total == pytest.approx(measure(OURS, SMALL).total, abs=1e-4)


@pytest.mark.parametrize("name", list(PEERS))
def test_nobody_is_given_a_forbidden_pair_a_pair_twice_or_too_many_partners(name: str) -> None:
    pairs = PEERS[name](SMALL.scores, *SMALL.bounds)
    assert np.isfinite(SMALL.scores[pairs[:, 0], pairs[:, 1]]).all()
    assert len(np.unique(pairs, axis=0)) == len(pairs)
    assert max(np.bincount(pairs[:, side]).max() for side in (0, 1)) <= SMALL.most


def test_fixing_minimums_first_meets_them_and_may_lose_affinity() -> None:
    assert measure("minimums first", SMALL).missing == 0
    assert measure("minimums first", SMALL).total <= measure(OURS, SMALL).total + 1e-6


def test_the_slow_peers_are_left_out_of_large_forums() -> None:
    assert set(methods_for(50)) == {OURS, DENSE, *PEERS}
    assert "milp (HiGHS)" not in methods_for(1000)
    assert list(methods_for(100_000)) == [OURS]


def test_a_forum_far_longer_than_wide_can_have_its_minimums() -> None:
    forum = tall(0)
    assert (forum.left_people, forum.right_people) == (100_000, 1_000)
    left, right = forum.bounds
    assert left.least.sum() <= right.most.sum()
    assert right.least.sum() <= left.most.sum()
    small = replace(forum, left_people=200, right_people=4, dimension=8, topics=3)
    assert measure(OURS, small).gap == pytest.approx(0, abs=1e-9)
    assert measure(OURS, small).missing == 0


def test_the_table_tells_the_size_the_bounds_and_every_method(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pairing, "in_a_process", measure)
    compare([SMALL], "tiny", runs=1)
    printed = capsys.readouterr().out
    assert "9 x 7, 2 to 5 partners, 3 % forbidden, tiny" in printed
    assert [name for name in methods_for(9) if f"| {name} |" not in printed] == []


class _Words(WordsEncoder):
    """Refuses nothing: texts of no words have a direction, too."""

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        rows = super().encode(texts)
        rows[:, 0] += 1e-3
        return rows


def test_real_sides_are_of_people_and_of_publications_and_keep_their_order(tmp_path: Path) -> None:
    file = tmp_path / "profiles.jsonl"
    profiles = [
        {"id": "a", "name": "A", "country": "DE", "publications": [{"title": "silicon photonics"}]},
        {
            "id": "b",
            "name": "B",
            "country": "KR",
            "publications": [{"title": "silicon photonics"}, {"title": "memory cells"}],
        },
        {"id": "c", "name": "C", "country": "FR", "publications": [{"title": "memory cells"}]},
    ]
    file.write_text("\n".join(map(json.dumps, profiles)), encoding="utf-8")
    people, works = (forum for _, forum in real_sides(file, tmp_path, _Words({})))
    assert (people.left_people, people.right_people) == (2, 1)
    assert (works.left_people, works.right_people) == (2, 2)
    left, right = works.vectors
    np.testing.assert_allclose(left @ right.T, np.eye(2), atol=0.1)
    np.testing.assert_allclose(np.linalg.norm(people.vectors[1], axis=1), 1, atol=1e-6)
