"""One side of an edition in memory, for one process: its people, ready to be compared.

The tables are the truth and this is a cache of them. Before each use the version of the index is
compared, and what changed since is read again; people who were not asked for before are read then.
Who takes part and who may be seen is no part of it: the caller names whom to look among, straight
from the tables, so that such a change counts at once.
"""

from collections.abc import Callable, Collection, Sequence
from functools import partial
from threading import Lock

from sqlmodel import Session

from matchmaking.affinity_side import EncodedPerson, PackedSide
from matchmaking.calibration import Calibration
from matchmaking.weighing import AS_GIVEN, Weighing
from services.attention import AttentionCache
from services.index_version import changed_since, index_version
from services.participants import SideStamp, participant_ids, side_stamp
from services.ready_people import ReadyPeople
from services.ready_side import make_ready, read_ready

COMPARED = 400
"""How many people an asker is compared with exactly: of more, those who seem nearest."""
AT_ONCE = 500
"""How many people are read while a page waits, when somebody reads the others meanwhile."""
_NEVER = -1

Fetch = Callable[["SideCache", int, str], None]
"""Has everybody of a side of an edition read, with ``SideCache.warm``, elsewhere and later."""


class SideCache:
    """The people of one side, ready for one calibration. Safe for threads.

    Parameters
    ----------
    compared
        How many people an asker is compared with.
    fetch
        Has everybody of this side read with ``warm``, elsewhere and later. Without it whoever is
        asked for is read at once, however many they are.
    """

    def __init__(
        self,
        calibration: Calibration,
        compared: int = COMPARED,
        weighing: Weighing = AS_GIVEN,
        fetch: Callable[["SideCache"], None] | None = None,
    ) -> None:
        self.calibration = calibration
        self.weighing = weighing
        self._compared = compared
        self._fetch = fetch
        self._lock = Lock()
        self._version = _NEVER
        self._people = ReadyPeople(calibration)
        self._whole: SideStamp | None = None
        self._leaves_out = False

    @property
    def is_being_read(self) -> bool:
        """Whether the last list was made while somebody on this side was still to be read."""
        return self._leaves_out

    def first(
        self, session: Session, asker: EncodedPerson, edition_id: int, side: str
    ) -> list[int]:
        """Return whom to ask the tables about first: who seems nearest, the nearest first.

        Nobody while the side is small enough to compare the asker with all, or is still being
        read: then the tables say among whom to look. Whether somebody may be shown is not asked.
        """
        if len(self._people) <= self._compared:
            return []
        stamp = side_stamp(session, edition_id)
        with self._lock:
            if stamp.version < self._version or not self._is_whole(
                session, stamp, edition_id, side
            ):
                return []
            ready = make_ready([asker], self.calibration)
            return self._people.first(ready, self._compared + self._compared // 2)

    def compared(self, allowed: Collection[int], order: Sequence[int]) -> PackedSide | None:
        """Return the first of some people who are allowed, as ``nearest`` does.

        None when too few of them are: others further away would have a place among the compared.
        """
        kept = [one for one in order if one in allowed][: self._compared]
        return self.beside(kept) if len(kept) == self._compared else None

    def _is_whole(self, session: Session, stamp: SideStamp, edition_id: int, side: str) -> bool:
        """Tell whether everybody on the side is here; a few who are not are read."""
        if self._whole != stamp:
            there = participant_ids(session, edition_id, side)
            if len(self._missing(there)) > AT_ONCE:
                return False
            self._refresh(session, stamp.version, there, None)
            self._whole = stamp
        return True

    def nearest(
        self,
        session: Session,
        asker: EncodedPerson,
        allowed: Collection[int],
        also: Collection[int] = (),
    ) -> PackedSide:
        """Return the people to compare an asker with: all of the allowed, or of many the nearest.

        Somebody of whom nothing is encoded yet is left out, and so is, right after a start or a
        large import, who has not been read yet.

        Parameters
        ----------
        allowed
            Profile ids of the people to look among; they are the keys of the result.
        also
            People to have ready besides, for ``beside``.
        """
        version = index_version(session)
        with self._lock:
            if version >= self._version:
                self._refresh(session, version, {*allowed, *also}, self._at_once(allowed))
                ready = make_ready([asker], self.calibration)
                return self._people.near(ready, allowed, self._compared)
        # This session sees the past of what another thread has read already: it must not be mixed.
        past = SideCache(self.calibration, self._compared, self.weighing)
        return past.nearest(session, asker, allowed)

    def beside(self, profile_ids: Collection[int]) -> PackedSide:
        """Return people whom the last ``nearest`` had ready; who has no text is left out."""
        with self._lock:
            return self._people.of(profile_ids)

    def fetch(self) -> None:
        """Have everybody of this side read, if there is anybody who does it."""
        if self._fetch is not None:
            self._fetch(self)

    def warm(self, session: Session, profile_ids: Collection[int]) -> bool:
        """Read the next of these people who are not there; false when all are.

        Pages that ask meanwhile do not wait for it. Call it again with a new session.
        """
        version = index_version(session)
        with self._lock:
            if version > self._version:
                self._refresh(session, version, (), None)
            missing = self._missing(profile_ids)[:AT_ONCE]
            if not missing and len(self._people) > self._compared:
                self._people.settle()
        if not missing:
            self._leaves_out = False
            return False
        read = read_ready(session, self.calibration, missing, self.weighing)
        with self._lock:
            # otherwise what was read is of the past, and is read again
            if self._version == version:
                self._people.put(read)
        return True

    def _at_once(self, allowed: Collection[int]) -> int | None:
        """Tell how many to read now, and have the rest fetched; None for all."""
        self._leaves_out = self._fetch is not None and len(self._missing(allowed)) > AT_ONCE
        if not self._leaves_out:
            return None
        self.fetch()
        return AT_ONCE

    def _missing(self, profile_ids: Collection[int]) -> list[int]:
        return sorted(one for one in profile_ids if one not in self._people)

    def _refresh(
        self, session: Session, version: int, wanted: Collection[int], most: int | None
    ) -> None:
        """Drop whoever changed, and read whoever is wanted and not there."""
        changed: set[int] = set()
        if version > self._version != _NEVER:
            changes = changed_since(session, self._version)
            changed = {one.profile_id for one in changes if one.profile_id in self._people}
        missing = [*sorted(changed & {*wanted}), *self._missing(wanted)][:most]
        # All is read before anything is changed: an error must leave the cache as it was.
        read = read_ready(session, self.calibration, missing, self.weighing) if missing else None
        self._people.drop(changed)
        if read is not None:
            self._people.put(read)
        self._version = version


class MatcherCache:
    """The sides of all editions that this process was asked about.

    Parameters
    ----------
    fetch
        See ``SideCache``.
    """

    def __init__(self, fetch: Fetch | None = None) -> None:
        self._lock = Lock()
        self._fetch = fetch
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
                fetch = self._fetch and partial(_fetch_side, self._fetch, edition_id, side)
                found = SideCache(calibration, weighing=weighing, fetch=fetch)
                self._sides[edition_id, side] = found
            return found


def _fetch_side(fetch: Fetch, edition_id: int, side: str, cache: SideCache) -> None:
    fetch(cache, edition_id, side)
