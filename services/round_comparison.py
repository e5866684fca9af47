"""Two rounds of an edition side by side: what was asked, what came out, who gained and who lost."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, select

from matchmaking.export import MatchedPerson
from models import Pairing, Round
from services.matched_people import matched_people

MOST_LISTED = 20
_EQUAL = 1e-6


@dataclass(frozen=True, slots=True)
class Changed:
    """A parameter that the two rounds do not share."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What somebody's affinities add up to in either round; None where they have no partner."""

    person: MatchedPerson
    before: float
    after: float

    @property
    def gain(self) -> float:
        """How much more they have in the later round; negative when they lost."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class OnePair:
    """A pair that only one of the rounds makes."""

    left: MatchedPerson
    right: MatchedPerson
    score: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """The differences; lists hold the largest ones, the counts tell how many there are in all."""

    changed: tuple[Changed, ...]
    gained: tuple[PersonChange, ...]
    lost: tuple[PersonChange, ...]
    gained_count: int
    lost_count: int
    only_before: tuple[OnePair, ...]
    only_after: tuple[OnePair, ...]
    only_before_count: int
    only_after_count: int
    common: int


Pairs = Mapping[tuple[int, int], float]


def compare_rounds(session: Session, before: Round, after: Round) -> Comparison:
    """Compare two finished rounds; three queries for any number of pairs."""
    first, second = _pairs(session, before), _pairs(session, after)
    changes = _totals(first, second)
    gained = sorted((one for one in changes if one.gain > _EQUAL), key=lambda one: -one.gain)
    lost = sorted((one for one in changes if one.gain < -_EQUAL), key=lambda one: one.gain)
    only_first = [pair for pair in first if pair not in second]
    only_second = [pair for pair in second if pair not in first]
    listed = [*_best(only_first, first), *_best(only_second, second)]
    ids = {one for pair in listed for one in pair}
    ids |= {one.profile_id for one in (*gained[:MOST_LISTED], *lost[:MOST_LISTED])}
    people = matched_people(session, ids)
    return Comparison(
        changed=tuple(_changed(before.parameters, after.parameters)),
        gained=_changes(gained, people),
        lost=_changes(lost, people),
        gained_count=len(gained),
        lost_count=len(lost),
        only_before=_named(_best(only_first, first), first, people),
        only_after=_named(_best(only_second, second), second, people),
        only_before_count=len(only_first),
        only_after_count=len(only_second),
        common=len(first) - len(only_first),
    )


def _pairs(session: Session, row: Round) -> Pairs:
    columns = (Pairing.left_id, Pairing.right_id, Pairing.score)
    found = session.exec(select(*columns).where(Pairing.round_id == row.id))
    return {(left, right): score for left, right, score in found}


@dataclass(frozen=True, slots=True)
class _Totals:
    profile_id: int
    before: float
    after: float

    @property
    def gain(self) -> float:
        return self.after - self.before


def _totals(first: Pairs, second: Pairs) -> list[_Totals]:
    """Sum up what everybody of either round has in both, in the order of their ids."""
    totals = []
    for pairs in (first, second):
        of_person: dict[int, float] = defaultdict(float)
        for pair, score in pairs.items():
            for one in pair:
                of_person[one] += score
        totals.append(of_person)
    before, after = totals
    people = sorted(before.keys() | after.keys())
    return [_Totals(one, before.get(one, 0.0), after.get(one, 0.0)) for one in people]


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterable[Changed]:
    """List the parameters that differ; what was tried for single people counts as one."""
    for name in sorted(before.keys() | after.keys()):
        one, other = before.get(name), after.get(name)
        if name == "changes":
            one, other = len(one or {}), len(other or {})
        if one != other:
            yield Changed(name, one, other)


def _best(pairs: Sequence[tuple[int, int]], scores: Pairs) -> list[tuple[int, int]]:
    return sorted(pairs, key=lambda pair: (-scores[pair], pair))[:MOST_LISTED]


def _changes(
    found: Sequence[_Totals], people: Mapping[int, MatchedPerson]
) -> tuple[PersonChange, ...]:
    return tuple(
        PersonChange(people[one.profile_id], one.before, one.after) for one in found[:MOST_LISTED]
    )


def _named(
    pairs: Sequence[tuple[int, int]], scores: Pairs, people: Mapping[int, MatchedPerson]
) -> tuple[OnePair, ...]:
    return tuple(OnePair(people[left], people[right], scores[left, right]) for left, right in pairs)
