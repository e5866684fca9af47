"""Facts that keep two people of an edition from being proposed to each other.

Same organisation, a shared publication, co-authors, an earlier meeting: an organiser may see and
lift them. Personal exclusions are private and not among them (``services.exclusions``).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlmodel import Session, col, select

from matchmaking.conflicts import Conflict, ConflictCode, conflicts
from matchmaking.conflicts_one import conflicts_of_one
from matchmaking.scorers import IntArray
from models import Edition, EditionCountry, Organisation, Participation, Profile
from services.already_met import Encounter, met_by
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
    session: Session,
    left_ids: Sequence[int],
    right_ids: Sequence[int],
    met: Collection[Encounter] = (),
) -> IntArray:
    """Find the pairs that a round does not make, in three queries a side.

    Parameters
    ----------
    met
        Who met before (``services.already_met``).

    Returns
    -------
    (k, 2) int array
        Places in ``left_ids`` and ``right_ids``, sorted, each pair once.
    """
    left, right = read_parties(session, left_ids), read_parties(session, right_ids)
    places = _met_places(met, left_ids, right_ids)
    pairs = {(one.left, one.right) for one in conflicts(left, right, places)}
    return np.array(sorted(pairs), np.int32).reshape(-1, 2)


def conflicting(session: Session, profile_id: int, candidate_ids: Collection[int]) -> set[int]:
    """Tell with which of some candidates somebody has a conflict, in three queries.

    It reads every publication of the candidates, so it is for a list's hundreds, not for a side's
    thousands.
    """
    candidates = list(candidate_ids)
    me, *others = read_parties(session, [profile_id, *candidates])
    found = conflicts_of_one(me, others)
    return {candidates[one.right] for one in found}


def conflicts_of(session: Session, edition: Edition, profile_id: int) -> tuple[KnownConflict, ...]:
    """List a participant's conflicts with the other side of an edition, in ten queries.

    Raises
    ------
    NotFound
        When the person does not take part.
    """
    others = _other_side(session, edition.id, profile_id)
    (me,) = read_parties(session, [profile_id])
    found = conflicts_of_one(me, read_parties(session, others))
    names = _organisation_names(session, (one.evidence for one in found), profile_id)
    met = met_by(session, edition, profile_id)
    encounters = (KnownConflict(one, ConflictCode.ALREADY_MET, "", "") for one in others)
    return (
        *_known(found, others, names),
        *(known for known in encounters if known.profile_id in met),
    )


def _known(
    found: Iterable[Conflict], others: Sequence[int], names: Mapping[str, str]
) -> tuple[KnownConflict, ...]:
    return tuple(
        KnownConflict(
            profile_id=others[one.right],
            code=one.code,
            evidence=names.get(one.evidence, one.evidence),
            name=one.name,
        )
        for one in found
    )


def _met_places(
    met: Collection[Encounter], left_ids: Sequence[int], right_ids: Sequence[int]
) -> list[tuple[int, int]]:
    """Find the places of those who met; in an earlier edition the sides may have been others."""
    row = {one: place for place, one in enumerate(left_ids)}
    column = {one: place for place, one in enumerate(right_ids)}
    both = (
        pair for one in met for pair in ((one.one_id, one.other_id), (one.other_id, one.one_id))
    )
    return [(row[one], column[other]) for one, other in both if one in row and other in column]


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
