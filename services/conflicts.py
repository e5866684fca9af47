"""Facts that keep two people of an edition from being proposed to each other.

Same organisation, a shared publication, co-authors: an organiser may see and lift them. Personal
exclusions are private and not among them (``services.exclusions``). What earlier editions brought
together is to follow once meetings are kept.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from sqlmodel import Session, col, select

from matchmaking.conflicts import ConflictCode, conflicts
from matchmaking.conflicts_one import conflicts_of_one
from matchmaking.scorers import IntArray
from models import Edition, EditionCountry, Organisation, Participation, Profile
from services.candidates import OTHER_SIDE
from services.conflicts_reading import read_parties
from services.errors import NotFound


@dataclass(frozen=True, slots=True)
class KnownConflict:
    """What a person has in common with somebody of the other side.

    Parameters
    ----------
    profile_id
        The other person.
    code
        What kind of fact it is.
    evidence
        The name of the organisation or the title of the publication.
    name
        For co-authors, the printed name that is taken for one of the two.
    """

    profile_id: int
    code: ConflictCode
    evidence: str
    name: str


def forbidden_pairs(
    session: Session, left_ids: Sequence[int], right_ids: Sequence[int]
) -> IntArray:
    """Find the pairs that a round does not make, in three queries a side.

    Returns
    -------
    (k, 2) int array
        Places in ``left_ids`` and ``right_ids``, sorted, each pair once.
    """
    left, right = read_parties(session, left_ids), read_parties(session, right_ids)
    pairs = {(one.left, one.right) for one in conflicts(left, right)}
    return np.array(sorted(pairs), np.int32).reshape(-1, 2)


def conflicting(session: Session, profile_id: int, candidate_ids: Collection[int]) -> set[int]:
    """Tell with which of some candidates somebody has a conflict, in six queries.

    It reads every publication of the candidates, so it is for a list's hundreds, not for a side's
    thousands.
    """
    candidates = list(candidate_ids)
    (me,) = read_parties(session, [profile_id])
    found = conflicts_of_one(me, read_parties(session, candidates))
    return {candidates[one.right] for one in found}


def conflicts_of(session: Session, edition: Edition, profile_id: int) -> tuple[KnownConflict, ...]:
    """List a participant's conflicts with the other side of an edition, in nine queries.

    Raises
    ------
    NotFound
        When the person does not take part.
    """
    others = _other_side(session, edition.id, profile_id)
    (me,) = read_parties(session, [profile_id])
    found = conflicts_of_one(me, read_parties(session, others))
    names = _organisation_names(session, (one.evidence for one in found), profile_id)
    return tuple(
        KnownConflict(
            profile_id=others[one.right],
            code=one.code,
            evidence=names.get(one.evidence, one.evidence),
            name=one.name,
        )
        for one in found
    )


def _other_side(session: Session, edition_id: int, profile_id: int) -> list[int]:
    """List the participants of the side on which somebody is not."""
    query = (
        select(Profile.id, EditionCountry.side)
        .join(Participation, col(Participation.profile_id) == Profile.id)
        .join(EditionCountry, col(EditionCountry.country) == Profile.country)
        .where(Participation.edition_id == edition_id, EditionCountry.edition_id == edition_id)
        .order_by(col(Profile.id))
    )
    sides = dict(session.exec(query).all())
    if profile_id not in sides:
        raise NotFound(f"profile {profile_id} does not take part in this edition")
    return [one for one, side in sides.items() if side == OTHER_SIDE[sides[profile_id]]]


def _organisation_names(
    session: Session, evidence: Iterable[str], profile_id: int
) -> dict[str, str]:
    """Name what ``read_parties`` gives as "id:7", or as "name:…" when it is known by words only."""
    shared = set(evidence)
    ids = [int(one.removeprefix("id:")) for one in shared if one.startswith("id:")]
    query = select(Organisation.id, Organisation.name).where(col(Organisation.id).in_(ids))
    names = {f"id:{one}": name for one, name in session.exec(query)}
    words = session.exec(select(Profile.organisation_name).where(Profile.id == profile_id)).one()
    return names | {one: words for one in shared if one.startswith("name:")}
