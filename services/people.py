"""People as others read them: one line in a list, or a page. Mail and phone are no part of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

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
from services.visibility_parts import Part, shown_parts


@dataclass(frozen=True, slots=True)
class PersonLine:
    """What a list says of somebody; the name is empty where its owner does not show it."""

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
    shown
        The parts that this viewer may see; what belongs to another part is empty.
    """

    line: PersonLine
    texts: Person
    fields: tuple[Field, ...]
    languages: tuple[str, ...]
    confirmed: bool
    shown: frozenset[Part]


@dataclass(frozen=True, slots=True)
class Fit:
    """How a reader and somebody on the other side fit, in an edition of both."""

    place: Place
    suggestion: Suggestion


def person_lines(
    session: Session, profile_ids: Sequence[int], viewer: Viewer | None = None
) -> dict[int, PersonLine]:
    """Read people for a list, by profile id; two queries. Whether they are shown is asked before.

    Parameters
    ----------
    viewer
        Who reads the list; for nobody in particular, what everybody who has signed in may see.
    """
    shown = shown_parts(session, viewer, profile_ids)
    rows = session.exec(
        select(Profile, Organisation)
        .join(Organisation, isouter=True)
        .where(col(Profile.id).in_(profile_ids))
    )
    return {one.id: _line(one, organisation, shown[one.id]) for one, organisation in rows}


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
    shown = shown_parts(session, viewer, [profile_id])[profile_id]
    return PersonPage(
        line=person_lines(session, [profile_id], viewer)[profile_id],
        texts=_readable(person_of(session, profile), shown),
        fields=tuple(fields) if "topics" in shown else (),
        languages=tuple(profile.languages) if "career" in shown else (),
        confirmed=profile.confirmed_at is not None,
        shown=shown,
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
    return _fit(session, place, viewer, profile_id)


def _fit(session: Session, place: Place, viewer: Viewer, profile_id: int) -> Fit | None:
    calibration = calibration_of(place.edition)
    asker = asker_of(session, place)
    weighing = weighing_of(place.edition)
    other = encoded_people(session, calibration.plan, [profile_id], weighing)[profile_id]
    if not asker.encoded.passages or not other.passages:
        return None
    there = pack_side([other], calibration.plan)
    ranking = Ranking(asker.encoded, there, place.side, calibration)
    return Fit(place, explained(session, ranking, ranking.part(0, 1), asker, viewer)[0])


def _readable(texts: Person, shown: frozenset[Part]) -> Person:
    """Empty what belongs to a part that is not shown."""
    return replace(
        texts,
        organisation=texts.organisation if "identity" in shown else "",
        fields=texts.fields if "topics" in shown else (),
        topics=texts.topics if "topics" in shown else (),
        research=texts.research if "research" in shown else "",
        publications=texts.publications if "publications" in shown else (),
        offers=texts.offers if "exchange" in shown else (),
        needs=texts.needs if "exchange" in shown else (),
    )


def _line(
    profile: Profile, organisation: Organisation | None, shown: frozenset[Part]
) -> PersonLine:
    named = "identity" in shown
    place = organisation.name if organisation else profile.organisation_name
    return PersonLine(
        profile_id=profile.id,
        name=(profile.name or profile.name_native) if named else "",
        name_native=profile.name_native if named else "",
        organisation=place if named else "",
        country=profile.country or "",
        career_stage=(profile.career_stage or "") if "career" in shown else "",
    )
