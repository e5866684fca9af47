"""People as a list for organisers names them: what they show to organisers, and no more.

Every organiser of an edition gets the same list, whatever else they may see as a participant.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from matchmaking.export import ListedPerson, MatchedPerson
from models import Edition, Organisation, Participation, Profile, ProfileField
from services.consents_reading import CONTACT, consented, may_be_paired
from services.organisation_names import chunks
from services.roles import Roles
from services.visibility import Viewer, visible_in
from services.visibility_parts import Part, shown_parts

_CHUNK = 5000
_NOTHING: frozenset[Part] = frozenset()


@dataclass(frozen=True, slots=True)
class Listing:
    """Somebody of a round; ``here`` while they take part and consent to being brought together."""

    person: ListedPerson
    here: bool


def organisers_of(edition: Edition) -> Viewer:
    """Give the reader of an edition's lists: any of its organisers."""
    return Viewer(None, Roles(organises=frozenset({edition.id})))


def listed_people(
    session: Session, edition: Edition, profile_ids: Sequence[int]
) -> dict[int, Listing]:
    """Read people for a list, by profile id; three queries for each five thousand."""
    found: dict[int, Listing] = {}
    for some in chunks(profile_ids, _CHUNK):
        shown = shown_parts(session, organisers_of(edition), some)
        fields = _fields(session, some)
        found |= _read(session, edition, some, shown, fields)
    return found


def takes_part_in(edition: Edition) -> ColumnElement[bool]:
    """Make the condition that a ``Profile`` takes part and may be brought together with others."""
    place = exists().where(
        col(Participation.profile_id) == Profile.id, col(Participation.edition_id) == edition.id
    )
    return and_(place, may_be_paired())


def _read(
    session: Session,
    edition: Edition,
    ids: Sequence[int],
    shown: Mapping[int, frozenset[Part]],
    fields: Mapping[int, Sequence[str]],
) -> dict[int, Listing]:
    here = takes_part_in(edition)
    visible = visible_in(edition.id, organisers_of(edition))
    query = (
        select_columns(Profile, Organisation, here, consented(CONTACT), visible)
        .join(Organisation, isouter=True)
        .where(col(Profile.id).in_(ids))
    )
    return {
        profile.id: Listing(
            _person(
                profile,
                organisation,
                shown[profile.id] if open_ else _NOTHING,
                tuple(fields[profile.id]),
                profile.email if mail else "",
            ),
            here=bool(is_here),
        )
        for profile, organisation, is_here, mail, open_ in session.execute(query)
    }


def _person(
    profile: Profile,
    organisation: Organisation | None,
    shown: frozenset[Part],
    fields: tuple[str, ...],
    email: str,
) -> ListedPerson:
    topics, career = "topics" in shown, "career" in shown
    kind = profile.organisation_type or (organisation.type if organisation else "")
    return ListedPerson(
        who=matched_person(profile, organisation),
        organisation_type=kind or "",
        career_stage=(profile.career_stage or "") if career else "",
        fields=fields if topics else (),
        topics=tuple(profile.topics) if topics else (),
        languages=tuple(profile.languages) if career else (),
        email=email,
    )


def matched_person(profile: Profile, organisation: Organisation | None) -> MatchedPerson:
    """Name somebody as every list of a round does."""
    return MatchedPerson(
        id=profile.source_key,
        name=profile.name,
        name_native=profile.name_native,
        organisation=organisation.name if organisation else profile.organisation_name,
        country=profile.country or "",
    )


def _fields(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    query = select(ProfileField.profile_id, ProfileField.field_slug).where(
        col(ProfileField.profile_id).in_(ids)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for owner, slug in session.exec(query.order_by(col(ProfileField.field_slug))):
        found[owner].append(slug)
    return found
