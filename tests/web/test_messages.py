"""The pages of messages: read and written without scripts, with links that are none."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, select

from models import Account, Mail, Message, MessageBlock, MessageReport
from services.calendars import choose_zone
from tests.conftest import Queries
from tests.factories import Factory
from tests.services.reaction_people import People, two_people

SignIn = Callable[[Account], FlaskClient]
Counting = Callable[[], AbstractContextManager[Queries]]


@pytest.fixture
def people(session: Session, make: Factory) -> People:
    """Let Ana and Kim be a match, both with accounts."""
    found = two_people(session, make)
    for person in (found.ana, found.kim):
        account = make.account(email=person.email)
        person.account_id = account.id
        make.consents(account.id, "matching", "showing", "overseas", "mails")
    found.say(found.ana, found.kim)
    found.say(found.kim, found.ana)
    return found


@pytest.fixture
def ana(session: Session, people: People, sign_in: SignIn) -> FlaskClient:
    return sign_in(session.get_one(Account, people.ana.account_id))


def _say(people: People, text: str, *, to_ana: bool = False) -> Message:
    ends = (people.kim.id, people.ana.id) if to_ana else (people.ana.id, people.kim.id)
    row = Message(sender_id=ends[0], recipient_id=ends[1], text=text, sent_at=people.make.now)
    people.session.add(row)
    people.session.commit()
    return row


def test_a_message_is_sent_and_stands_in_the_thread_as_plain_text(
    session: Session, ana: FlaskClient, people: People
) -> None:
    text = "<b>안녕</b> https://example.org/x"
    answer = ana.post(f"/messages/{people.kim.id}", data={"text": text}, follow_redirects=True)
    assert "&lt;b&gt;안녕&lt;/b&gt; https://example.org/x" in answer.text
    assert 'href="https://example.org/x"' not in answer.text
    mail = session.exec(select(Mail)).one()
    assert mail.recipient == people.kim.email
    assert "안녕" not in mail.body
    assert "/messages/" in mail.body


def test_times_are_those_of_the_readers_clock(
    session: Session, ana: FlaskClient, people: People
) -> None:
    _say(people, "When?", to_ana=True)
    page = ana.get(f"/messages/{people.kim.id}").text
    assert "Times are those of Brussels." in page
    assert "10:00" in page
    choose_zone(session, people.ana.id, "Europe/Helsinki")
    session.commit()
    assert "11:00" in ana.get(f"/messages/{people.kim.id}").text


def test_what_cannot_be_sent_stays_as_it_was_typed(
    ana: FlaskClient, people: People, session: Session
) -> None:
    assert ana.post(f"/messages/{people.kim.id}", data={"text": ""}).status_code == 422
    session.add(
        MessageBlock(profile_id=people.kim.id, other_id=people.ana.id, created_at=people.make.now)
    )
    _say(people, "before")
    answer = ana.post(f"/messages/{people.kim.id}", data={"text": "my long text"})
    assert answer.status_code == 422
    assert "This person does not take messages." in answer.text
    assert "my long text" in answer.text


def test_too_many_are_refused_in_words(ana: FlaskClient, people: People) -> None:
    for number in range(5):
        _say(people, str(number))
    answer = ana.post(f"/messages/{people.kim.id}", data={"text": "more"})
    assert answer.status_code == 429
    assert "Wait for an answer" in answer.text


def test_there_is_no_thread_with_a_stranger(
    ana: FlaskClient, people: People, make: Factory
) -> None:
    stranger = make.profile(people.edition)
    assert ana.get(f"/messages/{stranger.id}").status_code == 404
    assert ana.get("/messages/99999").status_code == 404


def test_the_list_names_the_last_message_and_what_is_new(ana: FlaskClient, people: People) -> None:
    assert "No messages yet" in ana.get("/messages/").text
    _say(people, "first", to_ana=True)
    _say(people, "last words", to_ana=True)
    page = ana.get("/messages/").text
    assert "last words" in page
    assert "2 new messages" in page
    assert 'class="count">2<' in page
    ana.post(f"/messages/{people.kim.id}/read")
    assert "new" not in ana.get("/messages/").text.split("</header>")[1].split("<footer")[0]


def test_marking_as_read_gives_htmx_nothing_and_a_form_its_page(
    ana: FlaskClient, people: People
) -> None:
    _say(people, "hello", to_ana=True)
    address = f"/messages/{people.kim.id}/read"
    assert ana.post(address, headers={"HX-Request": "true"}).text == ""
    assert ana.post(address).status_code == 302


def test_an_account_without_a_profile_has_an_empty_list(make: Factory, sign_in: SignIn) -> None:
    client = sign_in(make.account())
    assert "No messages yet" in client.get("/messages/").text
    assert client.get("/messages/1").status_code == 404


def test_blocking_hides_the_form_and_can_be_undone(ana: FlaskClient, people: People) -> None:
    _say(people, "hello", to_ana=True)
    page = ana.post(f"/messages/{people.kim.id}/block", follow_redirects=True).text
    assert "no more messages" in page
    page = ana.get(f"/messages/{people.kim.id}").text
    assert "Get messages of this person again" in page
    assert ">Send<" not in page
    ana.post(f"/messages/{people.kim.id}/unblock")
    assert ">Send<" in ana.get(f"/messages/{people.kim.id}").text


def test_a_report_reaches_the_organisers_with_the_one_message(
    session: Session, ana: FlaskClient, people: People, make: Factory, sign_in: SignIn
) -> None:
    _say(people, "between us", to_ana=True)
    bad = _say(people, "buy my chips", to_ana=True)
    page = ana.get(f"/messages/report/{bad.id}").text
    assert "buy my chips" in page
    ana.post(f"/messages/report/{bad.id}", data={"reason": "advertising"})
    organiser = sign_in(make.account("organiser"))
    page = organiser.get("/messages/reports").text
    assert "buy my chips" in page
    assert "advertising" in page
    assert "between us" not in page
    report = session.exec(select(MessageReport)).one()
    session.commit()
    address = f"/messages/reports/{report.id}"
    assert (
        "Nothing is reported"
        in organiser.post(address, data={"outcome": "removed"}, follow_redirects=True).text
    )
    reader = sign_in(session.get_one(Account, people.ana.account_id))
    page = reader.get(f"/messages/{people.kim.id}").text
    assert "Removed by the organisers" in page
    assert "buy my chips" not in page


def test_nobody_reports_a_message_that_was_not_for_them(ana: FlaskClient, people: People) -> None:
    mine = _say(people, "my own")
    assert ana.get(f"/messages/report/{mine.id}").status_code == 404
    assert ana.post(f"/messages/report/{mine.id}").status_code == 404


@pytest.mark.parametrize("count", [3, 60])
def test_the_list_takes_the_same_queries_for_few_and_for_many(
    session: Session,
    ana: FlaskClient,
    people: People,
    make: Factory,
    count_queries: Counting,
    count: int,
) -> None:
    for number in range(count):
        other = make.profile(people.edition, country="KR", name=f"Person {number}")
        session.add(
            Message(sender_id=other.id, recipient_id=people.ana.id, text="hello", sent_at=make.now)
        )
    session.commit()
    with count_queries() as queries:
        assert ana.get("/messages/").status_code == 200
    # account, profile with what is unread, roles, profile, threads twice, parts shown, names
    assert queries.total == 8, "\n".join(queries.statements)


@pytest.mark.parametrize("count", [3, 60])
def test_a_thread_takes_the_same_queries_for_few_and_for_many(
    session: Session, ana: FlaskClient, people: People, count_queries: Counting, count: int
) -> None:
    for number in range(count):
        _say(people, str(number), to_ana=True)
    with count_queries() as queries:
        assert ana.get(f"/messages/{people.kim.id}").status_code == 200
    assert queries.total == 14, "\n".join(queries.statements)
