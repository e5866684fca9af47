"""Importing: read, look through, keep or drop, and only then save."""

import io
import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, col, select
from werkzeug.test import TestResponse

from models import Account, Participation, PendingImport, Profile, Publication
from tests.factories import Factory

BIB = """@article{a, title={Ferroelectric synapses}, author={Kim, Seo-yeon and Müller, K.},
  year={2024}, doi={10.1000/A}}
@article{b, title={Hybrid bonding of {CMOS}}, year={2020}}
@article{broken, title={x"""


@pytest.fixture
def browser(make: Factory, sign_in: Callable[[Account], FlaskClient]) -> FlaskClient:
    return sign_in(make.account(email="kim@example.org"))


@pytest.fixture
def own(browser: FlaskClient, make: Factory, session: Session) -> Profile:
    account = session.exec(select(Account)).one()
    values: dict[str, Any] = {"source": "account", "email": account.email, "published_at": None}
    return make.profile(account_id=account.id, **values)


def paste(browser: FlaskClient, text: str) -> TestResponse:
    return browser.post("/profile/import", data={"text": text})


def fields(page: str) -> dict[str, str]:
    """Read the fields of the page's large form as a browser sends them untouched."""
    sent: dict[str, str] = {}
    for tag in re.findall(r"<input [^>]*>", page):
        name = re.search(r'name="([^"]*)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name and ('type="checkbox"' not in tag or " checked" in tag):
            sent[name[1]] = value[1] if value else ""
    sent |= dict(re.findall(r'<textarea [^>]*name="([^"]*)"[^>]*>\s*(.*?)</textarea>', page))
    for name_of, inside in re.findall(
        r'<select [^>]*name="([^"]*)"[^>]*>(.*?)</select>', page, re.DOTALL
    ):
        chosen = re.search(r'<option selected value="([^"]*)"', inside)
        sent[name_of] = chosen[1] if chosen else ""
    return sent


def decide(browser: FlaskClient, act: str = "save", /, **changes: str | None) -> TestResponse:
    """Send the review page as it stands, but for some fields; None unticks a box."""
    sent = fields(browser.get("/profile/import/review").text) | {"act": act}
    wanted = {name.replace("_", "-"): value for name, value in changes.items()}
    sent |= {name: value for name, value in wanted.items() if value is not None}
    kept = {name: value for name, value in sent.items() if wanted.get(name, "") is not None}
    return browser.post("/profile/import/review", data=kept)


def works(session: Session) -> list[Publication]:
    session.expire_all()
    found = list(session.exec(select(Publication).order_by(col(Publication.position))))
    session.commit()
    return found


def test_nothing_is_saved_before_it_was_looked_through(
    own: Profile, browser: FlaskClient, session: Session
) -> None:
    answer = paste(browser, BIB)

    assert answer.location == "/profile/import/review"
    page = browser.get(answer.location).text
    assert "Ferroelectric synapses" in page
    assert "Seo-yeon Kim" in page
    assert "Hybrid bonding of CMOS" in page
    assert works(session) == []


def test_what_was_not_read_is_listed_with_its_line(own: Profile, browser: FlaskClient) -> None:
    paste(browser, BIB)

    page = browser.get("/profile/import/review").text

    assert "1 place could not be read." in page
    assert re.search(r'<td class="number">4</td><td>This entry does not end', page)


def test_lines_are_kept_changed_or_dropped(
    own: Profile, browser: FlaskClient, session: Session
) -> None:
    paste(browser, BIB)
    page = browser.get("/profile/import/review").text
    first, second = sorted(int(n) for n in re.findall(r'name="w(\d+)-keep"', page))

    decide(browser, **{f"w{first}-title": "Synapses of hafnia", f"w{second}-keep": None})

    assert [(work.title, work.doi, work.year) for work in works(session)] == [
        ("Synapses of hafnia", "10.1000/a", 2024)
    ]
    assert session.exec(select(PendingImport)).all() == []


def test_a_wrong_value_is_shown_beside_its_line_and_nothing_is_saved(
    own: Profile, browser: FlaskClient, session: Session
) -> None:
    paste(browser, BIB)
    page = browser.get("/profile/import/review").text
    first = min(int(n) for n in re.findall(r'name="w(\d+)-keep"', page))

    answer = decide(browser, **{f"w{first}-year": "20245"})

    assert answer.status_code == 422
    assert "“20245” is out of range" in answer.text
    assert 'value="20245"' in answer.text
    assert works(session) == []


def test_a_second_import_adds_nothing_twice_and_keeps_what_the_person_did(
    own: Profile, browser: FlaskClient, session: Session
) -> None:
    paste(browser, BIB)
    page = browser.get("/profile/import/review").text
    second = max(int(n) for n in re.findall(r'name="w(\d+)-keep"', page))
    decide(browser, **{f"w{second}-keep": None})
    work = works(session)[0]
    work.title, work.weight = "My own words", 0.5
    session.add(work)
    session.commit()

    paste(browser, BIB)
    page = browser.get("/profile/import/review").text

    assert "You left it out before." in page
    assert "1 line is in your profile already" in page
    decide(browser)
    assert [(one.title, one.weight) for one in works(session)] == [("My own words", 0.5)]


def test_a_record_fills_the_profile_and_joins_the_edition(
    browser: FlaskClient, session: Session, make: Factory
) -> None:
    edition = make.edition()
    record = """{"orcid-identifier": {"path": "0000-0002-1825-0097"},
      "person": {"name": {"given-names": {"value": "Seo-yeon"}, "family-name": {"value": "Kim"}},
        "addresses": {"address": [{"country": {"value": "KR"}}]},
        "keywords": {"keyword": [{"content": "hafnia"}, {"content": "synapses"}]}},
      "activities-summary": {"works": {"group": [{"work-summary": [
        {"title": {"title": {"value": "Ferroelectric synapses"}}}]}]}}}"""
    sent = {"file": (io.BytesIO(record.encode()), "record.json")}
    browser.post("/profile/import", data=sent, content_type="multipart/form-data")
    page = browser.get("/profile/import/review").text
    needs = re.search(r'<label for="(f\d+)-value">You need', page)
    assert needs is not None

    wish = {f"{needs[1]}-value": "a pilot line\nhybrid bonding"}
    refused = decide(browser, "join", **wish)
    assert "tick that your profile is shown on the other side" in refused.text

    answer = decide(browser, "join", **wish, overseas="yes")

    assert answer.location == f"/suggestions/?edition={edition.slug}"
    session.expire_all()
    profile = session.exec(select(Profile)).one()
    assert (profile.name, profile.country) == ("Seo-yeon Kim", "KR")
    assert (profile.orcid, profile.topics) == ("0000-0002-1825-0097", ["hafnia", "synapses"])
    assert profile.published_at is not None
    assert session.exec(select(Participation)).one().profile_id == profile.id


def test_who_stands_on_no_side_is_told_and_loses_nothing(
    browser: FlaskClient, session: Session, make: Factory
) -> None:
    make.edition()
    paste(
        browser,
        '{"person": {"name": {"given-names": {"value": "Ann"}}, "addresses": '
        '{"address": [{"country": {"value": "US"}}]}}}',
    )

    answer = decide(browser, "join")

    assert answer.status_code == 422
    assert "Choose a country on one of the two sides" in answer.text
    assert 'value="Ann"' in answer.text
    assert session.exec(select(Participation)).all() == []


def test_a_text_of_no_kind_is_refused_with_what_can_be_read(browser: FlaskClient) -> None:
    answer = paste(browser, "hello there")

    assert answer.status_code == 422
    assert "This is none of the kinds that can be read" in answer.text
    assert "hello there" in answer.text


def test_an_import_can_be_forgotten(browser: FlaskClient, session: Session) -> None:
    paste(browser, BIB)
    assert "still waits" in browser.get("/profile/import").text

    browser.post("/profile/import/discard")

    assert session.exec(select(PendingImport)).all() == []
    session.commit()
    assert browser.get("/profile/import/review").location == "/profile/import"


def test_nobody_sees_the_import_of_another(
    browser: FlaskClient, make: Factory, sign_in: Callable[[Account], FlaskClient]
) -> None:
    paste(browser, BIB)

    other = sign_in(make.account())

    assert other.get("/profile/import/review").location == "/profile/import"


def test_many_works_come_a_hundred_a_page_with_the_same_queries(
    own: Profile, browser: FlaskClient, session: Session, count_queries: Any
) -> None:
    counts = []
    for number in (3, 300):
        many = "\n".join(f"@misc{{k{n}, title={{Work number {n} here}}}}" for n in range(number))
        paste(browser, many)
        with count_queries() as queries:
            page = browser.get("/profile/import/review").text
        counts.append(queries.total)

    # account, its profile, its roles, the import, the profile again, the edition
    assert counts == [6, 6]
    assert page.count('type="checkbox"') == 100
    answer = decide(browser, "2")
    assert answer.location == "/profile/import/review?page=2"
    assert "Work number 150 here" in browser.get(answer.location).text
    decide(browser)
    assert len(works(session)) == 300


@pytest.mark.parametrize("stored", [{}, {"country": "KR"}])
def test_an_organisation_is_found_while_it_is_typed_beside_its_country(
    browser: FlaskClient, own: Profile, make: Factory, session: Session, stored: dict[str, str]
) -> None:
    make.organisation("Korea Advanced Institute", acronyms=("KAIST",), city="Daejeon")
    session.get_one(Profile, own.id).organisation_name = ""
    session.get_one(Profile, own.id).country = stored.get("country")
    session.commit()
    paste(browser, BIB)

    page = browser.get("/profile/import/review").text

    (tag,) = re.findall(r'<input [^>]*list="organisations"[^>]*>', page)
    assert '<datalist id="organisations"></datalist>' in page
    address = unescape(re.findall(r'data-hx-get="([^"]*)"', tag)[0])
    include = unescape(re.findall(r'data-hx-include="([^"]*)"', tag)[0])
    name = re.findall(r'[ ]name="([^"]*)"', tag)[0]
    sent = {name: "kaist"}
    if include != "this":
        sent[include.removeprefix("[name=").removesuffix("]")] = "KR"
    options = browser.get("/organisations", query_string={**_query(address), **sent}).text
    assert '<option value="Korea Advanced Institute">' in options


def _query(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))
