"""The parts of the profile beside the steps: publications, the private list, what was imported."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, select

from models import Account, Exclusion, Profile, Publication
from tests.factories import Factory


@pytest.fixture
def browser(make: Factory, sign_in: Callable[[Account], FlaskClient]) -> FlaskClient:
    """Open a browser for somebody who has no profile yet."""
    return sign_in(make.account(email="kim@example.org"))


@pytest.fixture
def own(browser: FlaskClient, make: Factory, session: Session) -> Profile:
    """Give this somebody a profile."""
    account = session.exec(select(Account)).one()
    return make.profile(account_id=account.id, source="account", email=account.email)


def test_publications_are_added_changed_and_removed(
    own: Profile, browser: FlaskClient, session: Session
) -> None:
    typed = {"title": "One", "authors": "Kim, Lee", "year": "2024", "doi": "doi:10.1000/A"}
    assert (
        browser.post("/profile/publications/new", data=typed | {"weight": "1"}).status_code == 302
    )
    work = session.exec(select(Publication)).one()
    session.commit()
    assert (work.authors, work.year, work.doi) == (["Kim", "Lee"], 2024, "10.1000/a")
    address = f"/profile/publications/{work.id}"
    page = browser.get(address).text
    assert 'value="Kim, Lee"' in page

    browser.post(address, data={"title": "Two", "weight": "0"})
    session.expire_all()
    assert session.exec(select(Publication.title, Publication.weight)).one() == ("Two", 0)
    session.commit()
    assert "not counted" in browser.get("/profile/publications").text

    browser.post(f"{address}/remove")
    assert session.exec(select(Publication)).all() == []


def test_a_weight_from_a_file_survives_a_change_by_hand(
    own: Profile, browser: FlaskClient, session: Session
) -> None:
    session.add(Publication(profile_id=own.id, title="One", weight=0.3))
    session.commit()
    work = session.exec(select(Publication)).one()
    session.commit()
    session.commit()
    assert '<option selected value="0.3">' in browser.get(f"/profile/publications/{work.id}").text

    browser.post(f"/profile/publications/{work.id}", data={"title": "Uno", "weight": "0.3"})

    session.expire_all()
    assert session.exec(select(Publication.title, Publication.weight)).one() == ("Uno", 0.3)


def test_a_publication_with_a_wrong_year_is_kept_as_typed(browser: FlaskClient) -> None:
    answer = browser.post("/profile/publications/new", data={"title": "One", "year": "20244"})

    assert answer.status_code == 422
    assert "“20244” is out of range" in answer.text
    assert 'value="One"' in answer.text


def test_somebody_elses_publication_is_not_found(
    own: Profile, browser: FlaskClient, session: Session, make: Factory
) -> None:
    make.profile(publications=["Theirs"])
    work = session.exec(select(Publication)).one()
    session.commit()

    assert browser.get(f"/profile/publications/{work.id}").status_code == 404
    assert browser.post(f"/profile/publications/{work.id}/remove").status_code == 404


def test_the_private_list_is_kept_and_shown_to_its_owner(
    own: Profile, browser: FlaskClient, session: Session
) -> None:
    assert browser.post("/profile/unwanted", data={"email": "lee@example.org"}).status_code == 302
    assert "lee@example.org" in browser.get("/profile/unwanted").text
    row = session.exec(select(Exclusion)).one()
    session.commit()
    answer = browser.post("/profile/unwanted", data={"email": "kim@example.org"})
    assert "excludes themself" in answer.text

    browser.post(f"/profile/unwanted/{row.id}/remove")

    assert session.exec(select(Exclusion)).all() == []
    session.refresh(own)
    assert "exclude" in own.edited_fields


def test_an_imported_profile_is_offered_taken_over_or_discarded(
    browser: FlaskClient, session: Session, make: Factory
) -> None:
    given: dict[str, Any] = {"email": "kim@example.org", "confirmed_at": None}
    given["published_at"] = None
    first = make.profile(source="list", research="Entered by an organiser.", **given)
    second = make.profile(source="other", **given)
    assert f"/profile/found/{first.id}" in browser.get("/profile").text
    assert "Entered by an organiser." in browser.get(f"/profile/found/{first.id}").text

    browser.post(f"/profile/found/{first.id}/take")
    browser.post(f"/profile/found/{second.id}/discard")

    session.expire_all()
    rows = session.exec(select(Profile)).all()
    assert [(row.id, row.account_id is not None) for row in rows] == [(first.id, True)]
    session.commit()
    assert browser.get(f"/profile/found/{first.id}").status_code == 404


def test_somebody_elses_imported_profile_is_not_found(browser: FlaskClient, make: Factory) -> None:
    other = make.profile(email="lee@example.org", confirmed_at=None)

    assert browser.get(f"/profile/found/{other.id}").status_code == 404
    assert browser.post(f"/profile/found/{other.id}/take").status_code == 404


def test_three_key_works_are_marked_and_a_fourth_is_refused_in_words(
    own: Profile, browser: FlaskClient, session: Session
) -> None:
    for title in ("One", "Two", "Three", "Four"):
        browser.post("/profile/publications/new", data={"title": title, "weight": "1"})
    numbers = list(session.exec(select(Publication.id)))
    session.commit()
    for number in numbers:
        browser.post(f"/profile/publications/{number}/key", data={"key_work": "yes"})

    page = browser.get("/profile/publications").text

    assert "You have 3 key works already" in page
    assert page.count("key work · ") + page.count(">key work<") == 3


def test_old_work_counts_half_or_is_left_out_with_one_press(
    own: Profile, browser: FlaskClient, session: Session
) -> None:
    browser.post("/profile/publications/new", data={"title": "One", "weight": "1"})
    work = session.exec(select(Publication)).one()
    session.commit()
    address = f"/profile/publications/{work.id}/weight"

    browser.post(address, data={"weight": "0.5"})
    assert "counts half" in browser.get("/profile/publications").text
    browser.post(address, data={"weight": "0"})
    assert "not counted" in browser.get("/profile/publications").text
    assert browser.post(address, data={"weight": "7"}).status_code == 400


@pytest.mark.parametrize("works", [3, 300])
def test_the_list_of_publications_takes_the_same_queries_for_few_and_for_many(
    own: Profile, browser: FlaskClient, session: Session, works: int, count_queries: Any
) -> None:
    session.add_all(
        Publication(profile_id=own.id, title=f"Work {n}", position=n) for n in range(works)
    )
    session.commit()
    with count_queries() as queries:
        browser.get("/profile/publications")

    assert queries.total == 11, "\n".join(queries.statements)
