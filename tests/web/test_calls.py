from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, select

from models import Account, Call, Edition, Profile, WantedRole
from tests.factories import Factory

SignIn = Callable[[Account], FlaskClient]


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition()


@pytest.fixture
def call(session: Session, edition: Edition, now: datetime) -> Call:
    return _call(session, edition, now)


@pytest.fixture
def coordinator(make: Factory, edition: Edition) -> Account:
    account = make.account("coordinator")
    make.profile(edition, account_id=account.id, name="Cora Coordinator", country="KR")
    return account


def _call(session: Session, edition: Edition, now: datetime, **given: Any) -> Call:
    values: dict[str, Any] = {
        "edition_id": edition.id,
        "identifier": "FORUM-1",
        "title_en": "Cold chips",
        "text_en": "First part.\n\nSecond part.",
        "opens_at": now,
        "deadline_at": now + timedelta(days=30),
    }
    row = Call(**values | given)
    session.add(row)
    session.commit()
    return row


def _researcher(make: Factory, edition: Edition, sign_in: SignIn) -> FlaskClient:
    account = make.account()
    make.profile(edition, account_id=account.id)
    return sign_in(account)


def _look_for(client: FlaskClient, call: Call, roles: str, side: str = "") -> Any:
    return client.post(f"/calls/{call.id}/roles", data={"roles": roles, "side": side})


def test_whoever_takes_part_in_nothing_is_led_to_the_editions(
    make: Factory, sign_in: SignIn
) -> None:
    page = sign_in(make.account()).get("/calls/").text
    assert "You take part in no edition yet" in page


def test_an_edition_without_open_calls_says_what_will_be_here(
    make: Factory, edition: Edition, sign_in: SignIn
) -> None:
    assert "No call is open" in _researcher(make, edition, sign_in).get("/calls/").text


def test_the_list_leads_to_each_call_which_is_told_whole(
    make: Factory, edition: Edition, call: Call, sign_in: SignIn
) -> None:
    client = _researcher(make, edition, sign_in)
    assert f'href="/calls/{call.id}"' in client.get("/calls/").text
    page = client.get(f"/calls/{call.id}").text
    assert "<p>First part.</p><p>Second part.</p>" in page.replace("\n", "")
    assert "Check the call text before you apply." in page


def test_a_coordinators_search_is_read_by_the_participants(
    make: Factory, edition: Edition, call: Call, coordinator: Account, sign_in: SignIn
) -> None:
    answer = _look_for(sign_in(coordinator), call, "cryogenic control\nhybrid bonding")
    assert answer.location == f"/calls/{call.id}"
    client = _researcher(make, edition, sign_in)
    for page in (client.get("/calls/").text, client.get(f"/calls/{call.id}").text):
        assert "cryogenic control" in page
        assert "Cora Coordinator" in page


def test_the_form_holds_what_was_said_before_and_empty_takes_it_back(
    session: Session, call: Call, coordinator: Account, sign_in: SignIn
) -> None:
    client = sign_in(coordinator)
    _look_for(client, call, "cryogenic control", "left")
    page = client.get(f"/calls/{call.id}").text
    assert "cryogenic control</textarea>" in page
    assert 'checked id="side-1"' in page
    assert "taken back" in client.get(_look_for(client, call, " \n").location).text
    assert session.exec(select(WantedRole)).all() == []


def test_too_many_roles_are_refused_beside_the_field_and_stay_there(
    session: Session, call: Call, coordinator: Account, sign_in: SignIn
) -> None:
    page = _look_for(sign_in(coordinator), call, "\n".join(f"role {n}" for n in range(9))).text
    assert "There are 9 entries: keep at most 8." in page
    assert "role 8" in page
    assert session.exec(select(WantedRole)).all() == []


def test_a_researcher_has_no_form_and_may_not_post_one(
    make: Factory, edition: Edition, call: Call, sign_in: SignIn
) -> None:
    client = _researcher(make, edition, sign_in)
    assert "Whom I look for" not in client.get(f"/calls/{call.id}").text
    assert _look_for(client, call, "role").status_code == 403


def test_a_coordinator_from_outside_may_read_and_not_search(
    make: Factory, call: Call, sign_in: SignIn
) -> None:
    client = sign_in(make.account("coordinator"))
    assert "Whom I look for" not in client.get(f"/calls/{call.id}").text
    assert _look_for(client, call, "role").status_code == 403


def test_after_the_deadline_the_call_says_so_and_takes_no_search(
    session: Session, edition: Edition, coordinator: Account, now: datetime, sign_in: SignIn
) -> None:
    late = _call(session, edition, now, deadline_at=now)
    client = sign_in(coordinator)
    assert "The deadline of this call has passed." in client.get(f"/calls/{late.id}").text
    assert _look_for(client, late, "role").status_code == 403


def test_a_call_of_a_draft_is_there_for_its_organisers_only(
    session: Session, make: Factory, now: datetime, sign_in: SignIn
) -> None:
    hidden = _call(session, make.edition(state="draft"), now)
    assert sign_in(make.account()).get(f"/calls/{hidden.id}").status_code == 404
    assert sign_in(make.account("organiser")).get(f"/calls/{hidden.id}").status_code == 200


def test_an_unknown_call_is_not_found(make: Factory, sign_in: SignIn) -> None:
    assert sign_in(make.account()).get("/calls/999").status_code == 404


def test_a_profile_that_left_takes_its_search_along(
    session: Session,
    make: Factory,
    edition: Edition,
    call: Call,
    coordinator: Account,
    sign_in: SignIn,
) -> None:
    _look_for(sign_in(coordinator), call, "cryogenic control")
    own = session.exec(select(Profile).where(Profile.account_id == coordinator.id)).one()
    session.delete(own)
    session.commit()
    client = _researcher(make, edition, sign_in)
    assert "cryogenic control" not in client.get("/calls/").text
