"""Who may see whose profile. Mail and phone are no part of it: nobody sees them here."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models import Participation, Profile
from services.participants import VISIBLE_TO_PARTICIPANTS
from services.roles import Roles

VISIBLE_TO_ORGANISERS = ("organisers", *VISIBLE_TO_PARTICIPANTS)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is looking: their own profile, if they have one, and their roles."""

    profile_id: int | None
    roles: Roles


def visible_in(edition_id: int, viewer: Viewer) -> ColumnElement[bool]:
    """Make the condition under which a participant's profile is shown to another participant.

    Organisers of the edition also see who shows themselves to organisers only, and people who were
    imported and have not confirmed yet.
    """
    confirmed = col(Profile.confirmed_at).is_not(None)
    published = col(Profile.published_at).is_not(None)
    if viewer.roles.may_organise(edition_id):
        shown = and_(published, col(Profile.visibility).in_(VISIBLE_TO_ORGANISERS))
        return or_(~confirmed, shown)
    return and_(confirmed, published, col(Profile.visibility).in_(VISIBLE_TO_PARTICIPANTS))


def may_see(session: Session, viewer: Viewer, profile: Profile) -> bool:
    """Tell whether somebody who is signed in may read a profile's page."""
    if viewer.profile_id == profile.id:
        return True
    public = profile.confirmed_at is not None and profile.published_at is not None
    if public and profile.visibility == "signed-in":
        return True
    if public and profile.visibility == "participants" and _meet(session, viewer, profile):
        return True
    return _organises(session, viewer, profile)


def _meet(session: Session, viewer: Viewer, profile: Profile) -> bool:
    """Tell whether both take part in one edition."""
    if viewer.profile_id is None:
        return False
    other = aliased(Participation)
    query = select(
        exists().where(
            col(Participation.profile_id) == profile.id,
            col(other.profile_id) == viewer.profile_id,
            col(other.edition_id) == Participation.edition_id,
        )
    )
    return session.exec(query).one()


def _organises(session: Session, viewer: Viewer, profile: Profile) -> bool:
    """Tell whether the viewer organises an edition in which this profile is shown to organisers."""
    unconfirmed = profile.confirmed_at is None
    shown = profile.published_at is not None and profile.visibility in VISIBLE_TO_ORGANISERS
    if not viewer.roles.organiser or not (unconfirmed or shown):
        return False
    editions = select(Participation.edition_id).where(Participation.profile_id == profile.id)
    return any(viewer.roles.may_organise(one) for one in session.exec(editions))
