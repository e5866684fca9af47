from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, select

from models import Account, Call, Edition
from tests.factories import Factory

SignIn = Callable[[Account], FlaskClient]


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition(slug="here")


@pytest.fixture
def organiser(make: Factory, sign_in: SignIn) -> FlaskClient:
    return sign_in(make.account("organiser"))


def _only(session: Session) -> Call:
    call = session.exec(select(Call)).one()
    session.expunge(call)
    session.commit()
    return call


def _form(**given: str) -> dict[str, Any]:
    return {
        "identifier": "A-1",
        "title_en": "Cold chips",
        "zone": "Asia/Seoul",
        "deadline_at": "2027-03-01T17:00",
        "budget_left": "3,000,000",
        "budget_left_currency": "EUR",
        "budget_right": "3000000000",
        "budget_right_currency": "krw",
        "preset": "quantera",
        "link": "https://example.org/call",
        "checked_on": "2026-11-20",
    } | given


def test_an_organiser_enters_a_call_whose_deadline_is_told_in_its_zone(
    edition: Edition, organiser: FlaskClient, session: Session
) -> None:
    answer = organiser.post("/organise/here/calls/new", data=_form(), follow_redirects=True)
    assert "The call is entered." in answer.text
    call = _only(session)
    assert call.deadline_at == datetime(2027, 3, 1, 8, tzinfo=UTC)
    assert (call.budget_left, call.budget_right) == (3_000_000, 3_000_000_000)
    assert call.budget_right_currency == "KRW"
    page = organiser.get(f"/organise/here/calls/{call.id}").text
    assert 'value="2027-03-01T17:00"' in page
    page = organiser.get(f"/calls/{call.id}").text
    assert "KRW 3,000,000,000" in page
    assert "November 20, 2026" in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"identifier": ""}, "Write the identifier."),
        ({"budget_left": "three"}, "whole number"),
        ({"budget_right_currency": "€"}, "is no currency"),
        ({"link": "example.org"}, "begin it with https://"),
        ({"trl_from": "5", "trl_to": "3"}, "must not be below the first number"),
        ({"opens_at": "2027-03-02T00:00"}, "The deadline must be after the opening."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    edition: Edition, organiser: FlaskClient, wrong: dict[str, str], words: str
) -> None:
    answer = organiser.post("/organise/here/calls/new", data=_form(**wrong))
    assert answer.status_code == 422
    assert words in answer.text


def test_two_organisers_do_not_overwrite_each_other(
    edition: Edition, organiser: FlaskClient, session: Session
) -> None:
    organiser.post("/organise/here/calls/new", data=_form())
    call = _only(session)
    page = organiser.get(f"/organise/here/calls/{call.id}").text
    seen = page.split('name="seen" type="hidden" value="')[1].split('"')[0]
    first = organiser.post(f"/organise/here/calls/{call.id}", data=_form(title_en="One", seen=seen))
    assert first.status_code == 302
    second = organiser.post(
        f"/organise/here/calls/{call.id}", data=_form(title_en="Two", seen=seen)
    )
    assert second.status_code == 409
    assert "Somebody else changed this call meanwhile." in second.text


def test_a_call_is_taken_out_after_a_question(
    edition: Edition, organiser: FlaskClient, session: Session
) -> None:
    organiser.post("/organise/here/calls/new", data=_form())
    call = _only(session)
    assert "Take this call out?" in organiser.get(f"/organise/here/calls/{call.id}/remove").text
    organiser.post(f"/organise/here/calls/{call.id}/remove")
    assert session.exec(select(Call)).all() == []


def test_organisers_set_how_many_requests_may_wait_for_one_person(
    edition: Edition, organiser: FlaskClient, session: Session
) -> None:
    organiser.post("/organise/here/requests", data={"most": "1"})
    assert 'value="1"' in organiser.get("/organise/here/calls").text
    assert organiser.post("/organise/here/requests", data={"most": "50"}).status_code == 422
