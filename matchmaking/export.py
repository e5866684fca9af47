"""What a match list says: one row a pair, in columns that are chosen."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class MatchedPerson:
    """One end of a match, as far as any list may say it: no address, no telephone."""

    id: str
    name: str
    name_native: str
    organisation: str
    country: str


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """One end of a match with what a list may say besides; what its owner does not show is empty.

    ``email`` is empty without the person's consent to its use by organisers.
    """

    who: MatchedPerson
    organisation_type: str = ""
    career_stage: str = ""
    fields: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    email: str = ""


@dataclass(frozen=True, slots=True)
class ListedMeeting:
    """When the two meet: "proposed", or "accepted" by both; ``uid`` names it to calendars."""

    id: int
    uid: str
    sequence: int
    state: str
    start: datetime
    end: datetime
    table: int | None
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Match:
    """One row of a match list; ``score`` is in (0, 1), ``grade`` its name."""

    left: ListedPerson
    right: ListedPerson
    score: float
    grade: str
    meeting: ListedMeeting | None = None


@dataclass(frozen=True, slots=True)
class MatchList:
    """The matches of one round of one edition, in the order of the people's ids.

    Parameters
    ----------
    made_at
        When the round was finished: the date of every file, so that it does not change by itself.
    zones
        Of the left and the right side.
    left_out
        How many pairs are missing because one of the two left, or withdrew a consent.
    """

    edition: str
    round: int
    made_at: datetime
    zones: tuple[str, str]
    matches: tuple[Match, ...]
    left_out: int = 0

    @property
    def scheduled(self) -> int:
        """How many of the pairs have a meeting."""
        return sum(match.meeting is not None for match in self.matches)
