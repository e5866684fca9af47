"""What an organiser sees of an edition in pictures: numbers by day, field, topic and country.

Sums only; nobody can be told from them but by those who may read the list of participants anyway.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from models import (
    Edition,
    EditionCountry,
    Field,
    Pairing,
    Participation,
    Profile,
    ProfileField,
    Round,
)

MOST_TOPICS = 15
_RIGHT = "right"


@dataclass(frozen=True, slots=True)
class SidedCount:
    """How many people of either side something is true of."""

    left: int
    right: int


@dataclass(frozen=True, slots=True)
class CountryPairs:
    """Pairs of a round by the countries of the two people, the most frequent countries first."""

    round: int | None
    left: tuple[str, ...]
    right: tuple[str, ...]
    counts: Mapping[tuple[str, str], int]

    @property
    def total(self) -> int:
        """All pairs."""
        return sum(self.counts.values())


def registrations(session: Session, edition: Edition) -> dict[date, SidedCount]:
    """Count who has joined up to each day on which somebody did, on the left side's calendar."""
    query = (
        select_columns(col(Participation.joined_at), col(EditionCountry.side))
        .join(Profile, col(Profile.id) == Participation.profile_id)
        .join(EditionCountry, col(EditionCountry.country) == Profile.country)
        .where(
            col(Participation.edition_id) == edition.id,
            col(EditionCountry.edition_id) == edition.id,
        )
    )
    zone = ZoneInfo(edition.left_zone)
    days = Counter((at.astimezone(zone).date(), side) for at, side in session.execute(query))
    found: dict[date, SidedCount] = {}
    left = right = 0
    for day in sorted({day for day, _ in days}):
        left, right = left + days[day, "left"], right + days[day, "right"]
        found[day] = SidedCount(left, right)
    return found


def fields(session: Session, edition: Edition) -> list[tuple[Field, SidedCount]]:
    """Count people by field, in the order of the fields; somebody in two counts in both."""
    query = (
        select_columns(Field, col(EditionCountry.side), func.count())
        .join(ProfileField, col(ProfileField.field_slug) == Field.slug)
        .join(Profile, col(Profile.id) == ProfileField.profile_id)
        .join(Participation, col(Participation.profile_id) == Profile.id)
        .join(EditionCountry, col(EditionCountry.country) == Profile.country)
        .where(
            col(Participation.edition_id) == edition.id,
            col(EditionCountry.edition_id) == edition.id,
        )
        .group_by(col(Field.slug), col(EditionCountry.side))
        .order_by(col(Field.position), col(Field.slug))
    )
    counts: dict[str, Counter[str]] = {}
    rows: dict[str, Field] = {}
    for field, side, count in session.execute(query):
        rows[field.slug] = field
        counts.setdefault(field.slug, Counter())[side] += count
    return [
        (row, SidedCount(counts[slug]["left"], counts[slug][_RIGHT])) for slug, row in rows.items()
    ]


def topics(session: Session, edition: Edition) -> list[tuple[str, SidedCount]]:
    """Count people by topic, the most frequent ones first, as profiles store them."""
    query = (
        select_columns(col(Profile.topics), col(EditionCountry.side))
        .join(Participation, col(Participation.profile_id) == Profile.id)
        .join(EditionCountry, col(EditionCountry.country) == Profile.country)
        .where(
            col(Participation.edition_id) == edition.id,
            col(EditionCountry.edition_id) == edition.id,
        )
    )
    counts: dict[str, Counter[str]] = {}
    for words, side in session.execute(query):
        for word in set(words):
            counts.setdefault(word, Counter())[side] += 1
    order = sorted(counts, key=lambda word: (-counts[word].total(), word))
    return [
        (word, SidedCount(counts[word]["left"], counts[word][_RIGHT]))
        for word in order[:MOST_TOPICS]
    ]


def country_pairs(session: Session, edition: Edition) -> CountryPairs:
    """Count the pairs of the published round, or of the newest finished one, by countries."""
    row = _round(session, edition)
    if row is None:
        return CountryPairs(None, (), (), {})
    left, right = aliased(Profile), aliased(Profile)
    query = (
        select_columns(col(left.country), col(right.country), func.count())
        .select_from(Pairing)
        .join(left, col(left.id) == Pairing.left_id)
        .join(right, col(right.id) == Pairing.right_id)
        .where(col(Pairing.round_id) == row.id)
        .group_by(col(left.country), col(right.country))
    )
    counts = {(one or "", other or ""): count for one, other, count in session.execute(query)}
    by_left, by_right = Counter[str](), Counter[str]()
    for (one, other), count in counts.items():
        by_left[one] += count
        by_right[other] += count
    return CountryPairs(row.number, _often(by_left), _often(by_right), counts)


def _often(counts: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(counts, key=lambda code: (-counts[code], code)))


def _round(session: Session, edition: Edition) -> Round | None:
    published = col(Round.published_at).is_not(None) & col(Round.withdrawn_at).is_(None)
    query = (
        select_columns(Round)
        .where(col(Round.edition_id) == edition.id, col(Round.state) == "done")
        .order_by(published.desc(), col(Round.number).desc())
        .limit(1)
    )
    return session.execute(query).scalars().first()
