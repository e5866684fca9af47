"""The participants of an edition as facts for a report."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from matchmaking.outcome_values import PersonFact
from models import Edition, EditionCountry, Participation, Profile, ProfileField
from services.consents_reading import STATISTICS, consented
from services.listed_people import organisers_of
from services.visibility_parts import ALL_PARTS, shown_parts


def people_of(
    session: Session, edition: Edition, paired: set[int], reached: Mapping[int, set[str]]
) -> tuple[PersonFact, ...]:
    """Read the participants of an edition as facts; three queries."""
    on_side = (col(EditionCountry.country) == Profile.country) & (
        col(EditionCountry.edition_id) == edition.id
    )
    query = (
        select_columns(
            col(Profile.id),
            col(Profile.country),
            col(Profile.career_stage),
            col(EditionCountry.side),
            consented(STATISTICS),
        )
        .join(Participation, col(Participation.profile_id) == Profile.id)
        .outerjoin(EditionCountry, on_side)
        .where(col(Participation.edition_id) == edition.id)
        .order_by(col(Profile.id))
    )
    rows = session.execute(query).all()
    ids = [row[0] for row in rows]
    # What somebody hides from organisers is not told to them in sums either.
    shown = shown_parts(session, organisers_of(edition), ids)
    fields: dict[int, list[str]] = defaultdict(list)
    for owner, slug in session.exec(
        select(ProfileField.profile_id, ProfileField.field_slug).where(
            col(ProfileField.profile_id).in_(ids)
        )
    ):
        fields[owner].append(slug)
    return tuple(
        PersonFact(
            id=one,
            side=side or "",
            country=country or "",
            career_stage=(stage or "") if "career" in shown.get(one, ALL_PARTS) else "",
            fields=tuple(sorted(fields[one])) if "topics" in shown.get(one, ALL_PARTS) else (),
            reached=frozenset(
                (reached.get(one, set()) | {"counted"} if yes else set())
                | ({"paired"} if one in paired else set())
            ),
        )
        for one, country, stage, side, yes in rows
    )
