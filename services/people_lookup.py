"""Find one participant by what a person at a terminal knows of them."""

from sqlmodel import Session, col, or_, select

from models import Edition, Participation, Profile
from services.candidates import Place, places_of
from services.editions import OPEN
from services.errors import NotFound, ServiceError


class NotTakingPart(ServiceError):
    """Somebody is known, and takes part in no edition that was asked for."""

    code = "not-taking-part"


class Ambiguous(ServiceError):
    """Several people go by the same id, from different sources."""

    code = "ambiguous"


def newest_open_edition(session: Session) -> Edition:
    """Find the open edition that starts last.

    Raises
    ------
    NotFound
        When none is open.
    """
    query = select(Edition).where(Edition.state == OPEN).order_by(col(Edition.starts_at).desc())
    edition = session.exec(query).first()
    if edition is None:
        raise NotFound("No edition is open: name one with --edition.")
    return edition


def find_place(session: Session, edition: Edition, key: str) -> Place:
    """Find a participant by the sender's own id, by e-mail address, or by profile id.

    The sender's id comes first, then the address; a number may be either kind of id.

    Raises
    ------
    NotFound
        When nobody goes by it.
    NotTakingPart
        When somebody does, but takes no part in the edition.
    Ambiguous
        When several participants do.
    """
    known = [col(Profile.source_key) == key, col(Profile.email) == key.casefold()]
    if key.isdecimal() and len(key) < 10:
        known.append(col(Profile.id) == int(key))
    people = session.exec(select(Profile).where(or_(*known))).all()
    if not people:
        raise NotFound(f"Nobody has the id or address {key!r}.")
    inside = _inside(session, edition, [person.id for person in people])
    there = [person for person in people if person.id in inside]
    best = [person for person in there if person.source_key == key] or there
    if len(best) > 1:
        raise Ambiguous(f"{len(best)} people go by {key!r}: name one by the e-mail address.")
    if best:
        for place in places_of(session, best[0].id, drafts=True):
            if place.edition.id == edition.id:
                return place
    raise NotTakingPart(f"{key!r} does not take part in edition {edition.slug}.")


def _inside(session: Session, edition: Edition, profile_ids: list[int]) -> set[int]:
    query = select(Participation.profile_id).where(
        Participation.edition_id == edition.id, col(Participation.profile_id).in_(profile_ids)
    )
    return set(session.exec(query))
