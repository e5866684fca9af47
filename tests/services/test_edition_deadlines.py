"""Once registration has closed, what a round counts on stays as it is."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from models import Edition, Profile
from services.candidates import places_of
from services.edition_deadlines import ClosedByDeadline
from services.profiles import content_of, fingerprint, save
from tests.factories import Factory


def change(session: Session, profile: Profile, now: datetime, **wish: Any) -> None:
    seen = fingerprint(content_of(session, profile), wish)
    save(session, profile, wish, seen, now)


@pytest.fixture
def closed(make: Factory, now: datetime) -> Edition:
    """Give an edition that its date has closed, whatever its state says."""
    return make.edition(closes_at=now - timedelta(seconds=1))


@pytest.mark.parametrize("field", ["least_partners", "most_partners"])
def test_bounds_are_open_before_the_deadline_and_closed_after_it(
    session: Session, make: Factory, closed: Edition, now: datetime, field: str
) -> None:
    change(session, make.profile(make.edition()), now, **{field: 3})
    with pytest.raises(ClosedByDeadline) as refused:
        change(session, make.profile(closed), now, **{field: 3})
    assert (refused.value.field, refused.value.edition.id) == (field, closed.id)


@pytest.mark.parametrize("state", ["published", "over", "draft"])
def test_bounds_are_open_again_when_a_round_has_used_them(
    session: Session, make: Factory, now: datetime, state: str
) -> None:
    profile = make.profile(make.edition(state=state, closes_at=now - timedelta(days=1)))
    change(session, profile, now, most_partners=3)
    assert profile.most_partners == 3


def test_everything_else_can_be_changed_at_any_time(
    session: Session, make: Factory, closed: Edition, now: datetime
) -> None:
    profile = make.profile(closed)
    change(session, profile, now, research="Spiking networks", country="FR")
    assert (profile.research, profile.country) == ("Spiking networks", "FR")


@pytest.mark.parametrize("state", ["closed", "matched", "published"])
def test_nobody_changes_sides_after_the_deadline(
    session: Session, make: Factory, now: datetime, state: str
) -> None:
    profile = make.profile(make.edition(state=state), country="DE")
    with pytest.raises(ClosedByDeadline) as refused:
        change(session, profile, now, country="KR")
    assert refused.value.field == "country"


def test_an_edition_that_went_back_to_a_draft_shows_nobody_to_its_people(
    session: Session, make: Factory
) -> None:
    profile = make.profile(make.edition(state="draft"))
    assert places_of(session, profile.id) == []
    assert len(places_of(session, profile.id, drafts=True)) == 1
