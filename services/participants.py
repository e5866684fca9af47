"""Who takes part in an edition, and on which side they stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from models import EditionCountry, Participation, Profile
from services.consents_reading import may_be_paired

# Who chose one of these, and published, is seen by the other participants.
VISIBLE_TO_PARTICIPANTS = ("participants", "signed-in")


@dataclass(frozen=True)
class SideCounts:
    """How many people take part on either side, and how many of them were imported."""

    left: int = 0
    right: int = 0
    unconfirmed: int = 0


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
    query = (
        select(EditionCountry.side, col(Profile.confirmed_at).is_(None), func.count())
        .join(Profile, col(Profile.country) == EditionCountry.country)
        .join(Participation, col(Participation.profile_id) == Profile.id)
        .where(
            Participation.edition_id == edition_id,
            EditionCountry.edition_id == edition_id,
        )
        .group_by(EditionCountry.side, col(Profile.confirmed_at).is_(None))
    )
    rows = session.exec(query).all()
    return SideCounts(
        left=sum(count for side, _, count in rows if side == "left"),
        right=sum(count for side, _, count in rows if side == "right"),
        unconfirmed=sum(count for _, unconfirmed, count in rows if unconfirmed),
    )
