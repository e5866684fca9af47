"""The registrants' desk: filters as words, a choice of people, the door, and who is in twice."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import Account, Edition, Participation, Profile, WaitingPlace
from models.database import make_sessions
from services.duplicates_search import look_for_duplicates
from tests.conftest import NOW, Queries
from tests.factories import Factory

PEOPLE, DOOR, TWICE = (f"/editions/demo/{x}" for x in ("people", "check-in", "people/duplicates"))


@pytest.fixture
def edition(make: Factory) -> Edition:
    """Give an edition that has begun."""
    return make.edition(slug="demo", starts_at=NOW - timedelta(hours=1), capacity_left=9)


@pytest.fixture
def desk(make: Factory, edition: Edition, sign_in: Callable[[Account], FlaskClient]) -> FlaskClient:
    return sign_in(make.account("organiser"))


def imported(make: Factory, edition: Edition, **given: Any) -> Profile:
    values = {"confirmed_at": None, "source": "demo", "email": "kim@example.org", "country": "KR"}
    return make.profile(edition, **values | given)


def act(desk: FlaskClient, what: str, *people: Profile, **more: str) -> str:
    data: dict[str, Any] = {"act": what, "person": [one.id for one in people], **more}
    return desk.post(PEOPLE, data=data, follow_redirects=True).text


def test_the_desk_says_in_words_who_is_shown(
    desk: FlaskClient, make: Factory, edition: Edition
) -> None:
    imported(make, edition, name="Kim")
    make.profile(edition, name="Ana", account_id=make.account().id)

    page = desk.get(f"{PEOPLE}?state=uninvited&q=ki").text

    assert "Kim" in page
    assert "Ana" not in page
    assert "not invited yet" in page
    assert "take this filter away" in page
    assert "of 9 places" in page
    assert "Nobody like that" in desk.get(f"{PEOPLE}?q=zzz").text
    assert desk.get(f"{PEOPLE}?state=nonsense&side=up&page=99").status_code == 200


def test_one_some_or_all_are_invited_and_nobody_twice(
    desk: FlaskClient, make: Factory, edition: Edition
) -> None:
    people = [imported(make, edition, email=f"p{n}@example.org") for n in range(3)]

    assert "1 letter goes out now." in act(desk, "invite", people[0])
    assert "nothing to do" in act(desk, "invite", people[0])
    assert "2 letters go out now." in desk.post(f"{PEOPLE}/invite", follow_redirects=True).text


def test_who_waits_gets_a_place_by_name(
    desk: FlaskClient, session: Session, make: Factory, edition: Edition
) -> None:
    late = make.profile(name="Late")
    session.add(WaitingPlace(edition_id=edition.id, profile_id=late.id, since=NOW))
    session.commit()
    assert "waits for a place" in desk.get(f"{PEOPLE}?state=waiting").text

    assert "1 person has a place now." in act(desk, "admit", late)


def test_taking_people_out_is_asked_about_first(
    desk: FlaskClient, session: Session, make: Factory, edition: Edition
) -> None:
    people = [make.profile(edition) for _ in range(3)]

    assert "Take 3 people out?" in act(desk, "remove", everybody="yes")
    assert len(session.exec(select(Participation)).all()) == 3
    session.commit()
    assert "2 people are taken out." in act(desk, "remove", *people[:2], sure="yes")


def test_nobody_ticked_and_an_unknown_act_change_nothing(
    desk: FlaskClient, make: Factory, edition: Edition
) -> None:
    person = make.profile(edition)

    assert "Tick some people first." in act(desk, "invite")
    assert "Participants" in act(desk, "nonsense", person)


def test_marks_are_set_and_taken_back_and_a_no_show_needs_an_event(
    desk: FlaskClient, session: Session, make: Factory, edition: Edition
) -> None:
    person = make.profile(edition)
    assert "1 person did not come." in act(desk, "no-show", person)
    assert "1 mark is taken back." in act(desk, "unmark", person)
    edition.starts_at = NOW + timedelta(days=1)
    session.add(edition)
    session.commit()
    assert "before the event begins" in act(desk, "no-show", person)


def test_the_door_checks_in_with_one_press_and_takes_it_back(
    desk: FlaskClient, make: Factory, edition: Edition
) -> None:
    person = make.profile(edition, name="Kim", name_native="김서연")
    assert "Check in" in desk.get(f"{DOOR}?q=서연").text
    part = desk.get(f"{DOOR}?q=kim", headers={"HX-Request": "true"}).text
    assert "<h1" not in part
    assert "Kim" in part

    data = {"person": person.id, "q": "kim"}
    page = desk.post(DOOR, data={**data, "act": "check-in"}, follow_redirects=True).text
    assert "There since" in page
    assert "1 of 1 are there." in page
    page = desk.post(DOOR, data={**data, "act": "undo"}, follow_redirects=True).text
    assert "0 of 1 are there." in page
    assert "Nobody with a place" in desk.get(f"{DOOR}?q=zzz").text


def test_after_the_event_whoever_was_not_seen_did_not_come(
    desk: FlaskClient, make: Factory, edition: Edition
) -> None:
    for _ in range(2):
        make.profile(edition)

    page = desk.post(f"{DOOR}/missing", follow_redirects=True).text

    assert "2 people did not come." in page
    assert "0 meetings are called off" in desk.post(f"{DOOR}/release", follow_redirects=True).text


def test_the_desk_takes_as_many_queries_for_3_as_for_60(
    desk: FlaskClient,
    make: Factory,
    edition: Edition,
    count_queries: Callable[[], AbstractContextManager[Queries]],
) -> None:
    counted = []
    for many in (3, 57):
        for _ in range(many):
            make.profile(edition)
        with count_queries() as queries:
            desk.get(PEOPLE)
        counted.append(queries.total)
    assert counted == [8, 8]


def test_people_in_twice_are_shown_side_by_side_and_made_one_only_by_a_press(
    desk: FlaskClient, session: Session, engine: Engine, make: Factory, edition: Edition
) -> None:
    one, other = imported(make, edition, name="Kim"), imported(make, edition, name="김서연")
    look_for_duplicates(make_sessions(engine), NOW)

    assert "Some people may be in twice." in desk.get(PEOPLE).text
    page = desk.get(TWICE).text
    assert "The same mail address" in page
    assert "keep 김서연" in page
    number = page.split(f"{TWICE}/")[1].split('"')[0]
    page = desk.post(
        f"{TWICE}/{number}", data={"act": "merge", "keep": other.id}, follow_redirects=True
    ).text
    assert "The two are one now." in page
    assert session.exec(select(Profile.id)).all() == [other.id]
    session.commit()
    assert one.id != other.id
    again = desk.post(f"{TWICE}/{number}", data={"act": "merge"}, follow_redirects=True).text
    assert "decided on these two already" in again


def test_two_people_stay_two_and_two_accounts_are_not_merged(
    desk: FlaskClient, session: Session, engine: Engine, make: Factory, edition: Edition
) -> None:
    for _ in range(2):
        make.profile(
            edition, account_id=make.account().id, orcid="0000-0002-1825-0097", source="account"
        )
    look_for_duplicates(make_sessions(engine), NOW)
    page = desk.get(TWICE).text
    number = page.split(f"{TWICE}/")[1].split('"')[0]

    refused = desk.post(f"{TWICE}/{number}", data={"act": "merge"}, follow_redirects=True).text
    assert "Both have an account" in refused
    told = desk.post(f"{TWICE}/{number}", data={"act": "two-people"}, follow_redirects=True).text
    assert "They are two people." in told
    assert "Nobody is in twice" in told
    assert len(session.exec(select(Profile)).all()) == 2
