from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from sqlmodel import Session, select

from models import Edition, Profile
from services.roles import Roles
from services.visibility import Viewer, may_see, visible_in
from tests.factories import Factory


@dataclass(frozen=True)
class Case:
    """A profile, and who may see it: in a list of the edition, and on its own page."""

    given: dict[str, Any]
    participant: bool
    organiser: bool
    outsider: bool = False


CASES = {
    "published to participants": Case({"visibility": "participants"}, True, True),
    "published to all who sign in": Case({"visibility": "signed-in"}, True, True, True),
    "published to organisers": Case({"visibility": "organisers"}, False, True),
    "published to nobody": Case({"visibility": "nobody"}, False, False),
    "not published": Case({"published_at": None}, False, False),
    "imported and not confirmed": Case({"confirmed_at": None, "published_at": None}, False, True),
}


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition()


def _listed(session: Session, edition: Edition, viewer: Viewer, profile: Profile) -> bool:
    found = session.exec(select(Profile.id).where(visible_in(edition.id, viewer))).all()
    return profile.id in found


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_profile_is_shown_to_whom_its_owner_chose(
    session: Session, make: Factory, edition: Edition, case: Case
) -> None:
    profile = make.profile(edition, country="KR", **case.given)
    me = make.profile(edition)
    participant = Viewer(me.id, Roles())
    organiser = Viewer(None, Roles(organises=frozenset({edition.id})))
    elsewhere = Viewer(make.profile(make.edition()).id, Roles(organises=frozenset({99})))
    assert _listed(session, edition, participant, profile) == case.participant
    assert _listed(session, edition, organiser, profile) == case.organiser
    assert may_see(session, participant, profile) == case.participant
    assert may_see(session, organiser, profile) == case.organiser
    assert may_see(session, elsewhere, profile) == case.outsider
    assert may_see(session, Viewer(profile.id, Roles()), profile)


def test_who_has_left_the_edition_is_no_participant_any_more(
    session: Session, make: Factory, edition: Edition
) -> None:
    profile = make.profile(edition, country="KR")
    me = make.profile()
    row = make.participation(edition, me)
    assert may_see(session, Viewer(me.id, Roles()), profile)
    session.delete(row)
    session.commit()
    assert not may_see(session, Viewer(me.id, Roles()), profile)


def test_an_organiser_sees_nobody_who_takes_no_part_in_the_edition(
    session: Session, make: Factory, edition: Edition
) -> None:
    viewer = Viewer(None, Roles(organises=frozenset({edition.id})))
    assert not may_see(session, viewer, make.profile())
    assert not may_see(session, viewer, make.profile(confirmed_at=None, published_at=None))


def test_an_account_without_a_profile_takes_part_in_nothing(
    session: Session, make: Factory, edition: Edition, now: datetime
) -> None:
    profile = make.profile(edition, published_at=now)
    assert not may_see(session, Viewer(None, Roles()), profile)
