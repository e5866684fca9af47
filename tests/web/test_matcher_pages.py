"""An organiser reads how the matcher does, tries it on good pairs, and renews the scale."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import Account, Edition, MatcherRun, Participation, Profile
from models.database import make_sessions
from services.edition_calibration import calibration_of
from services.matcher_queue import run_matcher_work
from services.roles import grant
from tests.conftest import Queries
from tests.factories import Factory
from tests.services.test_already_met import pair_up
from tests.word_encoder import encode_everybody, word_encoders

SignIn = Callable[[Account], FlaskClient]
BASE = "/organise/jeju/matcher"


@pytest.fixture
def organiser(sign_in: SignIn, make: Factory) -> FlaskClient:
    return sign_in(make.account("organiser"))


@pytest.fixture
def people(make: Factory, session: Session) -> dict[str, list[Profile]]:
    edition = make.edition(slug="jeju", name_en="Jeju")
    texts = ("quantum photon", "turbine noise", "laser chip")
    found = {
        side: [
            make.profile(
                edition,
                country=country,
                research=text,
                name=f"{side.title()} {number}",
                email=f"{side}{number}@example.org",
            )
            for number, text in enumerate(texts)
        ]
        for side, country in (("left", "DE"), ("right", "KR"))
    }
    encode_everybody(session)
    session.commit()
    return found


@pytest.fixture
def edition(session: Session, people: dict[str, list[Profile]]) -> Edition:
    found = session.exec(select(Edition).where(Edition.slug == "jeju")).one()
    session.commit()
    return found


@pytest.fixture
def work(engine: Engine, make: Factory, session: Session) -> Callable[[], None]:
    """Do what the worker does."""

    def at_work() -> None:
        session.commit()
        run_matcher_work(make_sessions(engine), lambda: make.now, word_encoders()[0])
        session.expire_all()

    return at_work


def test_the_overview_says_what_a_grade_means_and_that_nobody_has_looked(
    organiser: FlaskClient, edition: Edition
) -> None:
    page = organiser.get(f"{BASE}/").text
    assert "The score is above that of 99% of all pairs." in page
    assert "The score is below the middle of all pairs." in page
    assert "Nobody has looked yet" in page
    assert "See how the matcher does" in organiser.get("/organise/jeju/").text


def test_whoever_is_on_no_list_is_named_with_what_the_correction_does(
    organiser: FlaskClient, edition: Edition, work: Callable[[], None], session: Session
) -> None:
    work()
    page = organiser.get(f"{BASE}/exposure").text
    assert "everybody stands on a list, and nobody on more than" in page
    assert "Everybody stands on somebody" in page

    row = session.exec(select(Participation)).first()
    assert row is not None
    row.lists_before = row.lists_after = 0
    session.commit()
    page = organiser.get(f"{BASE}/exposure").text
    assert "1 person stands on no list" in page
    assert "Still on no list" in page
    assert "Left 0" in page


def test_an_organiser_has_the_lists_looked_at_again(
    organiser: FlaskClient, edition: Edition, work: Callable[[], None]
) -> None:
    work()
    answer = organiser.post(f"{BASE}/exposure", follow_redirects=True)
    assert "Waiting for the worker" in answer.text
    again = organiser.post(f"{BASE}/exposure", follow_redirects=True)
    assert "This is under way already" in again.text
    work()
    assert "Look again now" in organiser.get(f"{BASE}/exposure").text


def test_the_line_of_progress_ends_by_reloading_the_page(
    organiser: FlaskClient, edition: Edition, session: Session, work: Callable[[], None]
) -> None:
    organiser.post(f"{BASE}/exposure")
    number = session.exec(select(MatcherRun.id)).one()
    session.commit()
    waiting = organiser.get(f"{BASE}/runs/{number}/progress")
    assert "data-hx-get" in waiting.text
    work()
    over = organiser.get(f"{BASE}/runs/{number}/progress")
    assert over.headers["HX-Refresh"] == "true"
    assert organiser.get(f"{BASE}/runs/{number + 1}/progress").status_code == 404


def test_pairs_of_last_year_s_round_are_tried(
    organiser: FlaskClient,
    make: Factory,
    session: Session,
    edition: Edition,
    people: dict[str, list[Profile]],
    work: Callable[[], None],
) -> None:
    held = make.now - timedelta(days=300)
    before = make.edition(slug="seoul", state="over", starts_at=held, ends_at=held)
    for side in people.values():
        for person in side:
            make.participation(before, person)
    pair_up(session, before, (people["left"][0], people["right"][0]))

    asked = organiser.post(f"{BASE}/good-pairs", data={"edition": "seoul", "source": "round"})
    assert asked.location == f"{BASE}/good-pairs"
    work()

    page = organiser.get(asked.location).text
    assert "For 100% of the people a right partner is among the first five" in page
    assert "they flatter it" in page
    assert "For 100% of the people" in organiser.get(f"{BASE}/").text


def test_pairs_in_a_file_are_tried_and_wrong_lines_are_told(
    organiser: FlaskClient, edition: Edition, work: Callable[[], None], session: Session
) -> None:
    def send(text: str) -> str:
        file = (io.BytesIO(text.encode()), "pairs.csv")
        data = {"edition": "jeju", "source": "file", "file": file}
        answer = organiser.post(f"{BASE}/good-pairs", data=data, follow_redirects=True)
        return answer.text

    page = send("left_id,right_id\nleft0@example.org,nobody\nleft0@example.org,\n")
    assert "there are 2 problems in the file" in page
    assert "Nobody who takes part goes by nobody." in page
    assert session.exec(select(MatcherRun)).all() == []
    session.commit()

    assert "Waiting for the worker" in send(
        "left_id,right_id\nleft0@example.org,right0@example.org\n"
    )
    work()
    assert "1 pair, looked for among 3 and 3 people." in organiser.get(f"{BASE}/good-pairs").text


@pytest.mark.parametrize("source", ["meetings", "round"])
def test_without_such_pairs_nothing_is_tried(
    organiser: FlaskClient, edition: Edition, source: str
) -> None:
    answer = organiser.post(f"{BASE}/good-pairs", data={"edition": "jeju", "source": source})
    assert answer.status_code == 422
    assert "There is no such pair in that edition" in answer.text


def test_a_file_is_asked_for_only_where_pairs_are_in_one(
    organiser: FlaskClient, edition: Edition
) -> None:
    answer = organiser.post(f"{BASE}/good-pairs", data={"edition": "jeju", "source": "file"})
    assert answer.status_code == 422
    assert "Choose a file." in answer.text


def test_an_organiser_of_one_edition_tries_no_other_one_s_pairs(
    make: Factory, session: Session, sign_in: SignIn, edition: Edition
) -> None:
    make.edition(slug="elsewhere")
    account = make.account()
    grant(session, account.id, "organiser", edition.id)
    session.commit()
    client = sign_in(account)
    assert "elsewhere" not in client.get(f"{BASE}/good-pairs").text
    answer = client.post(f"{BASE}/good-pairs", data={"edition": "elsewhere", "source": "round"})
    assert answer.status_code == 422


def test_a_new_scale_is_worked_out_compared_and_only_then_used(
    organiser: FlaskClient,
    make: Factory,
    session: Session,
    edition: Edition,
    work: Callable[[], None],
) -> None:
    page = organiser.get(f"{BASE}/scale").text
    assert "The scale in use is the one that comes with Ieum." in page
    organiser.post(f"{BASE}/scale")
    work()
    page = organiser.get(f"{BASE}/scale").text
    assert "It is not in use yet." in page
    assert "The scores and grades of all pairs change at once" in page
    assert edition.calibration is None
    number = session.exec(select(MatcherRun.id)).one()
    session.commit()

    used = organiser.post(f"{BASE}/scale/{number}/use", follow_redirects=True).text

    assert "The new scale is in use." in used
    assert "In use" in used
    session.expire_all()
    assert calibration_of(edition).source == "participants of jeju"


def test_a_scale_that_failed_is_not_used(
    organiser: FlaskClient, make: Factory, session: Session, work: Callable[[], None]
) -> None:
    make.edition(slug="jeju")
    organiser.post(f"{BASE}/scale")
    work()
    page = organiser.get(f"{BASE}/scale").text
    assert "The work stopped, and nothing was changed:" in page
    number = session.exec(select(MatcherRun.id)).one()
    session.commit()
    answer = organiser.post(f"{BASE}/scale/{number}/use", follow_redirects=True)
    assert "This scale cannot be used any more." in answer.text


def test_an_organiser_lets_people_meet_again_and_stops_it(
    organiser: FlaskClient, edition: Edition, session: Session
) -> None:
    page = organiser.post(
        f"{BASE}/meeting-again", data={"allowed": "yes"}, follow_redirects=True
    ).text
    assert "may be suggested to each other and paired again" in page
    session.expire_all()
    assert edition.meet_again is True
    session.commit()
    organiser.post(f"{BASE}/meeting-again", data={"allowed": "no"})
    session.expire_all()
    assert edition.meet_again is False


@pytest.mark.parametrize("page", ["", "exposure", "good-pairs", "scale"])
@pytest.mark.parametrize("people_more", [0, 60])
def test_a_page_takes_the_same_queries_for_few_and_for_many(
    organiser: FlaskClient,
    make: Factory,
    session: Session,
    edition: Edition,
    work: Callable[[], None],
    count_queries: Callable[[], AbstractContextManager[Queries]],
    people_more: int,
    page: str,
) -> None:
    for _ in range(people_more):
        make.profile(edition, country="KR", research="quantum")
    encode_everybody(session)
    work()
    for row in session.exec(select(Participation)):
        row.lists_before = row.lists_after = 0
    session.commit()
    with count_queries() as counted:
        assert organiser.get(f"{BASE}/{page}").status_code == 200
    assert counted.total == {"scale": 7}.get(page, 8), counted.statements
