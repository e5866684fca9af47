"""What is asked of a team is checked before anything is computed; the sizes it may have."""

from dataclasses import replace

import numpy as np
import pytest

from matchmaking.consortium_lines import lines_of
from matchmaking.consortium_problem import TeamProblem, TeamWeights
from matchmaking.consortium_rules import team_rules
from matchmaking.consortium_shape import same_entity_again, shapes_of
from matchmaking.eligibility_preset import preset
from matchmaking.errors import BadInput
from tests.matchmaking.consortium_instances import drawn
from tests.matchmaking.test_consortium_infeasible import people


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"size": (1, 3)}, "2 to 12 members"),
        ({"size": (5, 4)}, "2 to 12 members"),
        ({"fits": np.full((17, 11), 0.5, np.float32)}, "1 to 16 roles"),
        ({"fits": np.full((3, 11), 1.5, np.float32)}, "fits must be within"),
        ({"load": np.full(11, -0.1)}, "load must be within"),
        ({"affinity": np.zeros((11, 10), np.float32)}, "affinity must be"),
        ({"affinity": np.triu(np.ones((11, 11), np.float32))}, "symmetric"),
        ({"half": np.zeros(3, int)}, "half must be"),
        ({"role_weights": np.zeros(3)}, "above 0"),
        ({"locked": (11,)}, "below 11"),
        ({"locked": (1,), "excluded": (1,)}, "locked"),
        ({"locked": (1, 1)}, "locked twice"),
    ],
)
def test_what_does_not_fit_is_named(wrong: dict[str, object], said: str) -> None:
    problem, _ = drawn(0)
    with pytest.raises(BadInput, match=said):
        replace(problem, **wrong)  # type: ignore[arg-type] # wrong on purpose


def test_weights_have_their_range() -> None:
    with pytest.raises(BadInput):
        TeamWeights(coverage=-0.1)
    with pytest.raises(BadInput):
        TeamWeights(second=0.6)


def counts(problem: TeamProblem) -> list[tuple[int, ...]]:
    return [shape.counts for shape in shapes_of(problem).every]


def test_halves_of_a_mirrored_team_differ_by_one_at_most_and_by_who_there_is() -> None:
    problem = people("DE FR NL KR KR", mirror=True, size=(2, 6))
    assert counts(problem) == [(1, 1), (1, 2), (2, 1), (2, 2), (3, 2)]
    assert counts(replace(problem, locked=(0, 1, 2))) == [(3, 2)]


def test_two_locked_people_of_one_entity_count_once_for_the_balance() -> None:
    entity = np.array([0, 0, 0, 3, 4])
    problem = people("DE DE DE KR KR", mirror=True, entity=entity, locked=(0, 1, 2), size=(4, 5))
    assert same_entity_again(problem) == (1, 2)
    assert counts(problem) == [(3, 1), (3, 2)]


def test_who_is_in_neither_team_of_a_rule_is_only_in_it_when_locked() -> None:
    problem = people("DE FR NL US KR KR", "chips-ju-nrf-mirror", size=(5, 5))
    assert counts(problem) == [(3, 2)]
    assert counts(replace(problem, locked=(3,), size=(6, 6))) == [(3, 2, 1)]


def test_rules_are_conditions_on_the_candidates_countries() -> None:
    rules = team_rules(preset("chips-ju-nrf-mirror"), ["DE", "KR", "US", "CH"])
    assert rules.names == ("member-state", "three-countries", "korean-team", "about-equal")
    counting = [(rule.country >= 0).tolist() for rule in rules.countries]
    assert counting == [
        [True, False, False, False],
        [True, False, False, True],
        [False, True, False, False],
    ]
    assert rules.balance[0].team.tolist() == [0, 1, -1, 0]
    assert [rule.least for rule in rules.countries] == [1, 3, 1]


def test_a_line_of_work_is_of_people_who_are_all_alike_and_of_one_half_if_asked() -> None:
    likeness = np.array(
        [[1.0, 0.9, 0.6, 0.1], [0.9, 1.0, 0.2, 0.1], [0.6, 0.2, 1.0, 0.1], [0.1, 0.1, 0.1, 1.0]]
    )
    lines = lines_of(likeness)
    assert lines[0] == lines[1]
    assert len({*lines.tolist()}) == 3
    apart = lines_of(likeness, np.array([0, 1, 0, 1]))
    assert apart[0] == apart[2] != apart[1]
    assert lines_of(np.ones((1, 1))).tolist() == [0]
