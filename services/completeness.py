"""How complete a profile is, and the step that would bring most, counted among the people there.

No number is invented: what a step brings is how many people on the other side, among those whom the
person may be shown, have the counterpart of what is missing.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, exists, select

from models import Profile, ProfileField, Publication, Statement
from services.candidates import Place, places_of, shown
from services.editions import sides
from services.front import edition_ahead
from services.visibility import Viewer
from services.visibility_parts import shows

PARTS = (
    "name",
    "country",
    "organisation",
    "research",
    "offers",
    "needs",
    "publications",
    "topics",
)
_COUNTERPART = {"needs": "offer", "offers": "need"}


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to fill in next.

    Parameters
    ----------
    people
        How many people on the other side it could bring: who offers something when needs are
        missing, who needs something when offers are, otherwise whose work could be compared. None
        where nothing can be counted.
    """

    part: str
    people: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """The parts that say something, out of ``PARTS``, and the best next step if one is missing."""

    filled: tuple[str, ...]
    step: NextStep | None

    @property
    def of(self) -> int:
        """How many parts there are."""
        return len(PARTS)


def progress(session: Session, profile: Profile, place: Place | None, viewer: Viewer) -> Progress:
    """Tell how complete a profile is and what to do next, in two queries at most.

    Parameters
    ----------
    place
        Where partners are looked for; None when that is not known yet.
    """
    filled = _filled(session, profile)
    missing = [part for part in PARTS if part not in filled]
    step = _step(session, missing, place, viewer) if missing else None
    return Progress(filled, step)


def place_ahead(session: Session, profile: Profile, now: datetime) -> Place | None:
    """Give where somebody takes part, or else would: in the edition ahead, on their side."""
    joined = places_of(session, profile.id)
    if joined:
        return joined[0]
    edition = edition_ahead(session, now)
    if edition is None or not profile.country:
        return None
    side = sides(session, edition.id).get(profile.country)
    return Place(edition, side, profile.id) if side else None


def _filled(session: Session, profile: Profile) -> tuple[str, ...]:
    mine = profile.id
    offers = exists().where(col(Statement.profile_id) == mine, col(Statement.kind) == "offer")
    needs = exists().where(col(Statement.profile_id) == mine, col(Statement.kind) == "need")
    works = exists().where(col(Publication.profile_id) == mine)
    fields = exists().where(col(ProfileField.profile_id) == mine)
    has_offers, has_needs, has_works, has_fields = session.exec(
        select(offers, needs, works, fields)
    ).one()
    said = {
        "name": profile.name,
        "country": profile.country,
        "organisation": profile.organisation_name,
        "research": profile.research,
        "offers": has_offers,
        "needs": has_needs,
        "publications": has_works,
        "topics": profile.topics or has_fields,
    }
    return tuple(part for part in PARTS if said[part])


def _step(session: Session, missing: list[str], place: Place | None, viewer: Viewer) -> NextStep:
    """Choose: the side first, then anything to compare, then what meets most, then the rest."""
    if "country" in missing:
        return NextStep("country")
    if place is None:
        return NextStep(missing[0])
    nothing_to_compare = "research" in missing and "publications" in missing
    if nothing_to_compare:
        return NextStep("research", _everybody(session, place, viewer))
    exchange = [part for part in ("needs", "offers") if part in missing]
    if exchange:
        counts = _with_statements(session, place, viewer)
        best = max(exchange, key=lambda part: counts.get(_COUNTERPART[part], 0))
        return NextStep(best, counts.get(_COUNTERPART[best], 0))
    for part in ("research", "publications"):
        if part in missing:
            return NextStep(part, _everybody(session, place, viewer))
    return NextStep(missing[0])


def _everybody(session: Session, place: Place, viewer: Viewer) -> int:
    people = shown(place, viewer).subquery()
    return session.exec(select(func.count()).select_from(people)).one()


def _with_statements(session: Session, place: Place, viewer: Viewer) -> dict[str, int]:
    """Count who offers something and who needs something, of those who show it."""
    showing = shown(place, viewer).where(shows("exchange", viewer))
    query = (
        select(Statement.kind, func.count(func.distinct(Statement.profile_id)))
        .where(col(Statement.profile_id).in_(showing))
        .group_by(Statement.kind)
    )
    return dict(session.exec(query).all())
