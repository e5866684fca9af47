"""Messages are for matches: who may write, how much, and what the other learns of it."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from models import Account, Mail, Message, Profile
from services.accounts import Desk
from services.consents import withdraw
from services.message_threads import PAGE_SIZE, mark_read, thread, threads, unread_messages
from services.messages import (
    MOST_AN_HOUR,
    MOST_UNANSWERED,
    TEXT_LIMIT,
    NoMessages,
    TooManyMessages,
    block,
    may_write,
    send,
    unblock,
)
from services.profile_values import BadValue
from tests.factories import Factory
from tests.services.reaction_people import People, two_people

KIM = "kim@example.org"


@pytest.fixture
def people(session: Session, make: Factory) -> People:
    """Let Ana and Kim be a match; Kim has an account."""
    found = two_people(session, make)
    account = make.account(email=KIM)
    found.kim.account_id = account.id
    make.consents(account.id, "matching", "showing", "overseas", "mails")
    found.say(found.ana, found.kim)
    found.say(found.kim, found.ana)
    return found


@pytest.fixture
def write_to_kim(session: Session, desk: Desk, people: People, now: datetime) -> "Writer":
    return Writer(session, desk, people.ana, people.kim, now)


class Writer:
    """One who writes to another."""

    def __init__(
        self, session: Session, desk: Desk, sender: Profile, reader: Profile, now: datetime
    ) -> None:
        self.session, self.desk, self.now = session, desk, now
        self.sender, self.reader = sender, reader

    def __call__(self, text: str = "hello", minutes: int = 0) -> Message:
        moment = self.now + timedelta(minutes=minutes)
        found = send(self.session, self.desk.write, self.sender, self.reader.id, text, moment)
        self.session.commit()
        return found

    def back(self, text: str = "thank you") -> Message:
        return Writer(self.session, self.desk, self.reader, self.sender, self.now)(text)


def _notices(session: Session) -> list[str]:
    return list(session.exec(select(Mail.body).where(Mail.recipient == KIM)))


def test_matches_write_to_each_other(
    session: Session, people: People, write_to_kim: Writer
) -> None:
    write_to_kim("안녕하세요\r\nsee you")
    write_to_kim.back()
    found = thread(session, people.kim.id, people.ana.id)
    assert [m.text for m in found.messages] == ["안녕하세요\nsee you", "thank you"]
    assert thread(session, people.ana.id, people.kim.id).messages == found.messages


def test_one_sided_interest_opens_nothing(
    session: Session, make: Factory, people: People, desk: Desk, now: datetime
) -> None:
    other = make.profile(people.edition)
    people.say(other, people.kim)
    assert not may_write(session, other.id, people.kim.id)
    with pytest.raises(NoMessages):
        send(session, desk.write, other, people.kim.id, "hello", now)


def test_nobody_writes_to_themselves(session: Session, people: People) -> None:
    assert not may_write(session, people.ana.id, people.ana.id)


def test_taking_the_interest_back_ends_the_writing_and_keeps_what_was_written(
    session: Session, people: People, write_to_kim: Writer
) -> None:
    write_to_kim()
    people.forget(people.kim, people.ana)
    with pytest.raises(NoMessages):
        write_to_kim()
    assert len(thread(session, people.ana.id, people.kim.id).messages) == 1


def test_a_blocked_person_gets_the_answer_that_everybody_gets(
    session: Session, people: People, write_to_kim: Writer, now: datetime
) -> None:
    block(session, people.kim.id, people.ana.id, now)
    with pytest.raises(NoMessages) as blocked:
        write_to_kim()
    unblock(session, people.kim.id, people.ana.id)
    people.make.exclusion(people.kim, people.ana)
    with pytest.raises(NoMessages) as hidden:
        write_to_kim()
    assert str(blocked.value) == str(hidden.value)
    assert session.exec(select(Message)).all() == []


def test_blocking_is_for_both_ways_and_can_be_undone(
    session: Session, people: People, write_to_kim: Writer, now: datetime
) -> None:
    block(session, people.kim.id, people.ana.id, now)
    block(session, people.kim.id, people.ana.id, now)
    with pytest.raises(NoMessages):
        write_to_kim.back()
    unblock(session, people.kim.id, people.ana.id)
    unblock(session, people.kim.id, people.ana.id)
    assert write_to_kim().text == "hello"


@pytest.mark.parametrize("text", ["", "  \n ", "x" * (TEXT_LIMIT + 1), "a\x00b"])
def test_a_text_that_is_none_is_refused(write_to_kim: Writer, text: str) -> None:
    with pytest.raises(BadValue):
        write_to_kim(text)


def test_who_is_not_answered_waits(write_to_kim: Writer) -> None:
    for number in range(MOST_UNANSWERED):
        write_to_kim(str(number), minutes=number * 120)
    with pytest.raises(TooManyMessages):
        write_to_kim(minutes=10_000)
    write_to_kim.back()
    assert write_to_kim(minutes=10_000)


def test_an_hour_takes_so_many_messages_and_no_more(write_to_kim: Writer) -> None:
    for number in range(MOST_AN_HOUR):
        if number % MOST_UNANSWERED == 0:
            write_to_kim.back()
        write_to_kim(str(number))
    write_to_kim.back()
    with pytest.raises(TooManyMessages):
        write_to_kim(minutes=59)
    assert write_to_kim(minutes=61)


def test_a_mail_tells_of_a_message_once_until_it_is_read_and_never_its_text(
    session: Session, people: People, write_to_kim: Writer, now: datetime
) -> None:
    write_to_kim("the secret recipe")
    write_to_kim("and more")
    assert len(_notices(session)) == 1
    assert "recipe" not in _notices(session)[0]
    mark_read(session, people.kim.id, people.ana.id, now)
    write_to_kim("once more")
    assert len(_notices(session)) == 2


def test_without_consent_to_mails_there_is_none(
    session: Session, people: People, write_to_kim: Writer
) -> None:
    account = session.exec(select(Account).where(Account.email == KIM)).one()
    write_to_kim()
    withdraw(session, account.id, ("mails",), "en", write_to_kim.now)
    assert _notices(session) == []
    write_to_kim("again")
    assert _notices(session) == []


def _unread(session: Session, profile: Profile) -> int:
    column = Profile.__table__.c.id  # type: ignore[attr-defined] # SQLModel's table
    query = select(unread_messages(column).scalar_subquery()).where(Profile.id == profile.id)
    return int(session.exec(query.select_from(Profile)).one())


def test_unread_messages_are_counted_until_they_are_read(
    session: Session, people: People, write_to_kim: Writer, now: datetime
) -> None:
    write_to_kim()
    write_to_kim()
    assert (_unread(session, people.kim), _unread(session, people.ana)) == (2, 0)
    assert threads(session, people.kim.id).items[0].unread == 2
    block(session, people.kim.id, people.ana.id, now)
    assert _unread(session, people.kim) == 0
    unblock(session, people.kim.id, people.ana.id)
    mark_read(session, people.kim.id, people.ana.id, now)
    assert _unread(session, people.kim) == 0
    assert threads(session, people.kim.id).items[0].unread == 0


def test_a_long_thread_has_pages_the_latest_first(
    session: Session, people: People, now: datetime
) -> None:
    session.add_all(
        Message(sender_id=people.ana.id, recipient_id=people.kim.id, text=str(n), sent_at=now)
        for n in range(PAGE_SIZE + 5)
    )
    session.commit()
    first = thread(session, people.kim.id, people.ana.id)
    assert (first.messages[-1].text, first.pages, first.unread) == ("34", 2, 35)
    older = thread(session, people.kim.id, people.ana.id, page=9)
    assert [m.text for m in older.messages] == ["0", "1", "2", "3", "4"]


def test_nobody_reads_the_thread_of_two_others(
    session: Session, make: Factory, people: People, write_to_kim: Writer
) -> None:
    write_to_kim()
    other = make.profile(people.edition)
    assert threads(session, other.id).items == ()
    assert thread(session, other.id, people.kim.id).messages == ()
