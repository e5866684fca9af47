"""A draft for a mirrored call, and the people around it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from models import Account, Call, Consortium, Edition, Profile
from services.candidates import Place
from services.consortia import NewConsortium, found_consortium
from services.consortium_access import Workspace, workspace
from services.roles import roles_of
from services.visibility import Viewer
from tests.factories import Factory

COUNTRIES = {
    "DE": "left", "FR": "left", "NL": "left", "CH": "left", "KR": "right",
}  # fmt: skip


@dataclass
class Team:
    """A coordinator in Germany with a draft for a mirrored call."""

    session: Session
    make: Factory
    now: datetime
    edition: Edition
    account: Account
    lead: Profile
    call: Call
    consortium: Consortium

    @property
    def at(self) -> Workspace:
        return workspace(self.session, self.consortium.id, self.lead.id, "write")

    @property
    def viewer(self) -> Viewer:
        return Viewer(self.lead.id, roles_of(self.session, self.account.id))

    def seen_by(self, person: Profile) -> Workspace:
        return workspace(self.session, self.consortium.id, person.id)

    def person(self, country: str = "KR", **given: object) -> Profile:
        account = self.make.account()
        return self.make.profile(self.edition, account_id=account.id, country=country, **given)


def make_team(make: Factory, session: Session, now: datetime, preset: str = "") -> Team:
    edition = make.edition(countries=COUNTRIES)
    account = make.account("coordinator")
    lead = make.profile(
        edition, account_id=account.id, name="Cora Lead", organisation_name="Uni Lead"
    )
    call = Call(
        edition_id=edition.id,
        identifier="MIRROR",
        title_en="Mirror",
        preset=preset or "chips-ju-nrf-mirror",
        topics=["hybrid bonding of chiplets", "spiking processors"],
    )
    session.add(call)
    session.flush()
    consortium = found_consortium(
        session,
        Place(edition, "left", lead.id),
        NewConsortium("Cold chips", "An idea", call),
        now,
        actor_id=account.id,
    )
    session.commit()
    return Team(session, make, now, edition, account, lead, call, consortium)
