"""How groups of people fare in a round; a group of fewer than five is never shown."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, median, quantiles

from services.round_review import Fared

FEWEST = 5


@dataclass(frozen=True, slots=True)
class Group:
    """People who have something in common: half of them have ``middle`` or more.

    Half of them lie between ``low`` and ``high``; ``unmatched`` is the share without a good match;
    ``shown`` the mean number of lists of suggestions that they stand on, None when not counted.
    """

    name: str
    people: int
    low: float
    middle: float
    high: float
    unmatched: float
    shown: float | None


@dataclass(frozen=True, slots=True)
class Grouping:
    """Everybody by one property, the group that fares worst first; ``hidden`` groups are small."""

    by: str
    groups: tuple[Group, ...]
    hidden: int

    @property
    def top(self) -> float:
        """The largest number that a picture of it must hold."""
        return max((group.high for group in self.groups), default=0.0)


PROPERTIES: Mapping[str, Callable[[Fared], str]] = {
    "side": lambda one: one.side,
    "country": lambda one: one.country,
    "career_stage": lambda one: one.career_stage,
    "organisation_type": lambda one: one.organisation_type,
    "gender": lambda one: one.gender.strip().casefold(),
}


def groupings_of(people: Iterable[Fared]) -> tuple[Grouping, ...]:
    """Group people by each property that at least two groups can be told apart by.

    Who did not say is in no group. Gender is there with the consent to its one use only, and
    without a number of those who said nothing, from which a small group could be computed.
    """
    everybody = list(people)
    found = (_grouping(name, read, everybody) for name, read in PROPERTIES.items())
    return tuple(one for one in found if len(one.groups) > 1)


def _grouping(name: str, read: Callable[[Fared], str], people: Sequence[Fared]) -> Grouping:
    members: dict[str, list[Fared]] = defaultdict(list)
    for one in people:
        if read(one):
            members[read(one)].append(one)
    groups = [_group(key, some) for key, some in members.items() if len(some) >= FEWEST]
    groups.sort(key=lambda group: (group.middle, group.name))
    return Grouping(name, tuple(groups), len(members) - len(groups))


def _group(name: str, people: Sequence[Fared]) -> Group:
    totals = [one.total for one in people]
    low, _, high = quantiles(totals, n=4, method="inclusive")
    counted = [one.shown for one in people if one.shown is not None]
    return Group(
        name=name,
        people=len(people),
        low=low,
        middle=median(totals),
        high=high,
        unmatched=sum(1 for one in people if one.why) / len(people),
        shown=mean(counted) if counted else None,
    )
