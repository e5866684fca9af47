"""People as a match list names them, read by their ids."""

from collections.abc import Collection
from typing import Any

from sqlmodel import Session, col, select

from matchmaking.export import MatchedPerson
from models import Organisation, Profile


def matched_people(
    session: Session,
    profile_ids: Collection[int] | Any,  # noqa: ANN401 - or a query for them
) -> dict[int, MatchedPerson]:
    """Read people by profile id, without their texts; one query. Who is gone is not among them.

    Parameters
    ----------
    profile_ids
        Some hundred ids, or a query for any number of them.
    """
    columns = (
        col(Profile.id),
        col(Profile.source_key),
        col(Profile.name),
        col(Profile.name_native),
        col(Organisation.name),
        col(Profile.organisation_name),
        col(Profile.country),
    )
    query = (
        select(*columns)  # type: ignore[call-overload] # more columns than its stubs know
        .select_from(Profile)
        .join(Organisation, isouter=True)
        .where(col(Profile.id).in_(profile_ids))
    )
    return {
        profile_id: MatchedPerson(key, name, native, place or words, country or "")
        for profile_id, key, name, native, place, words, country in session.execute(query)
    }
