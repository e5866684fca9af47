"""An organiser starts a round, watches it, reads it, and takes the match list home."""

import csv
import io
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import Account, AccountRole, Edition, Exclusion, Pairing, Profile, Round
from models.database import make_sessions
from services.round_queue import run_queued_rounds
from tests.conftest import Queries
from tests.factories import Factory
from tests.services.round_example import forum, known

SignIn = Callable[[Account], FlaskClient]


@pytest.fixture
def organiser(sign_in: SignIn, make: Factory) -> FlaskClient:
    return sign_in(make.account("organiser"))


@pytest.fixture
def work(engine: Engine, now: datetime) -> Callable[[], int]:
    """Do what the worker does."""
    return lambda: run_queued_rounds(make_sessions(engine), lambda: now, known)


def start(client: FlaskClient, least: object = 1, most: object = 1) -> str:
    given = {"least": least, "most": most, "seed": 0}
    answer = client.post("/organise/jeju/rounds", data=given)
    assert answer.status_code == 302
    return answer.location


def test_starting_a_round_queues_it_and_shows_how_far_it_is(
    organiser: FlaskClient, make: Factory, session: Session
) -> None:
    forum(make)
    address = start(organiser)
    assert address == "/organise/jeju/rounds/1"
    page = organiser.get(address).text
    assert "Getting ready" in page
    assert "Cancel this round" in page
    assert session.exec(select(Round.state)).one() == "queued"


def test_an_edition_that_is_over_starts_no_round_and_says_what_to_do(
    organiser: FlaskClient, make: Factory, session: Session, now: datetime
) -> None:
    edition = forum(make)[0]
    edition.ends_at = now
    session.commit()
    data = {"least": 1, "most": 2, "seed": 0, "fair": "none"}
    page = organiser.post("/organise/jeju/rounds", data=data, follow_redirects=True).text
    assert "Clone it for the next forum" in page
    assert "Start the round" not in page
    assert session.exec(select(Round)).all() == []


def test_the_round_remembers_who_started_it_and_with_what(
    organiser: FlaskClient, make: Factory, session: Session
) -> None:
    forum(make)
    start(organiser, least=1, most=3)
    row = session.exec(select(Round)).one()
    assert (row.parameters["least"], row.parameters["most"]) == (1, 3)
    assert row.started_by is not None


def test_the_result_opens_with_the_proof_and_the_pairs(
    organiser: FlaskClient, make: Factory, work: Callable[[], int]
) -> None:
    forum(make)
    address = start(organiser)
    work()
    page = organiser.get(address).text
    assert "3 pairs with a total affinity of 1.900" in page
    assert "Everybody got at least as many partners as promised." in page
    assert "Download the match list" in page
    assert "Cancel this round" not in page


def test_people_who_got_too_few_are_named_first(
    organiser: FlaskClient,
    make: Factory,
    session: Session,
    work: Callable[[], int],
    now: datetime,
) -> None:
    _, left, right = forum(make)
    for other in right:
        session.add(Exclusion(profile_id=left[0].id, other_id=other.id, created_at=now))
    session.commit()
    address = start(organiser, most=2)
    work()
    page = organiser.get(address).text
    assert page.index("Who did not get their least") < page.index("The pairs, the least promising")
    assert left[0].name in page
    assert "exclu" not in page.lower()


def test_the_match_list_is_downloaded_under_the_round_s_name(
    organiser: FlaskClient, make: Factory, work: Callable[[], int]
) -> None:
    forum(make)
    address = start(organiser)
    work()
    answer = organiser.get(address + "/match-list.csv")
    assert answer.mimetype == "text/csv"
    assert 'filename="ieum-jeju-round-1.csv"' in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert len(rows) == 3
    whole = json.loads(organiser.get(address + "/match-list.json").data)
    assert [pair["left"]["id"] for pair in whole["pairs"]] == [row["left_id"] for row in rows]


def test_links_to_files_say_that_they_download(
    organiser: FlaskClient, make: Factory, work: Callable[[], int]
) -> None:
    forum(make)
    address = start(organiser)
    work()
    assert organiser.get(address).text.count(" download") >= 2


def test_a_waiting_round_can_be_cancelled(organiser: FlaskClient, make: Factory) -> None:
    forum(make)
    address = start(organiser)
    page = organiser.post(address + "/cancel", follow_redirects=True).text
    assert "This round was cancelled; nothing was changed." in page


def test_a_second_round_leads_to_the_one_under_way(
    organiser: FlaskClient, make: Factory, session: Session
) -> None:
    forum(make)
    first = start(organiser)
    answer = organiser.post(
        "/organise/jeju/rounds", data={"least": 1, "most": 1, "seed": 0}, follow_redirects=True
    )
    assert answer.request.path == first
    assert "Round 1 is still under way." in answer.text
    assert len(session.exec(select(Round)).all()) == 1


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [
        (3, 2, "The most may not be below the least."),
        ("two", 2, "Give a whole number, such as 2."),
        (-1, 2, "Choose a number from 0 to 50."),
        (1, 51, "Choose a number from 0 to 50."),
        ("", "", "Give a whole number, such as 2."),
    ],
)
def test_bounds_that_make_no_sense_are_told_in_words_and_start_nothing(
    organiser: FlaskClient,
    make: Factory,
    session: Session,
    least: object,
    most: object,
    words: str,
) -> None:
    forum(make)
    answer = organiser.post("/organise/jeju/rounds", data={"least": least, "most": most, "seed": 0})
    assert answer.status_code == 422
    assert words in answer.text
    assert session.exec(select(Round)).all() == []


def test_the_progress_line_asks_for_itself_until_the_round_is_over(
    organiser: FlaskClient, make: Factory, work: Callable[[], int]
) -> None:
    forum(make)
    address = start(organiser)
    line = organiser.get(address + "/progress")
    assert f'data-hx-get="{address}/progress"' in line.text
    assert "HX-Refresh" not in line.headers
    work()
    assert organiser.get(address + "/progress").headers["HX-Refresh"] == "true"


def test_a_round_that_fails_says_why(
    organiser: FlaskClient, make: Factory, work: Callable[[], int]
) -> None:
    make.profile(make.edition(slug="jeju"), country="DE")
    address = start(organiser)
    work()
    assert "Nobody takes part for Korea" in organiser.get(address).text


def test_an_unknown_round_or_edition_is_not_found(organiser: FlaskClient, make: Factory) -> None:
    forum(make)
    assert organiser.get("/organise/jeju/rounds/9").status_code == 404
    assert organiser.get("/organise/busan/").status_code == 404


def test_the_organiser_s_list_has_only_what_they_organise(
    sign_in: SignIn, make: Factory, session: Session
) -> None:
    mine, other = make.edition(name_en="Mine"), make.edition(name_en="Another")
    account = make.account()
    session.add(AccountRole(account_id=account.id, role="organiser", edition_id=mine.id))
    session.commit()
    page = sign_in(account).get("/organise/").text
    assert "Mine" in page
    assert "Another" not in page
    assert sign_in(account).get(f"/organise/{other.slug}/").status_code == 403


def test_an_edition_without_rounds_says_what_will_stand_there(
    organiser: FlaskClient, make: Factory
) -> None:
    forum(make)
    assert "No round yet" in organiser.get("/organise/jeju/rounds").text
    assert "3 people from Europe" in organiser.get("/organise/jeju/").text


@pytest.mark.parametrize("people", [3, 120])
def test_a_result_takes_the_same_queries_for_any_number_of_pairs(
    organiser: FlaskClient,
    make: Factory,
    session: Session,
    count_queries: Callable[[], AbstractContextManager[Queries]],
    now: datetime,
    people: int,
) -> None:
    edition = make.edition(slug="jeju")
    finished(session, edition, people, now)
    with count_queries() as queries:
        assert organiser.get("/organise/jeju/rounds/1").status_code == 200
    assert len(queries.statements) == 14


def finished(session: Session, edition: Edition, pairs: int, now: datetime) -> None:
    """Write a finished round with so many pairs, each of two people of its own."""
    moments: dict[str, Any] = {"created_at": now, "updated_at": now}
    people = [Profile(source_key=str(n), name=f"Person {n}", **moments) for n in range(2 * pairs)]
    row = Round(edition_id=edition.id, number=1, state="done", created_at=now)
    row.parameters = {"least": 1, "most": 1, "seed": 0, "worth": 0.0}
    row.total = row.bound = row.gap = row.worst_left = row.worst_right = row.seconds = 0.0
    session.add_all([*people, row])
    session.flush()
    for left, right in zip(people[::2], people[1::2], strict=True):
        ends: dict[str, Any] = {"left_id": left.id, "right_id": right.id}
        session.add(Pairing(round_id=row.id, score=0.5, grade="good", **ends))
    session.commit()
