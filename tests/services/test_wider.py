"""A need worth adding comes from an offer that may be read, and is quoted as it stands."""

import json
from dataclasses import replace

import numpy as np
import pytest
from sqlmodel import Session

from matchmaking.calibration import default_calibration
from models import Edition, PartVisibility, Profile
from services.candidates import places_of
from services.errors import NotFound
from services.matcher_cache import MatcherCache
from services.roles import Roles
from services.suggestions import asker_of
from services.visibility import Viewer
from services.wider import WiderNeed, offer_to_add, wider_need
from tests.factories import Factory
from tests.word_encoder import encode_everybody


@pytest.fixture
def edition(make: Factory) -> Edition:
    # Texts made of a few words are nearer than real ones: a scale on which they differ.
    scale = replace(default_calibration(), scores=tuple(np.linspace(0.7, 0.82, 101)))
    return make.edition(calibration=json.loads(scale.to_json()))


@pytest.fixture
def me(make: Factory, edition: Edition) -> Profile:
    return make.profile(edition, research="quantum photon source", needs=["laser"])


def _wider(session: Session, me: Profile) -> WiderNeed | None:
    encode_everybody(session)
    place = places_of(session, me.id)[0]
    asker = asker_of(session, place)
    return wider_need(session, MatcherCache(), place, Viewer(me.id, Roles()), asker)


def _crowd(make: Factory, edition: Edition) -> list[Profile]:
    return [
        make.profile(
            edition,
            country="KR",
            research="quantum photon detector",
            offers=["something else entirely", "helium cryostat"],
        )
        for _ in range(3)
    ]


def test_the_offer_is_quoted_with_the_people_whom_it_brings(
    session: Session, make: Factory, edition: Edition, me: Profile
) -> None:
    crowd = _crowd(make, edition)
    found = _wider(session, me)
    assert found is not None
    assert found.text in ("helium cryostat", "something else entirely")
    assert {one.profile_id for one in found.nearer} <= {one.id for one in crowd}
    assert all(one.before != one.after for one in found.nearer)
    place, viewer = places_of(session, me.id)[0], Viewer(me.id, Roles())
    assert offer_to_add(session, place, viewer, found.owner_id, found.position) == found.text


def test_an_offer_that_is_hidden_is_neither_proposed_nor_read(
    session: Session, make: Factory, edition: Edition, me: Profile
) -> None:
    crowd = _crowd(make, edition)
    for one in crowd:
        session.add(PartVisibility(profile_id=one.id, part="exchange", level="organisers"))
    session.commit()
    assert _wider(session, me) is None
    place, viewer = places_of(session, me.id)[0], Viewer(me.id, Roles())
    with pytest.raises(NotFound):
        offer_to_add(session, place, viewer, crowd[0].id, 0)


def test_an_offer_that_is_not_there_cannot_be_added(
    session: Session, make: Factory, edition: Edition, me: Profile
) -> None:
    kim = _crowd(make, edition)[0]
    same_side = make.profile(edition, offers=["laser"])
    place, viewer = places_of(session, me.id)[0], Viewer(me.id, Roles())
    for owner, position in ((kim.id, 7), (same_side.id, 0), (9999, 0)):
        with pytest.raises(NotFound):
            offer_to_add(session, place, viewer, owner, position)


def test_with_nobody_there_nothing_is_proposed(session: Session, me: Profile) -> None:
    assert _wider(session, me) is None
