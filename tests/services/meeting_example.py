"""Two people who are both interested, in an edition with a programme."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from models import Edition, Meeting, Profile, Reaction
from services.candidates import Place
from services.meeting_times import Pair
from services.meetings import accept, propose
from tests.factories import Factory

MINUTES = 20


@dataclass
class MeetingExample:
    """Makes people and meetings; ``first`` is the start of the programme."""

    make: Factory
    edition: Edition
    first: datetime

    def person(self, country: str = "DE", **given: Any) -> Profile:
        account = self.make.account()
        values = {"account_id": account.id, "email": account.email, "country": country}
        return self.make.profile(self.edition, **values | given)

    def pair(self, **given: Any) -> tuple[Profile, Profile]:
        """Make one of each side, both interested."""
        left, right = self.person("DE", **given), self.person("KR", **given)
        self.interest(left, right)
        return left, right

    def interest(self, one: Profile, other: Profile) -> None:
        for who, whom in ((one, other), (other, one)):
            row = Reaction(
                edition_id=self.edition.id,
                profile_id=who.id,
                other_id=whom.id,
                kind="interested",
                made_at=self.make.now,
            )
            self.make.session.add(row)
        self.make.session.commit()

    def place(self, profile: Profile) -> Place:
        return Place(self.edition, "right" if profile.country == "KR" else "left", profile.id)

    def slot(self, number: int) -> datetime:
        return self.first + number * timedelta(minutes=MINUTES)

    def proposed(self, one: Profile, other: Profile, slot: int = 0) -> Meeting:
        row = propose(self.make.session, self.place(one), other.id, self.slot(slot), self.make.now)
        self.make.session.commit()
        return row

    def agreed(self, one: Profile, other: Profile, slot: int = 0) -> Meeting:
        row = self.proposed(one, other, slot)
        accept(self.make.session, row.id, other.id, self.make.now)
        self.make.session.commit()
        return row

    def couple(self, one: Profile, other: Profile) -> Pair:
        return Pair(self.edition, one.id, other.id)


def meeting_example(make: Factory, *, slots: int = 4, tables: int | None = 2) -> MeetingExample:
    """Make an edition of one half-day with so many slots of 20 minutes, and so many tables."""
    first = make.now + timedelta(days=30)
    end = first + slots * timedelta(minutes=MINUTES)
    programme: dict[str, Any] = {
        "slot_minutes": MINUTES,
        "half_days": [[first.isoformat(), end.isoformat()]],
    }
    if tables is not None:
        programme["tables"] = tables
    edition = make.edition(programme=programme, starts_at=first, ends_at=end)
    return MeetingExample(make, edition, first)
