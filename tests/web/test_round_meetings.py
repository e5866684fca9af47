"""An organiser lets a round propose meetings; both people answer on their own pages."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, col, select

from models import Account, Mail, Meeting, Profile
from tests.conftest import Queries
from tests.factories import Factory
from tests.services.meeting_example import MeetingExample, meeting_example
from tests.services.test_round_schedule import busy, done_round, everybody, propose

SignIn = Callable[[Account], FlaskClient]
Counting = Callable[[], AbstractContextManager[Queries]]


@pytest.fixture
def example(make: Factory) -> MeetingExample:
    return meeting_example(make)


@pytest.fixture
def organiser(sign_in: SignIn, make: Factory) -> FlaskClient:
    return sign_in(make.account("organiser"))


@pytest.fixture
def enter(session: Session, sign_in: SignIn) -> Callable[[Profile], FlaskClient]:
    return lambda profile: sign_in(session.get_one(Account, profile.account_id))


def address(example: MeetingExample, part: str = "/meetings") -> str:
    return f"/organise/{example.edition.slug}/rounds/1{part}"


def test_the_plan_is_shown_before_anything_is_sent(
    organiser: FlaskClient, example: MeetingExample, session: Session
) -> None:
    left, right, away = example.person("DE"), example.person("KR"), example.person("KR")
    busy(example, away, 0, 3)
    done_round(example, (left, right), (left, away))

    text = organiser.get(address(example)).text

    assert "What would be proposed now" in text
    assert "Propose these meetings" in text
    assert f"{away.name} is free in no slot that is left." in text
    assert session.exec(select(Meeting)).all() == []
    assert session.exec(select(Mail)).all() == []


def test_one_press_proposes_the_meetings_and_mails_both(
    organiser: FlaskClient, example: MeetingExample, session: Session
) -> None:
    left, right = example.person("DE"), example.person("KR")
    done_round(example, (left, right))

    text = organiser.post(address(example), follow_redirects=True).text
    assert "1 meeting is proposed." in text
    assert "Waiting for an answer" in text
    assert "Nothing more can be proposed" in text
    mails = session.exec(select(Mail).order_by(col(Mail.recipient))).all()
    session.commit()
    assert {mail.recipient for mail in mails} == {left.email, right.email}
    assert "the organisers propose a meeting" in mails[0].subject
    assert not any(name in mails[0].body for name in (left.name, right.name))

    text = organiser.post(address(example), follow_redirects=True).text
    assert "Nothing is missing" in text
    assert len(session.exec(select(Mail)).all()) == 2


def test_the_round_page_leads_to_the_meetings_and_tells_the_answers(
    organiser: FlaskClient, example: MeetingExample
) -> None:
    row = done_round(example, (example.person("DE"), example.person("KR")))
    row.total = row.bound = row.worst_left = row.worst_right = row.gap = row.seconds = 0.5
    row.parameters = {"least": 1, "most": 1, "fair": "none", "seed": 0}
    example.make.session.commit()
    before = organiser.get(address(example, "")).text
    assert "Place its meetings" in before
    organiser.post(address(example))
    after = organiser.get(address(example, "")).text
    assert "See its meetings" in after
    assert "Accepted by both" in after


@pytest.mark.parametrize(
    ("state", "programme", "words"),
    [
        ("running", None, "This round is not done."),
        ("done", {}, "This edition has no programme yet."),
    ],
)
def test_where_nothing_can_be_placed_the_page_says_why(
    organiser: FlaskClient,
    example: MeetingExample,
    state: str,
    programme: dict[str, int] | None,
    words: str,
) -> None:
    done_round(example, (example.person("DE"), example.person("KR")), state=state)
    if programme is not None:
        example.edition.programme = programme
        example.make.session.commit()
    assert words in organiser.get(address(example)).text
    assert words in organiser.post(address(example), follow_redirects=True).text


def test_no_private_choice_can_be_read_from_the_reasons(
    organiser: FlaskClient, example: MeetingExample, make: Factory, session: Session
) -> None:
    one, other = [(example.person("DE"), example.person("KR")) for _ in range(2)]
    row = done_round(example, one, other)
    make.exclusion(one[1], one[0])
    propose(example, row)
    meeting = session.exec(select(Meeting)).one()
    meeting.state = "declined"
    session.commit()

    text = organiser.get(address(example)).text

    assert text.count("They are not open to this meeting") == 2
    assert "exclu" not in text.lower()


def test_both_read_whose_idea_it_was_and_reach_each_other_once_both_accepted(
    example: MeetingExample, enter: Callable[[Profile], FlaskClient], session: Session
) -> None:
    left, right = example.person("DE", phone="+49 30 1"), example.person("KR")
    propose(example, done_round(example, (left, right)))
    number = session.exec(select(Meeting.id)).one()
    page = f"/meetings/{number}"

    client = enter(left)
    text = client.get(page).text
    assert "Proposed by the organisers' round." in text
    assert right.email not in text
    assert client.get(f"/messages/{right.id}").status_code == 404
    assert "Suggest another time" in text
    text = client.post(page + "/accept", follow_redirects=True).text
    assert "You accepted. The meeting is agreed as soon as your partner accepts it, too." in text
    assert "Decline after all" in text
    assert right.email not in text
    assert "Waiting for your partner" in client.get("/meetings").text

    client = enter(right)
    assert "Proposed by the organisers' round." in client.get("/meetings").text
    text = client.post(page + "/accept", follow_redirects=True).text
    assert "The meeting is agreed." in text
    assert left.email in text
    assert client.get(f"/messages/{left.id}").status_code == 200
    assert "You agreed to meet. This is how to reach" in client.get(f"/people/{left.id}").text
    assert session.exec(select(Mail).where(Mail.subject.contains("agreed"))).all()  # type: ignore[attr-defined] # a column


def test_nobody_else_sees_the_proposal(
    example: MeetingExample, enter: Callable[[Profile], FlaskClient], session: Session
) -> None:
    propose(example, done_round(example, (example.person("DE"), example.person("KR"))))
    number = session.exec(select(Meeting.id)).one()
    assert enter(example.person("KR")).get(f"/meetings/{number}").status_code == 404


def queries_of_the_page(
    client: FlaskClient, example: MeetingExample, count_queries: Counting
) -> int:
    client.get(address(example))
    with count_queries() as queries:
        assert client.get(address(example)).status_code == 200
    return queries.total


@pytest.mark.parametrize("size", [1, 17])
def test_the_page_takes_the_same_queries_for_1_and_for_289_pairs(
    organiser: FlaskClient, example: MeetingExample, count_queries: Counting, size: int
) -> None:
    everybody(example, size)
    assert queries_of_the_page(organiser, example, count_queries) == 16
