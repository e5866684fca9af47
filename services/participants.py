"""Who takes part in an edition, and on which side they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from models import EditionCountry, IndexVersion, Participation, Profile
from services.consents_reading import may_be_paired

# Who chose one of these, and published, is seen by the other participants.
VISIBLE_TO_PARTICIPANTS = ("participants", "signed-in")


@dataclass(frozen=True)
class SideCounts:
    """How many people take part on either side, and how many of them need a look.

    ``unconfirmed`` were imported; ``unagreed`` have not agreed to what lists and rounds need.
    """

    left: int = 0
    right: int = 0
    unconfirmed: int = 0
    unagreed: int = 0


@dataclass(frozen=True)
class SideStamp:
    """What changes when anybody joins an edition, changes sides, or has new vectors.

    ``latest`` and ``joined_at`` are the last participation's: a database may give the number of one
    that was deleted to the next.
    """

    version: int
    latest: int
    joined_at: datetime | None


def side_stamp(session: Session, edition_id: int) -> SideStamp:
    """Read an edition's stamp; one query, much cheaper than the list of its people."""
    version = select(IndexVersion.version).scalar_subquery()
    query = (
        select(version, Participation.id, Participation.joined_at)
        .where(Participation.edition_id == edition_id)
        .order_by(col(Participation.id).desc())
        .limit(1)
    )
    found = session.exec(query).first()
    return SideStamp(found[0] or 0, found[1], found[2]) if found else SideStamp(0, 0, None)


def participants(session: Session, edition_id: int, side: str) -> Sequence[Profile]:
    """List one side's people, imported ones too, in the order of the senders' ids.

    Who withdrew the consent to be compared, or to be shown abroad, is not among them.
    The order does not depend on when somebody joined, so that a round can be repeated elsewhere.
    """
    query = (
        select(Profile)
        .join(Participation, col(Participation.profile_id) == Profile.id)
        .join(EditionCountry, col(EditionCountry.country) == Profile.country)
        .where(
            Participation.edition_id == edition_id,
            EditionCountry.edition_id == edition_id,
            EditionCountry.side == side,
            may_be_paired(),
        )
        .order_by(Profile.source, Profile.source_key)
    )
    return session.exec(query).all()


def participant_ids(session: Session, edition_id: int, side: str) -> list[int]:
    """List the profile ids of one side's people, whether they may be shown or not."""
    query = (
        select(Participation.profile_id)
        .join(Profile, col(Participation.profile_id) == Profile.id)
        .join(EditionCountry, col(EditionCountry.country) == Profile.country)
        .where(
            Participation.edition_id == edition_id,
            EditionCountry.edition_id == edition_id,
            EditionCountry.side == side,
        )
        .order_by(col(Participation.profile_id))
    )
    return list(session.exec(query))


def side_counts(session: Session, edition_id: int) -> SideCounts:
    """Count an edition's participants in one query."""
    unconfirmed = col(Profile.confirmed_at).is_(None).label("unconfirmed")
    agreed = may_be_paired().label("agreed")
    each = (
        select(EditionCountry.side, unconfirmed, agreed)
        .join(Profile, col(Profile.country) == EditionCountry.country)
        .join(Participation, col(Participation.profile_id) == Profile.id)
        .where(
            Participation.edition_id == edition_id,
            EditionCountry.edition_id == edition_id,
        )
        .subquery()
    )
    kinds = (each.c.side, each.c.unconfirmed, each.c.agreed)
    rows = session.execute(select(*kinds, func.count()).group_by(*kinds)).all()
    return SideCounts(
        left=sum(row[3] for row in rows if row.side == "left"),
        right=sum(row[3] for row in rows if row.side == "right"),
        unconfirmed=sum(row[3] for row in rows if row.unconfirmed),
        unagreed=sum(row[3] for row in rows if not row.agreed),
    )
