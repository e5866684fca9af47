"""The profile form: five steps that save as they go and lose nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, select
from werkzeug.test import TestResponse

from models import Account, Participation, Profile
from tests.factories import Factory
from web.forms.profile import YouForm

YOU = {"name": "Kim Seo-yeon", "name_native": "김서연", "country": "KR", "organisation": "카이스트"}
Steps = Callable[..., TestResponse]


@pytest.fixture
def kim(make: Factory) -> Account:
    return make.account(email="kim@example.org")


@pytest.fixture
def browser(kim: Account, sign_in: Callable[[Account], FlaskClient]) -> FlaskClient:
    return sign_in(kim)


@pytest.fixture
def step(browser: FlaskClient) -> Steps:
    """Open a step and send it, as a browser does, with the mark that the page carried."""

    def act(slug: str, then: str = "go", **typed: Any) -> TestResponse:
        seen = _seen(browser.get(f"/profile/{slug}").text)
        return browser.post(f"/profile/{slug}", data={"seen": seen, "next": then, **typed})

    return act


def _seen(page: str) -> str:
    return page.split('name="seen" type="hidden" value="')[1].split('"')[0]


def own(session: Session) -> Profile:
    session.expire_all()
    found = session.exec(select(Profile).where(Profile.source == "account")).one()
    session.commit()
    return found


def test_a_new_account_is_led_through_five_steps(browser: FlaskClient) -> None:
    page = browser.get("/profile").text

    assert "Seen by nobody" in page
    places = [page.index(f'href="/profile/{slug}"') for slug in ("you", "work", "exchange")]
    assert places == sorted(places)
    assert "/profile/publications" in page
    assert "/profile/meeting" in page


@pytest.mark.parametrize("slug", ["you", "work", "exchange", "meeting", "publications"])
def test_every_step_opens_before_anything_was_saved(slug: str, browser: FlaskClient) -> None:
    page = browser.get(f"/profile/{slug}")

    assert page.status_code == 200
    assert "What this brings" in page.text


def test_each_step_saves_and_leads_to_the_next(step: Steps, session: Session) -> None:
    assert step("you", **YOU).location == "/profile/work"
    assert step("work", research="강유전체 시냅스", topics="FeFET; 강유전체").location == (
        "/profile/exchange"
    )
    assert step("exchange", offers="a\r\nb\r\n", needs="c").location == "/profile/publications"
    assert (
        step(
            "meeting", least_partners="1", most_partners="4", visibility="signed-in", then="publish"
        ).location
        == "/profile"
    )

    profile = own(session)
    assert (profile.name, profile.name_native, profile.country) == (*list(YOU.values())[:3],)
    assert profile.research == "강유전체 시냅스"
    assert profile.topics == ["FeFET", "강유전체"]
    assert (profile.least_partners, profile.most_partners) == (1, 4)
    assert (profile.visibility, profile.published_at is not None) == ("signed-in", True)


def test_saving_without_going_on_stays_on_the_step(step: Steps) -> None:
    assert step("you", then="stay", **YOU).location == "/profile/you"


def test_what_is_stored_is_shown_again(step: Steps, browser: FlaskClient) -> None:
    step("you", **YOU | {"languages": "Korean, English", "orcid": "0000000218250097"})

    page = browser.get("/profile/you").text

    assert 'value="김서연"' in page
    assert 'value="Korean, English"' in page
    assert 'value="0000-0002-1825-0097"' in page
    assert '<option selected value="KR">' in page


def test_errors_are_told_in_words_and_nothing_typed_is_lost(step: Steps, session: Session) -> None:
    answer = step("you", name="", country="KR", orcid="0000-0002-1825-0098", phone="call me")

    assert answer.status_code == 422
    assert "Something needs another look" in answer.text
    assert "Write your name." in answer.text
    assert "“0000-0002-1825-0098” is no ORCID iD" in answer.text
    assert 'value="call me"' in answer.text
    assert session.exec(select(Profile)).all() == []


def test_least_above_most_is_told_beside_the_field(step: Steps) -> None:
    answer = step("meeting", least_partners="4", most_partners="two", visibility="participants")
    assert "“two” is no whole number" in answer.text
    answer = step("meeting", least_partners="4", most_partners="2", visibility="participants")
    assert "The least (4) is above the most (2)" in answer.text
    answer = step("meeting", least_partners="-1", visibility="participants")
    assert "“-1” is no whole number" in answer.text


def test_a_second_tab_is_told_and_its_text_kept(
    step: Steps, browser: FlaskClient, session: Session, make: Factory
) -> None:
    make.field("quantum", name_en="Quantum technologies")
    old = _seen(browser.get("/profile/work").text)
    step("work", research="From the first tab.", fields=["quantum"])

    answer = browser.post("/profile/work", data={"seen": old, "research": "From the second tab."})

    assert answer.status_code == 409
    assert "changed elsewhere" in answer.text
    assert "From the first tab." in answer.text
    assert "Quantum technologies</dd>" in answer.text
    assert "From the second tab.</textarea>" in answer.text
    assert own(session).research == "From the first tab."

    again = {"seen": _seen(answer.text), "research": "From the second tab."}
    assert browser.post("/profile/work", data=again).status_code == 302
    assert own(session).research == "From the second tab."


def test_a_recognised_organisation_is_named(
    step: Steps, browser: FlaskClient, make: Factory
) -> None:
    make.organisation("Korea Advanced Institute", acronyms=("카이스트",), city="Daejeon")

    step("you", **YOU)

    assert "Known here as Korea Advanced Institute, Daejeon." in browser.get("/profile/you").text


def test_the_page_says_that_text_waits_to_be_read(step: Steps, browser: FlaskClient) -> None:
    assert "Your text is saved" not in browser.get("/profile").text
    step("work", research="Ferroelectric synapses.")

    assert "Your text is saved. It will be read" in browser.get("/profile").text
    assert "Your text is saved" in browser.get("/profile/reading").text


def test_publishing_without_a_name_leads_to_the_first_step(step: Steps, session: Session) -> None:
    answer = step("meeting", then="publish", visibility="participants", most_partners="3")

    assert answer.location == "/profile/you"
    assert own(session).published_at is None
    assert own(session).most_partners == 3


def test_a_published_profile_is_taken_back(
    step: Steps, browser: FlaskClient, session: Session, make: Factory
) -> None:
    step("you", **YOU)
    step("meeting", then="publish", visibility="organisers")
    make.participation(make.edition(), own(session))
    assert "Take my profile back" in browser.get("/profile/meeting").text

    browser.post("/profile/unpublish")

    assert own(session).published_at is None
    assert session.exec(select(Participation)).all() == []


def test_changing_who_sees_a_published_profile_is_one_save(step: Steps, session: Session) -> None:
    step("you", **YOU)
    step("meeting", then="publish", visibility="participants")

    step("meeting", then="stay", visibility="organisers")

    assert own(session).visibility == "organisers"


def test_pages_without_a_profile_are_not_there(browser: FlaskClient) -> None:
    for path in ("/profile/unwanted", "/profile/reading", "/profile/publications/1"):
        assert browser.get(path).status_code == 404


def test_a_visitor_is_asked_to_sign_in(client: FlaskClient) -> None:
    for path in ("/profile", "/profile/you", "/profile/publications", "/organisations?q=ka"):
        assert client.get(path).status_code in (302, 401)


def test_whoever_takes_part_unpublished_is_warned(
    step: Steps, browser: FlaskClient, session: Session, make: Factory
) -> None:
    step("you", **YOU)
    make.participation(make.edition(name_en="The Forum"), own(session))

    assert "You take part in The Forum, but" in browser.get("/profile").text


def test_a_country_that_an_edition_does_not_know_is_refused_beside_the_field(
    step: Steps, session: Session, make: Factory
) -> None:
    step("you", **YOU)
    make.participation(make.edition(name_en="The Forum"), own(session))

    answer = step("you", **YOU | {"country": "US"})

    assert answer.status_code == 422
    assert "You take part in The Forum" in answer.text
    assert own(session).country == "KR"


def test_the_first_step_asks_for_nothing_but_a_name_and_a_country(app: Any) -> None:
    with app.test_request_context(method="POST"):
        form = YouForm()
        required = {field.name for field in form if field.flags.required}
    assert required == {"name", "country"}
