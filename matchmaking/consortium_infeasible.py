"""Why there is no team: which rules and locks cannot hold together, and what would help.

Public: ``explained(problem, watch)``.

What is asked is a set of conditions: the size, mirroring, each rule, each locked member. One after
the other is left out for as long as there is no team without it; what remains cannot hold, and
each part of it is needed for that. Any change that helps must touch it, so that the smallest
change is found by trying these first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from matchmaking.consortium_conditions import Conditions
from matchmaking.consortium_problem import MOST_MEMBERS, TeamProblem
from matchmaking.consortium_programme import Programme
from matchmaking.consortium_result import NoTeam, StandsFor, TeamChange
from matchmaking.consortium_rules import TeamRules
from matchmaking.consortium_shape import shapes_of
from matchmaking.consortium_watch import TeamWatch
from matchmaking.consortium_worth import Worth

_LEAST_MEMBERS = 2
_MOST_CHANGES = 2


@dataclass(frozen=True, slots=True)
class _Condition:
    """One thing that is asked."""

    kind: StandsFor
    person: int = -1
    rule: str = ""


def explained(problem: TeamProblem, watch: TeamWatch) -> NoTeam:
    """Explain a problem that has no team."""
    kept = list(_conditions(problem))
    for one in tuple(kept):
        watch.check("proof")
        rest = [other for other in kept if other != one]
        if not has_team(_asking(problem, rest)):
            kept = rest
    return NoTeam(
        rules=tuple(one.rule for one in kept if one.kind == "rule"),
        locks=tuple(one.person for one in kept if one.kind == "lock"),
        size=any(one.kind == "size" for one in kept),
        mirror=any(one.kind == "mirror" for one in kept),
        changes=_smallest(problem, kept, watch),
    )


def has_team(problem: TeamProblem) -> bool:
    """Tell whether any team fits."""
    conditions = Conditions(problem)
    people = np.flatnonzero(conditions.open)
    shapes = shapes_of(problem)
    return any(
        Programme(Worth(problem, shape), conditions, shapes.group, people).any_team() is not None
        for shape in shapes.every
    )


def _conditions(problem: TeamProblem) -> Iterator[_Condition]:
    """List what is asked; what is best left out first comes first."""
    for person in problem.locked:
        yield _Condition("lock", person=person)
    yield _Condition("size")
    if problem.mirror:
        yield _Condition("mirror")
    for rule in problem.rules.names:
        yield _Condition("rule", rule=rule)


def _asking(problem: TeamProblem, kept: Sequence[_Condition]) -> TeamProblem:
    """Ask no more than some of the conditions."""
    rules = {one.rule for one in kept}
    locked = {one.person for one in kept}
    return replace(
        problem,
        locked=tuple(one for one in problem.locked if one in locked),
        size=problem.size if _Condition("size") in kept else (_LEAST_MEMBERS, MOST_MEMBERS),
        mirror=_Condition("mirror") in kept,
        rules=TeamRules(
            tuple(rule for rule in problem.rules.countries if rule.name in rules),
            tuple(rule for rule in problem.rules.balance if rule.name in rules),
        ),
    )


def _smallest(
    problem: TeamProblem, kept: Sequence[_Condition], watch: TeamWatch
) -> tuple[TeamChange, ...] | None:
    """Find the fewest changes after which there is a team; the first touches what cannot hold."""
    first = [change for one in kept for change in _changes(problem, one)]
    every = [change for one in _conditions(problem) for change in _changes(problem, one)]
    for count in range(1, _MOST_CHANGES + 1):
        for changes in combinations(every, count):
            watch.check("proof")
            if set(changes) & set(first) and has_team(_changed(problem, changes)):
                return changes
    return None


def _changes(problem: TeamProblem, about: _Condition) -> Iterator[TeamChange]:
    """List what can be asked otherwise of a condition, the least first."""
    low, high = problem.size
    if about.kind == "size":
        for number in range(high + 1, MOST_MEMBERS + 1):
            yield TeamChange("more-members", number=number)
        for number in range(low - 1, _LEAST_MEMBERS - 1, -1):
            yield TeamChange("fewer-members", number=number)
    elif about.kind == "lock":
        yield TeamChange("drop-lock", person=about.person)
    elif about.kind == "mirror":
        yield TeamChange("without-mirror")
    else:
        yield TeamChange("without-rule", rule=about.rule)


def _changed(problem: TeamProblem, changes: Sequence[TeamChange]) -> TeamProblem:
    gone = {change.person for change in changes}
    lifted = {change.rule for change in changes if change.rule}
    low, high = problem.size
    for change in changes:
        high = change.number if change.code == "more-members" else high
        low = change.number if change.code == "fewer-members" else low
    return replace(
        problem,
        locked=tuple(one for one in problem.locked if one not in gone),
        size=(low, high),
        mirror=problem.mirror and TeamChange("without-mirror") not in changes,
        rules=TeamRules(
            tuple(rule for rule in problem.rules.countries if rule.name not in lifted),
            tuple(rule for rule in problem.rules.balance if rule.name not in lifted),
        ),
    )
