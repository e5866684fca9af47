"""People as others read them: one line in a list, or a page. Mail and phone are no part of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from matchmaking.affinity_side import pack_side
from matchmaking.profile import Person
from models import Field, Organisation, Profile, ProfileField
from services.candidates import Place, places_of
from services.edition_calibration import calibration_of, weighing_of
from services.encoded_people import encoded_people
from services.errors import NotFound
from services.persons import person_of
from services.ranking import Ranking
from services.suggestions import Suggestion, asker_of, explained
from services.visibility import Viewer, may_see


@dataclass(frozen=True, slots=True)
class PersonLine:
    """What a list says of somebody."""

    profile_id: int
    name: str
    name_native: str
    organisation: str
    country: str
    career_stage: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What a page says of somebody.

    Parameters
    ----------
    texts
        Research, publications, offers and needs in their owner's order.
    languages
        That they speak.
    confirmed
        False for somebody who was imported and has not confirmed: organisers alone see the page.
    """

    line: PersonLine
    texts: Person
    fields: tuple[Field, ...]
    languages: tuple[str, ...]
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Fit:
    """How a reader and somebody on the other side fit, in an edition of both."""

    place: Place
    suggestion: Suggestion


def person_lines(session: Session, profile_ids: Sequence[int]) -> dict[int, PersonLine]:
    """Read people for a list, by profile id; one query. Who may see them is not asked here."""
    rows = session.exec(
        select(Profile, Organisation)
        .join(Organisation, isouter=True)
        .where(col(Profile.id).in_(profile_ids))
    )
    return {profile.id: _line(profile, organisation) for profile, organisation in rows}


def person_page(session: Session, viewer: Viewer, profile_id: int) -> PersonPage:
    """Read somebody's page.

    Raises
    ------
    NotFound
        When there is nobody, or nobody whom this viewer may see: the two look alike.
    """
    profile = session.get(Profile, profile_id)
    if profile is None or not may_see(session, viewer, profile):
        raise NotFound(f"There is no page {profile_id} to see.")
    fields = session.exec(
        select(Field)
        .join(ProfileField, col(ProfileField.field_slug) == Field.slug)
        .where(ProfileField.profile_id == profile_id)
        .order_by(col(Field.position), col(Field.slug))
    ).all()
    return PersonPage(
        line=person_lines(session, [profile_id])[profile_id],
        texts=person_of(session, profile),
        fields=tuple(fields),
        languages=tuple(profile.languages),
        confirmed=profile.confirmed_at is not None,
    )


def fit_with(session: Session, viewer: Viewer, profile_id: int, slug: str = "") -> Fit | None:
    """Tell how the viewer and somebody fit, in the edition asked for or the latest of both.

    None when they are not on two sides of one edition, or when a text of either waits to be read.
    """
    if viewer.profile_id is None:
        return None
    theirs = {(place.edition.id, place.side) for place in places_of(session, profile_id)}
    shared = [
        place
        for place in places_of(session, viewer.profile_id)
        if (place.edition.id, place.other_side) in theirs
    ]
    if not shared:
        return None
    place = next((one for one in shared if one.edition.slug == slug), shared[0])
    return _fit(session, place, profile_id)


def _fit(session: Session, place: Place, profile_id: int) -> Fit | None:
    calibration = calibration_of(place.edition)
    asker = asker_of(session, place)
    weighing = weighing_of(place.edition)
    other = encoded_people(session, calibration.plan, [profile_id], weighing)[profile_id]
    if not asker.encoded.passages or not other.passages:
        return None
    there = pack_side([other], calibration.plan)
    ranking = Ranking(asker.encoded, there, place.side, calibration)
    return Fit(place, explained(session, ranking, ranking.part(0, 1), asker)[0])


def _line(profile: Profile, organisation: Organisation | None) -> PersonLine:
    return PersonLine(
        profile_id=profile.id,
        name=profile.name or profile.name_native,
        name_native=profile.name_native,
        organisation=organisation.name if organisation else profile.organisation_name,
        country=profile.country or "",
        career_stage=profile.career_stage or "",
    )
