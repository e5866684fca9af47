"""When there is no team: what cannot hold together, and the smallest change."""

import numpy as np

from matchmaking.consortium import form_teams
from matchmaking.consortium_problem import TeamProblem
from matchmaking.consortium_result import NoTeam, TeamChange
from matchmaking.consortium_rules import team_rules
from matchmaking.eligibility_preset import preset


def people(countries: str, name: str = "none", **asked: object) -> TeamProblem:
    """Make a problem of people of these countries, all alike."""
    codes = countries.split()
    count = len(codes)
    given: dict[str, object] = {
        "fits": np.full((1, count), 0.5, np.float32),
        "affinity": np.full((count, count), 0.5, np.float32),
        "line": np.arange(count),
        "half": np.array([int(code == "KR") for code in codes]),
        "entity": np.arange(count),
        "rules": team_rules(preset(name), codes),
        "size": (3, 4),
    }
    return TeamProblem(**(given | asked))  # type: ignore[arg-type]


def reason(problem: TeamProblem) -> NoTeam:
    """Give the explanation of a problem without a team."""
    found = form_teams(problem)
    assert found.teams == ()
    assert found.none is not None
    return found.none


def test_a_rule_that_the_people_cannot_meet_is_named() -> None:
    none = reason(people("DE DE FR FR", "horizon-ria"))
    assert none.rules == ("three-countries",)
    assert (none.locks, none.size, none.mirror) == ((), False, False)
    assert none.changes == (TeamChange("without-rule", rule="three-countries"),)


def test_a_lock_that_leaves_no_room_for_a_rule_can_be_dropped() -> None:
    none = reason(people("DE DE DE FR NL", "horizon-ria", size=(3, 3), locked=(0, 1)))
    assert none.rules == ("three-countries",)
    assert none.locks == (0, 1)
    assert none.size
    assert none.changes == (TeamChange("drop-lock", person=0),)


def test_more_members_may_be_the_smallest_change() -> None:
    none = reason(people("DE DE FR NL", "horizon-ria", size=(2, 2)))
    assert none.changes == (TeamChange("more-members", number=3),)


def test_too_few_people_is_a_matter_of_the_size() -> None:
    none = reason(people("DE FR KR", size=(5, 8)))
    assert none.size
    assert none.changes == (TeamChange("fewer-members", number=3),)


def test_nobody_on_the_other_side_is_a_matter_of_mirroring() -> None:
    none = reason(people("DE FR NL", mirror=True))
    assert none.mirror
    assert none.changes == (TeamChange("without-mirror"),)


def test_where_no_few_changes_help_none_are_named() -> None:
    none = reason(people("DE", "chips-ju-nrf-mirror", mirror=True))
    assert none.changes is None


def test_nobody_at_all_has_no_team() -> None:
    assert reason(people("DE KR", excluded=(0, 1))).changes is None
