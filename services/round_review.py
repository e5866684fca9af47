"""Who fares how in a round: the worst first, and why somebody has no good match.

Everybody who took part is read at once, in two queries, without their texts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Label, Subquery, and_, case, exists, func, union_all
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from matchmaking.calibration import Calibration, Grade
from matchmaking.export import MatchedPerson
from models import Consent, Edition, Pairing, Participation, Profile, Round, RoundPerson
from services.consents_reading import GENDER
from services.edition_calibration import calibration_of
from services.matched_people import matched_people

Why = Literal["", "nobody-open", "nobody-fits", "none-given", "given-to-others"]
PAGE_SIZE = 50
_HALVINGS = 40
_GOOD = (Grade.GOOD, Grade.STRONG, Grade.EXCELLENT)


@dataclass(frozen=True, slots=True)
class Fared:
    """How somebody fares: partners, their affinities together, and the best among them.

    ``why`` is empty for who has a good match. ``shown`` is on how many lists of suggestions they
    stand, None while nobody counted. ``gender`` is empty without the consent to its one use.
    """

    profile_id: int
    side: str
    country: str
    career_stage: str
    organisation_type: str
    gender: str
    least: int
    most: int
    partners: int
    total: float
    best: float | None
    possible: float | None
    shown: int | None
    why: Why


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A line of the list: how somebody fares, and who it is."""

    fared: Fared
    person: MatchedPerson


@dataclass(frozen=True, slots=True)
class Review:
    """Everybody of a round, who fares worst first, and a page of them by name."""

    everybody: tuple[Fared, ...]
    rows: tuple[ReviewRow, ...]
    unmatched: int
    page: int
    pages: int


def review_of(
    session: Session, edition: Edition, row: Round, page: int = 1, *, only_unmatched: bool = True
) -> Review:
    """Read how a round's people fare; three queries for any number of them.

    Parameters
    ----------
    only_unmatched
        List by name only those without a good match.
    """
    everybody = everybody_of(session, edition, row)
    unmatched = [one for one in everybody if one.why]
    listed: Sequence[Fared] = unmatched if only_unmatched else everybody
    pages = max(1, -(-len(listed) // PAGE_SIZE))
    page = min(max(1, page), pages)
    part = listed[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    people = matched_people(session, [one.profile_id for one in part])
    rows = tuple(ReviewRow(one, people[one.profile_id]) for one in part)
    return Review(tuple(everybody), rows, len(unmatched), page, pages)


def everybody_of(session: Session, edition: Edition, row: Round) -> list[Fared]:
    """Read everybody who took part in a round and is still known, who fares worst first."""
    got = _got(row)
    consents = exists().where(
        col(Consent.account_id) == Profile.account_id, col(Consent.purpose) == GENDER
    )
    here = and_(
        col(Participation.profile_id) == RoundPerson.profile_id,
        col(Participation.edition_id) == edition.id,
    )
    query = (
        select_columns(
            col(RoundPerson.profile_id),
            col(RoundPerson.side),
            col(Profile.country),
            col(Profile.career_stage),
            col(Profile.organisation_type),
            case((consents, col(Profile.gender)), else_=None),
            col(RoundPerson.least),
            col(RoundPerson.most),
            func.coalesce(got.c.partners, 0),
            func.coalesce(got.c.total, 0.0),
            got.c.best,
            col(RoundPerson.best),
            col(Participation.lists_after),
        )
        .join(Profile, col(Profile.id) == RoundPerson.profile_id)
        .join(got, got.c.person == RoundPerson.profile_id, isouter=True)
        .join(Participation, here, isouter=True)
        .where(col(RoundPerson.round_id) == row.id, col(RoundPerson.most) > 0)
        .order_by(func.coalesce(got.c.total, 0.0), col(RoundPerson.profile_id))
    )
    good = _good_from(calibration_of(edition))
    return [_fared(tuple(one), good) for one in session.execute(query)]


def _fared(one: tuple[Any, ...], good: float) -> Fared:
    who, side, country, stage, kind, gender, least, most = one[:8]
    partners, total, best, possible, shown = one[8:]
    return Fared(
        profile_id=who,
        side=side,
        country=country or "",
        career_stage=stage or "",
        organisation_type=kind or "",
        gender=gender or "",
        least=least,
        most=most,
        partners=partners,
        total=total,
        best=best,
        possible=possible,
        shown=shown,
        why=_why(best, possible, partners, good),
    )


def _got(row: Round) -> Subquery:
    """Make (person, partners, total, best) of a round's pairs."""
    mine = col(Pairing.round_id) == row.id
    score: Label[float] = col(Pairing.score).label("score")
    ends = union_all(
        select_columns(col(Pairing.left_id).label("person"), score).where(mine),
        select_columns(col(Pairing.right_id), score).where(mine),
    ).subquery()
    return (
        select_columns(
            ends.c.person,
            func.count().label("partners"),
            func.sum(ends.c.score).label("total"),
            func.max(ends.c.score).label("best"),
        )
        .group_by(ends.c.person)
        .subquery()
    )


def _good_from(calibration: Calibration) -> float:
    """Find the lowest score that is a good match: halved again and again, as grades only rise."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if calibration.grade(middle) in _GOOD:
            high = middle
        else:
            low = middle
    return high


def _why(
    best: float | None,
    possible: float | None,
    partners: int,
    good: float,
) -> Why:
    """Say why somebody has no good match: nobody open, nobody who fits, or others came first."""
    if best is not None and best >= good:
        return ""
    if possible is None:
        return "nobody-open"
    if possible < good:
        return "nobody-fits"
    return "given-to-others" if partners else "none-given"
