"""A person's matches of the published round: whom they are to meet, and why, as they may read it.

Parts that the other hides are neither shown nor quoted; somebody who is not open to participants
stays without a name; whom either of the two hides from the other is not there at all.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from models import Edition, Pairing, Participation, Profile, Round
from services.candidates import Place, places_of
from services.consents_reading import may_be_paired
from services.people import PersonLine, person_lines
from services.private_choices import hidden_from
from services.ranking import ground_code
from services.suggestions import Evidence, Reason, Suggestion, passage_texts, shown_texts
from services.visibility import Viewer, visible_in

Texts = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class MyMatch:
    """One partner; ``open`` when their page may be read, otherwise only their country is told."""

    person: PersonLine
    suggestion: Suggestion
    open: bool


@dataclass(frozen=True, slots=True)
class MyMatches:
    """Somebody's matches of an edition's published round, the best first."""

    place: Place
    round: Round
    matches: tuple[MyMatch, ...]


def published_editions(session: Session, profile_id: int) -> list[Edition]:
    """List the editions whose published round pairs somebody, the latest first; one query."""
    paired = (
        select(Round.edition_id)
        .join(Pairing, col(Pairing.round_id) == Round.id)
        .where(
            col(Round.published_at).is_not(None),
            col(Round.withdrawn_at).is_(None),
            (Pairing.left_id == profile_id) | (Pairing.right_id == profile_id),
        )
    )
    query = select(Edition).where(col(Edition.id).in_(paired))
    return sorted(session.exec(query), key=lambda one: (one.starts_at, one.id), reverse=True)


def my_matches(session: Session, viewer: Viewer, profile_id: int) -> list[MyMatches]:
    """Read somebody's matches of every published round; nine queries for one edition."""
    found = []
    places = {place.edition.id: place for place in places_of(session, profile_id, compared=True)}
    for row in _published(session, places):
        matches = _matches(session, viewer, places[row.edition_id], row)
        found.append(MyMatches(places[row.edition_id], row, matches))
    return found


def _published(session: Session, editions: Collection[int]) -> list[Round]:
    query = select(Round).where(
        col(Round.edition_id).in_(editions),
        col(Round.published_at).is_not(None),
        col(Round.withdrawn_at).is_(None),
    )
    return list(session.exec(query.order_by(col(Round.published_at).desc())))


def _matches(session: Session, viewer: Viewer, place: Place, row: Round) -> tuple[MyMatch, ...]:
    pairings = _pairings(session, place, row)
    others = list(pairings)
    lines = person_lines(session, others, viewer)
    open_to_me = visible_in(place.edition.id, viewer)
    query = select(Profile.id).where(col(Profile.id).in_(others), open_to_me)
    opened = set(session.exec(query))
    mine = passage_texts(session, [place.profile_id])[place.profile_id]
    texts = shown_texts(session, viewer, sorted(opened))
    return tuple(
        MyMatch(
            lines[other] if other in opened else _unnamed(lines[other]),
            _suggestion(place, other, pairing, mine, texts.get(other, {})),
            other in opened,
        )
        for other, pairing in pairings.items()
    )


def _pairings(session: Session, place: Place, row: Round) -> dict[int, Pairing]:
    """Find somebody's pairs by the other's id, the best first, but for who left or is hidden."""
    mine, other = (
        (Pairing.left_id, Pairing.right_id)
        if place.side == "left"
        else (Pairing.right_id, Pairing.left_id)
    )
    query = (
        select(other, Pairing)
        .join(Profile, col(Profile.id) == other)
        .join(Participation, col(Participation.profile_id) == other)
        .where(
            Pairing.round_id == row.id,
            mine == place.profile_id,
            Participation.edition_id == place.edition.id,
            col(other).not_in(hidden_from(place.profile_id)),
            may_be_paired(),
        )
        .order_by(col(Pairing.score).desc(), col(Pairing.id))
    )
    return dict(session.exec(query).all())


def _unnamed(line: PersonLine) -> PersonLine:
    return PersonLine(line.profile_id, "", "", "", line.country, "")


def _suggestion(
    place: Place, other: int, pairing: Pairing, mine: Texts, theirs: Texts
) -> Suggestion:
    reasons = (_reason(place.side, kept, mine, theirs) for kept in pairing.reasons)
    told = tuple(reason for reason in reasons if reason is not None and reason.evidence)
    return Suggestion(other, pairing.score, pairing.grade, told)


def _reason(side: str, kept: dict[str, Any], mine: Texts, theirs: Texts) -> Reason | None:
    """Turn a reason as the round kept it to the side of its reader, with the texts of today."""
    code = ground_code(side, kept["code"])
    if code is None:
        return None
    own, far = ("left", "right") if side == "left" else ("right", "left")
    evidence = tuple(
        Evidence(*mine[one[own]], *theirs[one[far]], one["similarity"])
        for one in kept["evidence"]
        # A text may have been taken back since the round.
        if one[own] in mine and one[far] in theirs
    )
    return Reason(code, kept["strength"], evidence)
