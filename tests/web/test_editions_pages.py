"""Editions as visitors, participants and organisers see them."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, select

from models import Account, AccountRole, Call, Edition, Participation, Profile
from tests.conftest import NOW
from tests.factories import Factory

SignIn = Callable[[Account], FlaskClient]


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition(slug="demo", name_en="The Forum")


def person(make: Factory, **given: Any) -> Account:
    account = make.account()
    values: dict[str, Any] = {
        "country": "KR",
        "research": "Ferroelectric synapses.",
        "account_id": account.id,
    }
    make.profile(**values | given)
    return account


def joined(session: Session) -> int:
    count = len(session.exec(select(Participation)).all())
    session.commit()
    return count


def test_editions_are_listed_for_everybody_with_both_clocks(
    client: FlaskClient, edition: Edition
) -> None:
    page = client.get("/editions").text

    assert "The Forum" in page
    assert "Open for registration" in page
    assert "Brussels" in page
    assert "Seoul" in page


def test_no_edition_says_what_will_be_here(client: FlaskClient) -> None:
    assert "No edition yet" in client.get("/editions").text


def test_a_visitor_reads_an_edition_and_is_asked_to_sign_in(
    client: FlaskClient, edition: Edition
) -> None:
    page = client.get("/editions/demo").text

    assert "France, Germany" in page
    assert "South Korea" in page
    assert "Sign in to take part" in page


def test_a_draft_is_there_for_its_organisers_only(
    client: FlaskClient, make: Factory, sign_in: SignIn
) -> None:
    make.edition(slug="next", state="draft")
    make.edition(slug="demo")

    assert client.get("/editions/next").status_code == 404
    # Links alone: the forms of the footer name pages to go back to.
    listed = re.findall(r'href="/editions/(\w+)"', client.get("/editions").text)
    assert set(listed) == {"demo"}
    organiser = sign_in(make.account("organiser"))
    assert organiser.get("/editions/next").status_code == 200


def test_an_unknown_edition_is_not_found(client: FlaskClient) -> None:
    assert client.get("/editions/none").status_code == 404


def test_one_button_joins_and_one_leaves(
    make: Factory, sign_in: SignIn, edition: Edition, session: Session
) -> None:
    browser = sign_in(person(make))
    assert "Join the edition" in browser.get("/editions/demo").text

    page = browser.post("/editions/demo/join", follow_redirects=True).text
    assert "You take part in The Forum." in page
    assert joined(session) == 1
    page = browser.post("/editions/demo/leave", follow_redirects=True).text
    assert "You no longer take part" in page
    assert joined(session) == 0


def test_joining_says_when_it_publishes_too(
    make: Factory, sign_in: SignIn, edition: Edition, session: Session
) -> None:
    browser = sign_in(person(make, published_at=None))
    assert "Publish my profile and join" in browser.get("/editions/demo").text

    browser.post("/editions/demo/join")

    assert session.exec(select(Profile.published_at)).one() == NOW


def test_what_is_missing_is_named_with_the_way_to_it(
    make: Factory, sign_in: SignIn, edition: Edition, session: Session
) -> None:
    browser = sign_in(person(make, country="US", research=""))
    page = browser.get("/editions/demo").text
    assert "yours is on neither" in page
    assert 'href="/profile/work"' in page

    page = browser.post("/editions/demo/join", follow_redirects=True).text

    assert "not ready yet" in page
    assert joined(session) == 0


def test_without_a_profile_everything_is_missing(
    make: Factory, sign_in: SignIn, edition: Edition, session: Session
) -> None:
    browser = sign_in(make.account())

    assert "your name" in browser.get("/editions/demo").text
    browser.post("/editions/demo/join")
    browser.post("/editions/demo/leave")
    assert joined(session) == 0


def test_an_imported_profile_is_pointed_out_before_joining(
    make: Factory, sign_in: SignIn, edition: Edition
) -> None:
    account = make.account()
    found = make.profile(email=account.email, confirmed_at=None)

    assert f"/profile/found/{found.id}" in sign_in(account).get("/editions/demo").text


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ({"closes_at": NOW}, "has closed"),
        ({"opens_at": NOW + timedelta(days=1)}, "not open yet"),
        ({"state": "over"}, "has closed"),
    ],
)
def test_out_of_time_a_clear_message_and_no_change(
    dates: dict[str, Any], words: str, make: Factory, sign_in: SignIn, session: Session
) -> None:
    edition = make.edition(slug="demo", **dates)
    browser = sign_in(person(make))
    assert words in browser.get("/editions/demo").text

    assert words in browser.post("/editions/demo/join", follow_redirects=True).text
    assert joined(session) == 0
    profile = session.exec(select(Profile)).one()
    make.participation(edition, profile)
    assert words in browser.post("/editions/demo/leave", follow_redirects=True).text
    assert joined(session) == 1


def test_organisers_see_counts_and_others_do_not(
    make: Factory, sign_in: SignIn, edition: Edition
) -> None:
    make.profile(edition, country="KR")

    assert "1 person from" not in sign_in(person(make)).get("/editions/demo").text
    assert "1 person from Korea" in sign_in(make.account("organiser")).get("/editions/demo").text


def test_the_list_of_people_is_for_this_editions_organisers(
    make: Factory, sign_in: SignIn, edition: Edition, session: Session
) -> None:
    other = make.edition(slug="other")
    account = make.account()
    session.add(AccountRole(account_id=account.id, role="organiser", edition_id=other.id))
    session.commit()

    browser = sign_in(account)
    assert browser.get("/editions/demo/people").status_code == 403
    assert browser.get("/editions/other/people").status_code == 200
    assert sign_in(person(make)).get("/editions/demo/people").status_code == 403


def test_imported_people_are_marked_and_the_list_takes_as_many_queries_for_one_as_for_fifty(
    make: Factory, sign_in: SignIn, edition: Edition, count_queries: Any
) -> None:
    browser = sign_in(make.account("organiser"))
    make.profile(edition, name="Ana", source="list", confirmed_at=None)
    with count_queries() as few:
        page = browser.get("/editions/demo/people").text
    assert "Imported from list" in page
    for _ in range(60):
        make.profile(edition)

    with count_queries() as many:
        page = browser.get("/editions/demo/people?page=2").text

    assert "Page 2 of 2" in page
    # the account, its profile, its roles; the edition; how many, who; counts by side; the path
    assert few.total == many.total == 8


def test_nobody_yet_says_what_to_do(make: Factory, sign_in: SignIn, edition: Edition) -> None:
    page = sign_in(make.account("organiser")).get("/editions/demo/people").text

    assert "Nobody takes part yet" in page


def test_the_calls_of_an_edition_stand_on_its_page_with_their_source(
    client: FlaskClient, make: Factory, session: Session
) -> None:
    edition = make.edition(slug="jeju")
    session.add(
        Call(
            edition_id=edition.id,
            identifier="DEMO-1",
            title_en="Neuromorphic chips together",
            text_en="Two consortia apply.",
            source="modelled on a real call; check the call text",
            opens_at=NOW,
            deadline_at=NOW,
            budget_left=3_000_000,
        )
    )
    session.commit()
    page = client.get("/editions/jeju").text
    assert "Neuromorphic chips together" in page
    assert "EUR 3,000,000" in page
    assert "check the call text" in page
