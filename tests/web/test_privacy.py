"""The pages of privacy: everything a plain form, and each act with its effect."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, select

from models import Account, Consent, ConsentEvent, Edition, Participation, PartVisibility, Profile
from tests.conftest import Queries
from tests.factories import Factory

SignIn = Callable[[Account], FlaskClient]
Counting = Callable[[], AbstractContextManager[Queries]]


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition(slug="demo", name_en="The Forum")


@pytest.fixture
def account(make: Factory) -> Account:
    return make.account(email="kim@example.org")


@pytest.fixture
def kim(make: Factory, account: Account) -> Profile:
    return make.profile(account_id=account.id, country="KR", research="quantum", consents=())


@pytest.fixture
def browser(account: Account, kim: Profile, sign_in: SignIn) -> FlaskClient:
    return sign_in(account)


def _given(session: Session) -> set[str]:
    found = set(session.exec(select(Consent.purpose)))
    session.commit()
    return found


def _joined(session: Session) -> bool:
    found = session.exec(select(Participation)).first() is not None
    session.commit()
    return found


def test_joining_asks_in_plain_words_and_nothing_is_ticked_beforehand(
    browser: FlaskClient, edition: Edition
) -> None:
    page = browser.get("/editions/demo").text
    assert "transferred to participants and organisers in the other region" in page
    assert "My profile is compared" in page
    assert "checked" not in page.split("<form")[2]
    assert page.count(" required") == 1


def test_nobody_joins_without_the_consent_that_is_needed(
    session: Session, browser: FlaskClient, edition: Edition
) -> None:
    page = browser.post("/editions/demo/join", follow_redirects=True).text
    assert "tick that your profile may be shown on the other side" in page
    assert not _joined(session)
    # What the refused button would have consented to is not given either.
    assert _given(session) == set()


def test_what_was_ticked_is_given_and_nothing_else(
    session: Session, browser: FlaskClient, edition: Edition
) -> None:
    browser.post("/editions/demo/join", data={"overseas": "yes", "mails": "yes"})
    assert _joined(session)
    assert _given(session) == {"matching", "showing", "overseas", "mails"}


def test_who_has_agreed_is_not_asked_a_second_time(
    make: Factory, account: Account, browser: FlaskClient, edition: Edition
) -> None:
    make.consents(account.id, "matching", "overseas", "mails", "contact")
    assert "transferred to" not in browser.get("/editions/demo").text


def test_a_consent_is_withdrawn_as_easily_as_it_is_given(
    session: Session, browser: FlaskClient
) -> None:
    for act, given in (("agree", {"statistics"}), ("withdraw", set())):
        answer = browser.post(f"/account/privacy/{act}", data={"purpose": "statistics"})
        assert answer.status_code == 302
        assert _given(session) == given
    page = browser.get("/account/privacy/ledger").text
    assert page.index("withdrawn") < page.index("agreed</td>")


def test_the_language_of_the_wording_is_noted(
    session: Session, account: Account, browser: FlaskClient
) -> None:
    browser.post(
        "/account/privacy/agree", data={"purpose": "mails"}, headers={"Accept-Language": "ko"}
    )
    assert session.exec(select(ConsentEvent.language)).one() == "ko"


def test_withdrawing_the_matching_leaves_the_edition(
    session: Session, make: Factory, account: Account, browser: FlaskClient, edition: Edition
) -> None:
    browser.post("/editions/demo/join", data={"overseas": "yes"})
    browser.post("/account/privacy/withdraw", data={"purpose": "matching"})
    assert not _joined(session)


def test_an_unknown_purpose_is_refused(browser: FlaskClient) -> None:
    for act in ("agree", "withdraw"):
        answer = browser.post(f"/account/privacy/{act}", data={"purpose": "terms"})
        assert answer.status_code == 400


def test_publishing_is_the_consent_to_be_shown_and_taking_back_withdraws_it(
    session: Session, browser: FlaskClient
) -> None:
    page = {"seen": "", "visibility": "matches", "next": "publish"}
    form = browser.get("/profile/meeting").text
    page["seen"] = form.split('name="seen"')[1].split('value="')[1].split('"')[0]
    browser.post("/profile/meeting", data=page)
    assert _given(session) == {"showing"}
    assert "My matches" in browser.get("/account/privacy").text
    browser.post("/profile/unpublish")
    assert _given(session) == set()
    browser.post("/account/privacy/agree", data={"purpose": "showing"})
    assert session.exec(select(Profile.published_at)).one() is not None
    session.commit()
    assert "My matches" in browser.get("/account/privacy").text


def test_showing_a_profile_without_a_name_leads_to_the_name(
    session: Session, kim: Profile, browser: FlaskClient
) -> None:
    kim.name = ""
    session.commit()
    answer = browser.post("/account/privacy/agree", data={"purpose": "showing"})
    assert answer.headers["Location"] == "/profile/you"
    assert _given(session) == set()


def test_the_gender_is_kept_with_its_consent_only(session: Session, browser: FlaskClient) -> None:
    def gender() -> str | None:
        found = session.exec(select(Profile.gender)).one()
        session.commit()
        return found

    browser.post("/account/privacy/agree", data={"purpose": "gender", "gender": ""})
    assert (gender(), _given(session)) == (None, set())
    browser.post("/account/privacy/agree", data={"purpose": "gender", "gender": "female"})
    assert (gender(), _given(session)) == ("female", {"gender"})
    browser.post("/account/privacy/withdraw", data={"purpose": "gender"})
    assert (gender(), _given(session)) == (None, set())


def test_who_sees_which_part_is_saved_and_shown(session: Session, browser: FlaskClient) -> None:
    data = {"research": "matches", "topics": "nobody"}
    page = browser.post("/account/privacy/parts", data=data, follow_redirects=True).text
    assert "Saved. It counts at once." in page
    assert page.count("<option selected") == 6
    rows = session.exec(select(PartVisibility.part, PartVisibility.level)).all()
    assert set(rows) == {("research", "matches"), ("topics", "nobody")}


def test_a_level_that_there_is_not_is_refused(session: Session, browser: FlaskClient) -> None:
    for data in ({"identity": "nobody"}, {"research": "everybody"}):
        assert browser.post("/account/privacy/parts", data=data).status_code == 422
    assert session.exec(select(PartVisibility)).all() == []


def test_an_account_without_a_profile_is_led_to_it(make: Factory, sign_in: SignIn) -> None:
    browser = sign_in(make.account())
    assert "You have no profile yet" in browser.get("/account/privacy").text
    assert browser.post("/account/privacy/parts").headers["Location"] == "/profile"


def test_one_press_gives_everything_as_a_file(account: Account, browser: FlaskClient) -> None:
    page = browser.get("/account/privacy").text
    assert 'href="/account/privacy/data.json" download' in page
    answer = browser.get("/account/privacy/data.json")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert json.loads(answer.text)["tables"]["account"][0]["email"] == account.email


def test_a_copied_cookie_opens_nothing_after_signing_out(
    browser: FlaskClient, account: Account
) -> None:
    copied = browser.get_cookie("session")
    assert copied is not None
    browser.post("/sign-out")
    browser.set_cookie("session", copied.value)
    assert browser.get("/account").status_code == 302


def test_signing_out_here_leaves_the_other_browser_alone(
    browser: FlaskClient, account: Account, app_browser: FlaskClient
) -> None:
    browser.post("/sign-out")
    assert app_browser.get("/account").status_code == 200


def test_signing_out_everywhere_ends_every_browser(
    browser: FlaskClient, app_browser: FlaskClient
) -> None:
    answer = browser.post("/sign-out-everywhere", follow_redirects=True)
    assert "signed out everywhere" in answer.text
    for one in (browser, app_browser):
        assert one.get("/account").status_code == 302


@pytest.fixture
def app_browser(browser: FlaskClient, account: Account) -> FlaskClient:
    """Open a second browser of the same person."""
    other = browser.application.test_client()
    with other.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = f"{account.id}.0.another", True
    return other


def test_the_page_takes_the_same_queries_whatever_was_agreed_to(
    make: Factory, account: Account, browser: FlaskClient, count_queries: Counting
) -> None:
    make.consents(account.id, "matching", "mails", "statistics")
    with count_queries() as queries:
        assert browser.get("/account/privacy").status_code == 200
    # account, profile, roles; profile, levels, open to matches, consents
    assert queries.total == 7, "\n".join(queries.statements)


def test_organisers_see_a_mail_address_with_consent_only(
    make: Factory, account: Account, edition: Edition, sign_in: SignIn
) -> None:
    kim = make.profile(edition, account_id=account.id, email="kim@example.org")
    imported = make.profile(edition, email="imported@example.org", confirmed_at=None)
    assert kim.id != imported.id
    organiser = sign_in(make.account("organiser"))
    page = organiser.get("/editions/demo/people").text
    assert "imported@example.org" in page
    assert "kim@example.org" not in page
    make.consents(account.id, "contact")
    assert "kim@example.org" in organiser.get("/editions/demo/people").text
