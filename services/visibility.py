"""Who may see whose profile; services/visibility_parts.py says which parts of it.

Mail and phone are no part of it: see services/mutual_interest.py.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, false, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models import EditionCountry, Participation, PartVisibility, Profile
from services.consents_reading import OVERSEAS, consented
from services.matches import matched
from services.participants import VISIBLE_TO_PARTICIPANTS
from services.roles import Roles

VISIBLE_TO_ORGANISERS = ("organisers", *VISIBLE_TO_PARTICIPANTS)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is looking: their own profile, if they have one, and their roles."""

    profile_id: int | None
    roles: Roles


STRANGER = Viewer(None, Roles())
"""Somebody who has signed in, and of whom nothing else is known."""


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
    open_to_all = col(Profile.visibility).in_(VISIBLE_TO_PARTICIPANTS)
    open_to_me = or_(open_to_all, _open_to_match(viewer))
    return and_(confirmed, published, open_to_me, may_cross(viewer))


def may_see(session: Session, viewer: Viewer, profile: Profile) -> bool:
    """Tell whether somebody who is signed in may read a profile's page."""
    if viewer.profile_id == profile.id:
        return True
    if profile.confirmed_at is not None and profile.published_at is not None:
        opened = or_(
            col(Profile.visibility) == "signed-in",
            and_(col(Profile.visibility) == "participants", meets(viewer)),
            _open_to_match(viewer),
        )
        query = select(Profile.id).where(Profile.id == profile.id, opened, may_cross(viewer))
        if session.exec(query).first() is not None:
            return True
    return _organises(session, viewer, profile)


def meets(viewer: Viewer) -> ColumnElement[bool]:
    """Make the condition that a ``Profile`` and a viewer take part in one edition."""
    if viewer.profile_id is None:
        return false()
    mine, theirs = aliased(Participation), aliased(Participation)
    return exists().where(
        col(theirs.profile_id) == Profile.id,
        col(mine.profile_id) == viewer.profile_id,
        col(mine.edition_id) == theirs.edition_id,
    )


def may_cross(viewer: Viewer) -> ColumnElement[bool]:
    """Make the condition that a ``Profile`` may be shown where the viewer is.

    Without consent to the transfer abroad it stays on its own side: its own country, and those
    that stand beside it in some edition.
    """
    if viewer.profile_id is None:
        return consented(OVERSEAS)
    me, here, there = aliased(Profile), aliased(EditionCountry), aliased(EditionCountry)
    same_country = exists().where(
        col(me.id) == viewer.profile_id, col(me.country) == Profile.country
    )
    same_side = exists().where(
        col(me.id) == viewer.profile_id,
        col(here.country) == me.country,
        col(there.country) == Profile.country,
        col(there.edition_id) == here.edition_id,
        col(there.side) == here.side,
    )
    return or_(consented(OVERSEAS), same_country, same_side)


def _open_to_match(viewer: Viewer) -> ColumnElement[bool]:
    """Make the condition that a ``Profile`` is for its owner's matches, and the viewer is one."""
    if viewer.profile_id is None:
        return false()
    widened = exists().where(
        col(PartVisibility.profile_id) == Profile.id,
        col(PartVisibility.part) == "page",
        col(PartVisibility.level) == "matches",
    )
    return and_(widened, matched(viewer.profile_id))


def _organises(session: Session, viewer: Viewer, profile: Profile) -> bool:
    """Tell whether the viewer organises an edition in which this profile is shown to organisers."""
    unconfirmed = profile.confirmed_at is None
    shown = profile.published_at is not None and profile.visibility in VISIBLE_TO_ORGANISERS
    if not viewer.roles.organiser or not (unconfirmed or shown):
        return False
    editions = select(Participation.edition_id).where(Participation.profile_id == profile.id)
    return any(viewer.roles.may_organise(one) for one in session.exec(editions))
