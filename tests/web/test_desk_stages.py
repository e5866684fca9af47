"""The path of stages above every page of the desk: where one is, and what is open elsewhere."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session

from models import Account, Edition, EditionField, Round
from services.desk_standing import standing_of
from tests.conftest import Queries
from tests.factories import Factory
from web.desk_stages import STAGES, WHOLE

SignIn = Callable[[Account], FlaskClient]


@pytest.fixture
def organiser(sign_in: SignIn, make: Factory) -> FlaskClient:
    return sign_in(make.account("organiser"))


def finished(session: Session, edition: Edition, now: datetime) -> None:
    row = Round(edition_id=edition.id, number=1, state="done", created_at=now)
    row.total = row.bound = row.gap = row.worst_left = row.worst_right = row.seconds = 0.0
    row.parameters = {"least": 1, "most": 1, "seed": 0, "fair": "none"}
    session.add(row)
    session.commit()


def test_every_page_of_every_stage_exists(app: Flask) -> None:
    pages = [page for stage in STAGES for page in stage.pages] + list(WHOLE)
    assert {page.endpoint for page in pages} <= set(app.view_functions)
    assert [stage.name for stage in STAGES] == [
        *("people", "rules", "run", "review", "schedule", "publish", "outcome")
    ]


def test_the_path_says_where_one_is_and_what_cannot_begin_yet(
    organiser: FlaskClient, make: Factory
) -> None:
    make.profile(make.edition(slug="jeju"))
    page = organiser.get("/organise/jeju/rounds").text
    here = re.findall(r'aria-current="step">.*?</li>', page, re.DOTALL)
    assert len(here) == 1
    assert "Run" in here[0]
    assert page.count("not yet possible") == 4
    assert "1 takes part" in page


def test_a_finished_round_opens_the_stages_behind_it(
    organiser: FlaskClient, make: Factory, session: Session, now: datetime
) -> None:
    edition = make.edition(slug="jeju", state="closed")
    make.profile(edition)
    finished(session, edition, now)
    page = organiser.get("/organise/jeju/").text
    assert "round 1 is to be read" in page
    assert "nothing is published" in page
    assert 'href="/organise/jeju/rounds/1"' in page
    assert "Open round 1" in page


@pytest.mark.parametrize("people", [3, 60])
def test_how_far_an_edition_is_takes_one_query(
    session: Session,
    make: Factory,
    now: datetime,
    people: int,
    count_queries: Callable[[], AbstractContextManager[Queries]],
) -> None:
    edition = make.edition()
    for _number in range(people):
        make.profile(edition)
    session.refresh(edition)
    with count_queries() as queries:
        at = standing_of(session, edition, now)
    assert queries.total == 1
    assert at.people == people


def test_the_overview_of_a_draft_says_what_it_lacks_and_then_opens_it(
    organiser: FlaskClient, make: Factory, session: Session
) -> None:
    edition = make.edition(slug="jeju", state="draft")
    assert "It has no field of research." in organiser.get("/organise/jeju/").text
    make.field("quantum")
    session.add(EditionField(edition_id=edition.id, field_slug="quantum"))
    session.commit()
    assert "Open it" in organiser.get("/organise/jeju/").text
    answer = organiser.post("/organise/jeju/step", data={"act": "opened"}, follow_redirects=True)
    assert "The edition is open" in answer.text


def test_a_step_that_cannot_be_taken_says_why_and_changes_nothing(
    organiser: FlaskClient, make: Factory, session: Session
) -> None:
    edition = make.edition(slug="jeju", state="closed")
    assert organiser.post("/organise/jeju/step", data={"act": "exploded"}).status_code == 404
    answer = organiser.post("/organise/jeju/step", data={"act": "matched"}, follow_redirects=True)
    assert "No round is finished yet." in answer.text
    session.refresh(edition)
    assert edition.state == "closed"
