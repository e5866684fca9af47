"""The order of one's own list, and the need worth adding."""

import json
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, select

from matchmaking.calibration import default_calibration
from models import Account, Edition, Participation, Profile
from tests.factories import Factory
from tests.word_encoder import encode_everybody

SignIn = Callable[[Account], FlaskClient]


@pytest.fixture
def edition(make: Factory) -> Edition:
    scale = replace(default_calibration(), scores=tuple(np.linspace(0.7, 0.82, 101)))
    return make.edition(calibration=json.loads(scale.to_json()))


@pytest.fixture
def me(make: Factory, edition: Edition) -> Profile:
    account = make.account()
    return make.profile(
        edition, account_id=account.id, research="quantum photon source", needs=["laser"]
    )


@pytest.fixture
def crowd(session: Session, make: Factory, edition: Edition, me: Profile) -> list[Profile]:
    found = [
        make.profile(
            edition,
            country="KR",
            name=f"Kim {number}",
            research="quantum photon detector",
            offers=["helium cryostat"],
        )
        for number in range(3)
    ]
    encode_everybody(session)
    return found


@pytest.fixture
def reader(session: Session, me: Profile, sign_in: SignIn) -> FlaskClient:
    return sign_in(session.get_one(Account, me.account_id))


def _wishes(session: Session, me: Profile) -> tuple[str, bool]:
    session.expire_all()
    row = session.exec(select(Participation).where(Participation.profile_id == me.id)).one()
    found = row.mix, row.learns
    session.commit()
    return found


def test_the_order_is_kept_and_told(session: Session, reader: FlaskClient, me: Profile) -> None:
    back = "/suggestions/?country=KR"
    answer = reader.post("/suggestions/order", data={"mix": "exploratory", "back": back})
    assert (answer.status_code, answer.location) == (303, back)
    assert _wishes(session, me) == ("exploratory", False)
    page = reader.get("/suggestions/").text
    assert "Your list is in the new order" in page
    assert "people far from your own work" in page
    reader.post("/suggestions/order", data={"mix": "balanced", "learns": "y"})
    assert _wishes(session, me) == ("balanced", True)


def test_with_htmx_nothing_is_left_to_tell_on_the_next_page(
    reader: FlaskClient, me: Profile
) -> None:
    data = {"mix": "similar", "learns": "y"}
    reader.post("/suggestions/order", data=data, headers={"HX-Request": "true"})
    page = reader.get("/suggestions/").text
    assert "Your list is in the new order" not in page
    assert "work is close to yours come first" in page


def test_an_order_that_there_is_not_is_refused(
    session: Session, reader: FlaskClient, me: Profile
) -> None:
    assert reader.post("/suggestions/order", data={"mix": "random"}).status_code == 400
    assert _wishes(session, me) == ("balanced", True)


def test_a_need_worth_adding_leads_to_the_step_that_holds_it_unsaved(
    session: Session, reader: FlaskClient, crowd: list[Profile]
) -> None:
    assert "What you could add to find more people" in reader.get("/suggestions/").text
    page = reader.get("/suggestions/wider").text
    assert "helium cryostat" in page
    assert any(one.name in page for one in crowd)
    address = f"/profile/exchange?offer_of={crowd[0].id}&offer=0"
    assert address.partition("?")[0] in page
    step = reader.get(address).text
    assert "laser\nhelium cryostat</textarea>" in step.replace("\r", "")
    assert "It counts when you save it" in step
    assert "helium" not in reader.get("/profile/exchange").text


def test_an_offer_that_may_not_be_read_is_not_put_into_the_step(
    session: Session, make: Factory, edition: Edition, reader: FlaskClient
) -> None:
    unseen = make.profile(edition, country="KR", visibility="nobody", offers=["a secret"])
    assert reader.get(f"/profile/exchange?offer_of={unseen.id}&offer=0").status_code == 404


def test_where_nothing_would_help_the_page_says_so(reader: FlaskClient) -> None:
    assert "Nothing to add" in reader.get("/suggestions/wider").text


def test_a_card_tells_which_experience_moved_somebody(
    reader: FlaskClient, crowd: list[Profile]
) -> None:
    reader.post(f"/suggestions/people/{crowd[0].id}", data={"kind": "interested"})
    assert "Higher because you were interested in Kim 0." in reader.get("/suggestions/").text
    reader.post("/suggestions/order", data={"mix": "balanced"})
    assert "Higher because" not in reader.get("/suggestions/").text
