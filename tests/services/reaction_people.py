"""Two participants of one edition on its two sides, and how a test lets them react."""

from dataclasses import dataclass

from sqlmodel import Session

from models import Edition, Profile
from services.candidates import Place, places_of
from services.reactions import Reacted, Said, react, take_back
from services.roles import Roles
from services.visibility import Viewer
from tests.conftest import NOW
from tests.factories import Factory


@dataclass
class People:
    """An edition with Ana on the left and Kim on the right."""

    session: Session
    make: Factory
    edition: Edition
    ana: Profile
    kim: Profile

    def place(self, profile: Profile) -> Place:
        """Find where somebody stands."""
        return places_of(self.session, profile.id)[0]

    def say(
        self, who: Profile, whom: Profile, kind: str = "interested", reason: str | None = None
    ) -> Reacted:
        """Let one react to another."""
        viewer = Viewer(who.id, Roles())
        said = Said(kind, reason)
        found = react(self.session, self.place(who), viewer, whom.id, said, NOW)
        self.session.commit()
        return found

    def forget(self, who: Profile, whom: Profile) -> Said | None:
        """Let one take back what they said."""
        return take_back(self.session, self.place(who), whom.id)


def two_people(session: Session, make: Factory) -> People:
    """Make the two."""
    edition = make.edition()
    ana = make.profile(edition, name="Ana", email="ana@example.org", phone="+49 1")
    kim = make.profile(edition, name="Kim", country="KR", email="kim@example.org")
    return People(session, make, edition, ana, kim)
