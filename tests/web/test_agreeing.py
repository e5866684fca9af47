"""Who took part before there were consents reads it on their pages, and agrees with one form."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, select

from models import Account, Consent, Edition, Profile
from tests.factories import Factory

SignIn = Callable[[Account], FlaskClient]
MISSING = "your agreement is missing"


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition(slug="demo", name_en="The Forum")


@pytest.fixture
def account(make: Factory) -> Account:
    return make.account()


@pytest.fixture
def kim(make: Factory, account: Account, edition: Edition) -> Profile:
    return make.profile(edition, account_id=account.id, research="quantum", consents=())


@pytest.fixture
def browser(account: Account, kim: Profile, sign_in: SignIn) -> FlaskClient:
    return sign_in(account)


def _given(session: Session) -> set[str]:
    found = set(session.exec(select(Consent.purpose)))
    session.commit()
    return found


@pytest.mark.parametrize("address", ["/", "/suggestions/", "/editions/demo"])
def test_three_pages_say_that_the_agreement_is_missing(browser: FlaskClient, address: str) -> None:
    assert MISSING in browser.get(address).text


@pytest.mark.parametrize("address", ["/suggestions/", "/editions/demo"])
def test_the_form_stands_beside_the_notice_with_nothing_ticked(
    browser: FlaskClient, address: str
) -> None:
    form = browser.get(address).text.split('action="/editions/demo/agree"')[1].split("</form>")[0]
    assert 'name="overseas"' in form
    assert "My profile is compared" in form
    assert "checked" not in form


def test_one_press_agrees_and_the_notice_goes(browser: FlaskClient, session: Session) -> None:
    answer = browser.post("/editions/demo/agree", data={"overseas": "yes"}, follow_redirects=True)
    assert "Your agreement is noted" in answer.text
    assert _given(session) == {"matching", "showing", "overseas"}
    for address in ("/", "/suggestions/", "/editions/demo"):
        assert MISSING not in browser.get(address).text


def test_without_the_box_nothing_is_noted(browser: FlaskClient, session: Session) -> None:
    answer = browser.post("/editions/demo/agree", follow_redirects=True)
    assert "tick that your profile may be shown" in answer.text
    assert _given(session) == set()


def test_who_takes_no_part_agrees_to_nothing(
    make: Factory, edition: Edition, sign_in: SignIn, session: Session
) -> None:
    stranger = make.account()
    make.profile(account_id=stranger.id, consents=())
    for client in (sign_in(stranger), sign_in(make.account())):
        answer = client.post("/editions/demo/agree", data={"overseas": "yes"})
        assert answer.status_code == 404
    assert _given(session) == set()


def test_organisers_read_how_many_have_not_agreed(
    make: Factory, kim: Profile, edition: Edition, sign_in: SignIn
) -> None:
    organiser = sign_in(make.account("organiser"))
    page = organiser.get("/editions/demo/people").text
    assert "1 participant has not agreed yet." in page
    assert "Joined, has not agreed yet" in page


def test_organisers_read_no_such_count_where_everybody_agreed(
    make: Factory, edition: Edition, sign_in: SignIn
) -> None:
    make.profile(edition, account_id=make.account().id)
    make.profile(edition, confirmed_at=None)
    page = sign_in(make.account("organiser")).get("/editions/demo/people").text
    assert "has not agreed yet" not in page
    assert "have not agreed yet" not in page
    assert "not agreed yet (0)" in page
