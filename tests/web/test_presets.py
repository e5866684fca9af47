from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, select

from models import Account, Edition, RulePreset
from tests.factories import Factory

SignIn = Callable[[Account], FlaskClient]
RULES: dict[str, Any] = {
    "source": "The call text, page 4",
    "date": "2026-11-23",
    "version": "1",
    "rules-0-rule": "member-state",
    "rules-0-kind": "countries",
    "rules-0-lists": ["member-states"],
    "rules-0-least": "2",
    "rules-1-kind": "",
}


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition(slug="here")


@pytest.fixture
def organiser(make: Factory, edition: Edition, sign_in: SignIn) -> FlaskClient:
    return sign_in(make.account("organiser"))


def test_the_rules_that_ship_are_listed_with_source_and_version(organiser: FlaskClient) -> None:
    page = organiser.get("/organise/here/rules").text
    assert "Chips JU and NRF, two mirrored teams" in page
    assert "Version 1, as of 2026-11-23" in page
    assert "Article 22(2)" in page


def test_a_change_is_saved_as_a_new_version(organiser: FlaskClient, session: Session) -> None:
    page = organiser.get("/organise/here/rules/horizon-ria").text
    assert "One more rule" in page
    answer = organiser.post("/organise/here/rules/horizon-ria", data=RULES, follow_redirects=True)
    assert "Version 2 is saved." in answer.text
    [row] = session.exec(select(RulePreset)).all()
    session.expunge(row)
    session.commit()
    assert row.data["rules"] == [
        {"rule": "member-state", "kind": "countries", "lists": ["member-states"], "least": 2}
    ]
    answer = organiser.post("/organise/here/rules/horizon-ria", data=RULES)
    assert answer.status_code == 409


def test_new_rules_have_a_name_of_their_own(organiser: FlaskClient, session: Session) -> None:
    answer = organiser.post("/organise/here/rules/new", data=RULES | {"name": "quantera"})
    assert "There are rules of this name already." in answer.text
    organiser.post("/organise/here/rules/new", data=RULES | {"name": "ours"})
    [row] = session.exec(select(RulePreset)).all()
    assert (row.name, row.version) == ("ours", 1)


def test_a_kind_of_rule_without_what_it_needs_is_refused(organiser: FlaskClient) -> None:
    wrong = RULES | {"rules-0-kind": "types"}
    answer = organiser.post("/organise/here/rules/horizon-ria", data=wrong)
    assert answer.status_code == 422
    assert "Choose the kinds that count." in answer.text


def test_rules_on_teams_without_teams_are_refused_in_words(organiser: FlaskClient) -> None:
    wrong = RULES | {"rules-0-kind": "letters"}
    answer = organiser.post("/organise/here/rules/horizon-ria", data=wrong)
    assert answer.status_code == 422
    assert "need two teams" in answer.text
