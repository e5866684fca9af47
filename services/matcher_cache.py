"""One side of an edition in memory, for one process: vectors, and an index to find candidates.

The tables are the truth and this is a cache of them. Before each use the version of the index is
compared, and what changed since is read again; people who were not asked for before are read then.
Who takes part and who may be seen is no part of it: the caller names whom to look among, straight
from the tables, so that such a change counts at once.
"""

from collections.abc import Collection, Iterator
from threading import Lock

import numpy as np
from sqlmodel import Session

from matchmaking.affinity_side import EncodedPerson
from matchmaking.encoder_plan import EncoderPlan
from matchmaking.encoders import FloatMatrix
from matchmaking.index import SideIndex
from services.encoded_people import encoded_people
from services.index_version import changed_since, index_version

# Up to this many, everybody is scored and the index is not asked.
EVERYBODY = 400
_NEVER = -1


class SideCache:
    """The people of one side, as one plan's encoders see them. Safe for threads.

    Parameters
    ----------
    plan
        The encoders whose vectors are read.
    """

    def __init__(self, plan: EncoderPlan) -> None:
        self.plan = plan
        self._lock = Lock()
        self._version = _NEVER
        self._people: dict[int, EncodedPerson] = {}
        self._indexes: dict[str, SideIndex] = {}

    def nearest(
        self,
        session: Session,
        asker: EncodedPerson,
        allowed: Collection[int],
        most: int = EVERYBODY,
    ) -> list[EncodedPerson]:
        """Return the people to score for an asker, in no order: all of the allowed, or the nearest.

        Somebody of whom nothing is encoded yet is left out.

        Parameters
        ----------
        allowed
            Profile ids of the people to look among.
        most
            Of more people than this, about as many nearest ones are returned; at least ``most``
            unless fewer are allowed.
        """
        version = index_version(session)
        with self._lock:
            if version >= self._version:
                self._refresh(session, version, allowed)
                return self._chosen(asker, frozenset(allowed), most)
        # This session sees the past of what another thread has read already: it must not be mixed.
        return SideCache(self.plan).nearest(session, asker, allowed, most)

    def _refresh(self, session: Session, version: int, allowed: Collection[int]) -> None:
        """Drop whoever changed, and read whoever is allowed and not there."""
        changed: set[int] = set()
        if version > self._version != _NEVER:
            changes = changed_since(session, self._version)
            changed = self._people.keys() & {change.profile_id for change in changes}
        missing = set(allowed) - (self._people.keys() - changed)
        # All is read before anything is changed: an error must leave the cache as it was.
        read = encoded_people(session, self.plan, sorted(missing))
        for one in changed - missing:
            self._drop(one)
        for one, person in read.items():
            self._put(one, person)
        self._version = version

    def _drop(self, profile_id: int) -> None:
        del self._people[profile_id]
        for index in self._indexes.values():
            index.remove(profile_id)

    def _put(self, profile_id: int, person: EncodedPerson) -> None:
        self._people[profile_id] = person
        for name in self.plan.names:
            vectors = _vectors(person, name)
            if len(vectors) and name not in self._indexes:
                self._indexes[name] = SideIndex(vectors.shape[1])
            if len(vectors):
                self._indexes[name].replace(profile_id, vectors)
            elif name in self._indexes:
                self._indexes[name].remove(profile_id)

    def _chosen(
        self, asker: EncodedPerson, allowed: frozenset[int], most: int
    ) -> list[EncodedPerson]:
        there = [one for one in sorted(allowed) if self._people[one].passages]
        if len(there) > most:
            there = sorted(self._near(asker, allowed, most))
        return [self._people[one] for one in there]

    def _near(self, asker: EncodedPerson, allowed: frozenset[int], most: int) -> set[int]:
        near: set[int] = set()
        for name, index in self._indexes.items():
            queries = _vectors(asker, name)
            if not len(queries):
                continue
            for depth in _depths(most, len(index)):
                found = [item.person for item in index.candidates(queries, depth)]
                inside = [one for one in found if one in allowed][:most]
                if len(inside) == most:
                    break
            near.update(inside)
        return near


class MatcherCache:
    """The sides of all editions that this process was asked about."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._sides: dict[tuple[int, str], SideCache] = {}

    def side(self, edition_id: int, side: str, plan: EncoderPlan) -> SideCache:
        """Give the cache of one side; a new one when the edition's encoders are others now."""
        with self._lock:
            found = self._sides.get((edition_id, side))
            if found is None or found.plan != plan:
                found = self._sides[edition_id, side] = SideCache(plan)
            return found


def _depths(most: int, size: int) -> Iterator[int]:
    """How many to ask the index for: more when few of them are allowed, in the end everybody."""
    depth = most
    while depth < size:
        yield depth
        depth *= 4
    yield max(1, size)


def _vectors(person: EncodedPerson, encoder: str) -> FloatMatrix:
    rows = [item.vectors[encoder] for item in person.passages if encoder in item.vectors]
    return np.array(rows, np.float32) if rows else np.zeros((0, 0), np.float32)
