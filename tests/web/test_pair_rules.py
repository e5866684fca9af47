"""An organiser pins and forbids pairs, from the list of a round and from a page of their own."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, select

from models import Account, PairRule
from tests.conftest import Queries
from tests.factories import Factory
from tests.services.round_example import forum

SignIn = Callable[[Account], FlaskClient]
PAGE = "/organise/jeju/pairs"


@pytest.fixture
def organiser(sign_in: SignIn, make: Factory) -> FlaskClient:
    account = make.account("organiser")
    make.profile(account_id=account.id, name="Olga Organiser")
    return sign_in(account)


def test_two_people_are_found_by_a_piece_of_their_names_and_pinned(
    organiser: FlaskClient, make: Factory, session: Session
) -> None:
    _, left, right = forum(make)
    left[0].name, right[0].name_native = "Jana Nováková", "김서연"
    session.add_all([left[0], right[0]])
    session.commit()
    found = organiser.get(PAGE, query_string={"left": "novák", "right": "서연"}).text
    assert "Jana Nováková" in found
    assert f'value="{right[0].id}"' in found
    given = {"kind": "pin", "left_id": left[0].id, "right_id": right[0].id}
    page = organiser.post(PAGE, data=given, follow_redirects=True).text
    assert "The two are pinned: the next round makes this pair." in page
    assert "Olga Organiser" in page


def test_a_rule_is_lifted_again(organiser: FlaskClient, make: Factory, session: Session) -> None:
    _, left, right = forum(make)
    given = {"kind": "forbid", "left_id": left[0].id, "right_id": right[0].id}
    assert "The pair is forbidden" in organiser.post(PAGE, data=given, follow_redirects=True).text
    rule = session.exec(select(PairRule.id)).one()
    session.commit()
    page = organiser.post(f"{PAGE}/{rule}/lift", follow_redirects=True).text
    assert "Nothing is decided" in page
    assert organiser.post(f"{PAGE}/{rule}/lift").status_code == 404


def test_a_fact_against_a_pin_is_told_and_can_be_overruled(
    organiser: FlaskClient, make: Factory, session: Session
) -> None:
    _, left, right = forum(make)
    for person in (left[0], right[0]):
        person.organisation_name = "KAIST"
        session.add(person)
    session.commit()
    given = {"kind": "pin", "left_id": left[0].id, "right_id": right[0].id}
    page = organiser.post(PAGE, data=given, follow_redirects=True).text
    assert "The two belong to one organisation." in page
    assert "Pin them all the same" in page
    page = organiser.post(PAGE, data=given | {"anyway": "y"}, follow_redirects=True).text
    assert "The two are pinned" in page


def test_wrong_people_are_refused_in_words(organiser: FlaskClient, make: Factory) -> None:
    _, left, _ = forum(make)
    given: dict[str, object] = {"kind": "pin", "left_id": left[0].id, "right_id": left[1].id}
    page = organiser.post(PAGE, data=given, follow_redirects=True).text
    assert "Choose one person of each side, both taking part." in page
    page = organiser.post(PAGE, data={"kind": "pin"}, follow_redirects=True).text
    assert "Choose one person of each side first." in page


def test_the_page_takes_the_same_queries_for_any_number_of_rules(
    organiser: FlaskClient,
    make: Factory,
    session: Session,
    count_queries: Callable[[], AbstractContextManager[Queries]],
    now: datetime,
) -> None:
    edition, left, right = forum(make)
    organiser.get(PAGE)
    counted = []
    for row in (left[0], left[1]):
        for other in right:
            pair = {"left_id": row.id, "right_id": other.id}
            session.add(PairRule(edition_id=edition.id, kind="forbid", set_at=now, **pair))
        session.commit()
        with count_queries() as queries:
            assert organiser.get(PAGE).status_code == 200
        counted.append(queries.total)
    assert counted == [9, 9]
