"""One side of an edition in memory, for one process: its people, ready to be compared.

The tables are the truth and this is a cache of them. Before each use the version of the index is
compared, and what changed since is read again; people who were not asked for before are read then.
Who takes part and who may be seen is no part of it: the caller names whom to look among, straight
from the tables, so that such a change counts at once.
"""

from collections.abc import Collection, Sequence
from threading import Lock

from sqlmodel import Session

from matchmaking.affinity import AffinitySettings
from matchmaking.affinity_parts import join, split
from matchmaking.affinity_side import EncodedPerson, PackedSide, pack_side
from matchmaking.calibration import Calibration
from matchmaking.calibration_centres import centred_side
from matchmaking.weighing import AS_GIVEN, Weighing
from services.attention import AttentionCache
from services.encoded_people import encoded_people
from services.index_version import changed_since, index_version
from services.people_index import PeopleIndex

# Up to this many, everybody is compared exactly, and the index is not asked.
EVERYBODY = 2000
_OF_EACH = 400
_NEVER = -1


class SideCache:
    """The people of one side, ready for one calibration. Safe for threads."""

    def __init__(
        self,
        calibration: Calibration,
        everybody: int = EVERYBODY,
        weighing: Weighing = AS_GIVEN,
    ) -> None:
        self.calibration = calibration
        self.weighing = weighing
        self._everybody = everybody
        self._lock = Lock()
        self._version = _NEVER
        self._people: dict[int, PackedSide] = {}
        # Made when there are more people than are compared exactly, and then kept up to date.
        self._index: PeopleIndex | None = None
        self._joined: tuple[list[int], PackedSide] | None = None

    def nearest(
        self, session: Session, asker: EncodedPerson, allowed: Collection[int]
    ) -> PackedSide:
        """Return the people to compare an asker with: all of the allowed, or of many the nearest.

        Somebody of whom nothing is encoded yet is left out.

        Parameters
        ----------
        allowed
            Profile ids of the people to look among; they are the keys of the result.
        """
        version = index_version(session)
        with self._lock:
            if version >= self._version:
                self._refresh(session, version, allowed)
                return self._chosen(asker, allowed)
        # This session sees the past of what another thread has read already: it must not be mixed.
        past = SideCache(self.calibration, self._everybody, self.weighing)
        return past.nearest(session, asker, allowed)

    def _refresh(self, session: Session, version: int, allowed: Collection[int]) -> None:
        """Drop whoever changed, and read whoever is allowed and not there."""
        changed: set[int] = set()
        if version > self._version != _NEVER:
            changes = changed_since(session, self._version)
            changed = self._people.keys() & {change.profile_id for change in changes}
        missing = set(allowed) - (self._people.keys() - changed)
        # All is read before anything is changed: an error must leave the cache as it was.
        plan = self.calibration.plan
        read = encoded_people(session, plan, sorted(missing), self.weighing)
        ready = split(_ready(list(read.values()), self.calibration))
        for one in changed - missing:
            del self._people[one]
            if self._index is not None:
                self._index.drop(one)
        for one, person in zip(read, ready, strict=True):
            self._people[one] = person
            if self._index is not None:
                self._index.put(one, person)
        if read or changed:
            self._joined = None
        self._version = version

    def _chosen(self, asker: EncodedPerson, allowed: Collection[int]) -> PackedSide:
        there = [one for one in sorted(allowed) if _says_something(self._people[one])]
        if len(there) > self._everybody:
            there = self._near(asker, there)
        # Most askers of a side are shown the same people.
        if self._joined is None or self._joined[0] != there:
            people = [self._people[one] for one in there]
            self._joined = there, join(people) if people else _ready([], self.calibration)
        return self._joined[1]

    def _near(self, asker: EncodedPerson, there: Sequence[int]) -> list[int]:
        if self._index is None:
            self._index = PeopleIndex()
            for one, person in self._people.items():
                self._index.put(one, person)
        ready = _ready([asker], self.calibration)
        return sorted(self._index.near(ready, frozenset(there), _OF_EACH))


class MatcherCache:
    """The sides of all editions that this process was asked about."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.attention = AttentionCache()
        self._sides: dict[tuple[int, str], SideCache] = {}

    def side(
        self,
        edition_id: int,
        side: str,
        calibration: Calibration,
        weighing: Weighing = AS_GIVEN,
    ) -> SideCache:
        """Give the cache of one side; a new one when the edition reads people otherwise now."""
        with self._lock:
            found = self._sides.get((edition_id, side))
            if found is None or (found.calibration, found.weighing) != (calibration, weighing):
                found = SideCache(calibration, weighing=weighing)
                self._sides[edition_id, side] = found
            return found


def _ready(people: Sequence[EncodedPerson], calibration: Calibration) -> PackedSide:
    packed = pack_side(people, calibration.plan)
    return centred_side(packed, calibration.centres, AffinitySettings().words)


def _says_something(person: PackedSide) -> bool:
    shelves = (person.expertise, person.offers, person.needs)
    return any(
        view.ids for shelf in shelves for view in (shelf.english, shelf.english_every, shelf.korean)
    )
