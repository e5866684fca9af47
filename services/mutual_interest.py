"""Two people who are both interested: the one thing that either may learn of the other's interest.

It ends when one of them takes it back, leaves the edition, or hides the other; why, nobody is told.
Two people who agreed on a meeting may reach each other as well, whoever proposed it.
"""

from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import ColumnElement, and_, literal, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models import Edition, Meeting, Participation, Profile, Reaction
from services.private_choices import hidden_from

_INTERESTED = "interested"
# As many queries are kept ready as there are people here at a time: see hidden_from.
_KEPT = 1000


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach somebody; ``phone`` is empty when they gave none."""

    email: str
    phone: str


def mutual_partners(session: Session, edition_id: int, profile_id: int) -> list[int]:
    """List with whom a person is in interest on both sides, the latest first; one query."""
    return list(session.exec(partners_query(edition_id, profile_id)))


def both_interested(session: Session, edition_id: int, one_id: int, other_id: int) -> bool:
    """Tell whether two participants of an edition are both interested; one query."""
    query = partners_query(edition_id, one_id).where(col(Reaction.other_id) == other_id)
    return session.exec(query).first() is not None


def may_contact(session: Session, one_id: int, other_id: int) -> bool:
    """Tell whether two people may see how to reach each other: interested or to meet, anywhere."""
    return contact_edition(session, one_id, other_id) is not None


def contact_edition(session: Session, one_id: int, other_id: int) -> Edition | None:
    """Find the latest edition in which two people are both interested, or agreed on a meeting."""
    interested = (
        partners_query(None, one_id)
        .with_only_columns(col(Reaction.edition_id))
        .where(col(Reaction.other_id) == other_id)
        .order_by(None)
    )
    both = (one_id, other_id)
    agreed = select(Meeting.edition_id).where(
        Meeting.state == "accepted",
        col(Meeting.left_id).in_(both),
        col(Meeting.right_id).in_(both),
        literal(other_id).not_in(hidden_from(one_id)),
    )
    either = or_(col(Edition.id).in_(interested), col(Edition.id).in_(agreed))
    query = select(Edition).where(either).order_by(col(Edition.starts_at).desc())
    return session.exec(query).first()


def contact_of(session: Session, reader_id: int, other_id: int) -> Contact | None:
    """Give somebody's contact details to a reader who may have them, and None to any other."""
    if not may_contact(session, reader_id, other_id):
        return None
    profile = session.get_one(Profile, other_id)
    return Contact(profile.email, profile.phone)


def partner_contacts(session: Session, edition_id: int, profile_id: int) -> dict[int, Contact]:
    """Give the contact details of everybody who is in interest on both sides; one query."""
    partners = partners_query(edition_id, profile_id).order_by(None)
    rows = session.exec(
        select(Profile.id, Profile.email, Profile.phone).where(col(Profile.id).in_(partners))
    )
    return {number: Contact(email, phone) for number, email, phone in rows}


@lru_cache(_KEPT)
def partners_query(edition_id: int | None, profile_id: int) -> SelectOfScalar[int]:
    """Make the query for the ids of everybody who is in interest on both sides with a person.

    Parameters
    ----------
    edition_id
        The edition, or None for all of them.
    """
    theirs, my_place, their_place = (
        aliased(Reaction),
        aliased(Participation),
        aliased(Participation),
    )
    back = and_(
        col(theirs.edition_id) == Reaction.edition_id,
        col(theirs.profile_id) == Reaction.other_id,
        col(theirs.other_id) == Reaction.profile_id,
        col(theirs.kind) == _INTERESTED,
    )
    query = (
        select(Reaction.other_id)
        .join(theirs, back)
        .join(my_place, _takes_part(my_place, Reaction.profile_id))
        .join(their_place, _takes_part(their_place, Reaction.other_id))
        .where(
            Reaction.profile_id == profile_id,
            Reaction.kind == _INTERESTED,
            col(Reaction.other_id).not_in(hidden_from(profile_id)),
        )
        .order_by(col(theirs.made_at).desc(), col(Reaction.made_at).desc(), col(Reaction.id))
    )
    return query if edition_id is None else query.where(Reaction.edition_id == edition_id)


def _takes_part(place: type[Participation], profile_id: object) -> ColumnElement[bool]:
    return and_(col(place.edition_id) == Reaction.edition_id, col(place.profile_id) == profile_id)
