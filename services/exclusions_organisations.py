"""Organisations that somebody does not want to meet anybody from: a private list, as of people."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
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
    row = _there(session, profile.id, other.organisation_id, name)
    if row is None:
        row = OrganisationExclusion(
            profile_id=profile.id,
            organisation_id=other.organisation_id,
            name=name,
            created_at=now,
        )
        session.add(row)
        session.flush()
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


def show_organisation(session: Session, profile: Profile, exclusion_id: int) -> None:
    """Take one of one's own hidden organisations back; one that is gone already is no matter."""
    session.execute(
        delete(OrganisationExclusion).where(
            col(OrganisationExclusion.id) == exclusion_id,
            col(OrganisationExclusion.profile_id) == profile.id,
        )
    )


def _there(
    session: Session, profile_id: int, organisation_id: int | None, name: str | None
) -> OrganisationExclusion | None:
    query = select(OrganisationExclusion).where(
        OrganisationExclusion.profile_id == profile_id,
        OrganisationExclusion.organisation_id == organisation_id,
        OrganisationExclusion.name == name,
    )
    return session.exec(query).first()
