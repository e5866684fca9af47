"""The benchmark of whole teams puts the same question to all."""

import pytest

from benchmarks import consortium
from benchmarks.consortium import compare, greedy, methods, ours, whole_programme
from benchmarks.consortium_data import forum
from matchmaking.consortium_problem import TeamProblem


@pytest.fixture(scope="module")
def small() -> TeamProblem:
    return forum(24, 0, mirror=False)


def test_the_whole_programme_finds_no_better_team_and_simpler_ways_find_no_better(
    small: TeamProblem,
) -> None:
    best = ours(small)
    assert best.bound - best.score < 2e-6
    assert whole_programme(small, 100_000).score == pytest.approx(best.score, abs=2e-6)
    plain, swapped = greedy(small), greedy(small, swaps=True)
    assert plain.score <= swapped.score + 1e-9
    assert swapped.score <= best.score + 1e-9


def test_the_whole_programme_is_left_out_where_it_is_too_large_or_not_asked_for(
    small: TeamProblem, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(methods(small, 0)) == 3
    assert len(methods(small, 10)) == 4
    monkeypatch.setattr(consortium, "MOST_FOR_MILP", 10)
    assert len(methods(small, 10)) == 3


def test_the_table_has_a_row_for_every_method(capsys: pytest.CaptureFixture[str]) -> None:
    compare(20, 1, mirror=True, nodes=0)
    printed = capsys.readouterr().out
    named = ("greedy", "greedy and swaps", "this project")
    assert [name for name in named if f"| {name} |" not in printed] == []
