"""Making an edition, cloning the last one, deleting a draft, and reading what was changed."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, select

from models import Account, AccountRole, Edition
from services.audit import Subject, record
from tests.factories import Factory

SignIn = Callable[[Account], FlaskClient]


@pytest.fixture
def browser(sign_in: SignIn, make: Factory) -> FlaskClient:
    return sign_in(make.account("organiser"))


def new(now: datetime, **wish: str) -> dict[str, str]:
    day = (now + timedelta(days=200)).date().isoformat()
    return {"name_en": "Busan", "slug": "busan-2027", "first_day": day, "days": "2"} | wish


def test_a_new_edition_is_a_draft_that_only_organisers_see(
    browser: FlaskClient, session: Session, now: datetime, sign_in: SignIn, make: Factory
) -> None:
    assert "Make an edition" in browser.get("/organise/").text
    answer = browser.post("/organise/new", data=new(now), follow_redirects=True)
    assert answer.request.path == "/organise/busan-2027/"
    assert "Before the edition can be opened:" in answer.text
    assert session.exec(select(Edition.state)).one() == "draft"
    session.commit()
    assert sign_in(make.account()).get("/editions/busan-2027").status_code == 404


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"slug": "Busan 2027"}, "Use small letters, digits and single hyphens"),
        ({"slug": "demo"}, "Another edition has this short name."),
        ({"first_day": "2020-01-01"}, "The first day lies ahead."),
        ({"name_en": ""}, "Write the name in English."),
    ],
)
def test_an_edition_that_cannot_be_made_is_explained(
    browser: FlaskClient, make: Factory, now: datetime, wish: dict[str, str], words: str
) -> None:
    make.edition(slug="demo")
    answer = browser.post("/organise/new", data=new(now, **wish))
    assert answer.status_code == 422
    assert words in answer.text


def test_the_last_edition_is_cloned_with_a_proposal(
    browser: FlaskClient, make: Factory, session: Session, now: datetime
) -> None:
    make.edition(slug="jeju-2026", name_en="Jeju 2026", state="over")
    page = browser.get("/organise/jeju-2026/clone").text
    assert 'value="jeju-2027"' in page
    assert 'value="Jeju 2027"' in page
    wish = {"name_en": "Jeju 2027", "slug": "jeju-2027", "first_day": "2027-12-21"}
    answer = browser.post("/organise/jeju-2026/clone", data=wish, follow_redirects=True)
    assert answer.request.path == "/organise/jeju-2027/"
    made = session.exec(select(Edition).where(Edition.slug == "jeju-2027")).one()
    assert (made.starts_at.date().isoformat(), made.state) == ("2027-12-21", "draft")


def test_who_organises_one_edition_makes_no_other(
    sign_in: SignIn, make: Factory, session: Session
) -> None:
    mine, account = make.edition(slug="mine", state="draft"), make.account()
    session.add(AccountRole(account_id=account.id, role="organiser", edition_id=mine.id))
    session.commit()
    browser = sign_in(account)
    assert "Make an edition" not in browser.get("/organise/").text
    assert "Delete the draft" not in browser.get("/organise/mine/").text
    for path in ("/organise/new", "/organise/mine/clone", "/organise/mine/delete"):
        assert browser.post(path).status_code == 403


def test_a_draft_with_nobody_is_deleted_and_any_other_stays(
    browser: FlaskClient, make: Factory, session: Session
) -> None:
    make.edition(slug="draft", state="draft")
    make.profile(make.edition(slug="full", state="draft"))
    make.edition(slug="open")
    assert "Delete the draft" in browser.get("/organise/draft/").text
    for slug, words in (
        ("draft", "The draft is deleted."),
        ("full", "It has 1 participant or round"),
        ("open", "Only a draft can be deleted."),
    ):
        answer = browser.post(f"/organise/{slug}/delete", follow_redirects=True)
        assert words in answer.text
    assert set(session.exec(select(Edition.slug))) == {"full", "open"}


def test_the_log_tells_who_when_before_and_after_in_words(
    browser: FlaskClient, make: Factory, session: Session, now: datetime
) -> None:
    edition, actor = make.edition(slug="demo"), make.account()
    make.profile(account_id=actor.id, name="Jana Nováková")
    person = make.profile(edition, name="Kim Minseo")
    about = Subject("edition", edition.id)
    states = {"before": {"state": "draft"}, "after": {"state": "open"}}
    record(session, edition.id, "opened", about, now, actor_id=actor.id, **states)
    record(session, edition.id, "invited", Subject("registrant", person.id), now, actor_id=None)
    pair = {"left_id": person.id, "right_id": 999}
    record(session, edition.id, "pinned", Subject("pair", 5), now, actor_id=None, after=pair)
    session.commit()
    page = browser.get("/organise/demo/audit").text
    for words in (
        "Jana Nováková",
        "Edition: opened",
        "<del>Draft, seen by organisers only</del>",
        "<ins>Open for registration</ins>",
        "Registrant Kim Minseo: ",
        "the worker or a command",
        "somebody who left",
        "23 Nov 2026, 10:00",
    ):
        assert words in page
    only = browser.get(f"/organise/demo/audit?subject=registrant&by={actor.id}").text
    assert "Nothing stands here" in only
    assert "Registrant" in browser.get("/organise/demo/audit?subject=registrant").text


def test_every_kind_of_value_has_words(
    browser: FlaskClient, make: Factory, session: Session, now: datetime
) -> None:
    edition = make.edition(slug="demo")
    half = [now.isoformat(), (now + timedelta(hours=1)).isoformat()]
    after = {
        "closes_at": now.isoformat(),
        "left": ["DE", "FR"],
        "list_visibility": "signed-in",
        "meet_again": True,
        "programme": {"slot_minutes": 30, "tables": 20, "half_days": [half], "links": ["x"]},
        "parameters": {"least": 2},
        "unknown_value": 3,
    }
    record(session, edition.id, "changed", Subject("edition"), now, actor_id=None, after=after)
    session.commit()
    page = browser.get("/organise/demo/audit").text
    for words in (
        "23 Nov 2026, 10:00",
        "France, Germany",
        "Everybody who has signed in",
        "yes",
        "minutes a slot: 30, tables: 20",
        "least: 2",
        "unknown value: ",
    ):
        assert words in page
