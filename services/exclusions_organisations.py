"""Organisations that somebody does not want to meet anybody from: a private list, as of people."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models import Organisation, OrganisationExclusion, Profile
from services.errors import NotFound, ServiceError


class NoOrganisation(ServiceError):
    """Somebody names no organisation, so that there is none to hide."""

    code = "no-organisation"


@dataclass(frozen=True, slots=True)
class HiddenOrganisation:
    """An organisation on somebody's private list."""

    id: int
    label: str


@dataclass(frozen=True, slots=True)
class OrganisationExcluded:
    """What was hidden: an organisation that is known, or else a name."""

    organisation_id: int | None
    name: str | None


def hide_organisation_of(
    session: Session, profile: Profile, other_id: int, now: datetime
) -> HiddenOrganisation:
    """Keep a person from everybody of another one's organisation; hiding it twice is once.

    Raises
    ------
    NotFound
        When there is nobody with this id. Whether the person may see them is asked before.
    NoOrganisation
        When they name none.
    """
    other = session.get(Profile, other_id)
    if other is None:
        raise NotFound(f"there is no profile {other_id}")
    name = None if other.organisation_id else other.organisation_name.strip()
    if name == "":
        raise NoOrganisation("this person names no organisation: hide the person instead")
    row = _hide(session, profile, OrganisationExcluded(other.organisation_id, name), now)
    known = session.get(Organisation, row.organisation_id) if row.organisation_id else None
    return HiddenOrganisation(row.id, known.name if known else name or "")


def hidden_organisations(session: Session, profile_id: int) -> list[HiddenOrganisation]:
    """List which organisations a person hid; for that person's eyes only."""
    query = (
        select(OrganisationExclusion.id, OrganisationExclusion.name, Organisation.name)
        .join(Organisation, isouter=True)
        .where(OrganisationExclusion.profile_id == profile_id)
        .order_by(col(OrganisationExclusion.id))
    )
    return [
        HiddenOrganisation(row, known or name or "") for row, name, known in session.exec(query)
    ]


def show_organisation(
    session: Session, profile: Profile, exclusion_id: int
) -> OrganisationExcluded | None:
    """Take one of one's own hidden organisations back; tells what it was, None when it is gone."""
    row = session.get(OrganisationExclusion, exclusion_id)
    if row is None or row.profile_id != profile.id:
        return None
    was = OrganisationExcluded(row.organisation_id, row.name)
    session.delete(row)
    session.flush()
    return was


def hide_organisation_again(
    session: Session, profile: Profile, was: OrganisationExcluded, now: datetime
) -> None:
    """Put back what was taken off; an organisation that is gone meanwhile is no matter."""
    if was.organisation_id and session.get(Organisation, was.organisation_id) is None:
        return
    _hide(session, profile, was, now)


def _hide(
    session: Session, profile: Profile, what: OrganisationExcluded, now: datetime
) -> OrganisationExclusion:
    row = _there(session, profile.id, what.organisation_id, what.name)
    if row is None:
        row = OrganisationExclusion(
            profile_id=profile.id,
            organisation_id=what.organisation_id,
            name=what.name,
            created_at=now,
        )
        session.add(row)
        session.flush()
    return row


def _there(
    session: Session, profile_id: int, organisation_id: int | None, name: str | None
) -> OrganisationExclusion | None:
    query = select(OrganisationExclusion).where(
        OrganisationExclusion.profile_id == profile_id,
        OrganisationExclusion.organisation_id == organisation_id,
        OrganisationExclusion.name == name,
    )
    return session.exec(query).first()
