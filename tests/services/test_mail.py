"""Mails are queued with the act, sent once, tried again with growing pauses, and forgotten."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from models import Mail
from models.database import make_sessions
from services.errors import NotFound
from services.mail import (
    INTERRUPTED,
    KEPT,
    Letter,
    MailDeferred,
    MailRefused,
    NotResendable,
    Written,
    given_up,
    post,
    resend,
)
from services.mail_delivery import (
    AT_ONCE,
    CLAIM_LASTS,
    PAUSES,
    Delivery,
    HandOver,
    Outgoing,
    Send,
    deliver_waiting,
    release_claims,
)
from tests.factories import Factory
from tests.services.conftest import write_plainly

TO = "kim@example.org"
Deliver = Callable[[Send, datetime], Delivery]


@pytest.fixture
def queue(session: Session, now: datetime) -> Callable[[str], Mail]:
    def act(event: str = "an event") -> Mail:
        post(session, write_plainly, Letter("kind", event, TO, token="secret"), now)
        session.commit()
        return session.exec(select(Mail).where(Mail.event == event)).one()

    return act


@pytest.fixture
def deliver(session: Session) -> Deliver:
    sessions = make_sessions(session.get_bind())  # type: ignore[arg-type] # an engine in tests

    def act(send: Send, moment: datetime) -> Delivery:
        session.commit()
        outcome = deliver_waiting(sessions, send, moment)
        session.expire_all()
        return outcome

    return act


class Server:
    """Takes mails, or fails in a chosen way."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.failure = failure
        self.tried: list[str] = []
        self.taken: list[tuple[str, str, str]] = []
        self.files: list[str] = []
        self.ids: list[int] = []

    def __call__(self, mail: Outgoing, hand_over: HandOver) -> None:
        self.tried.append(mail.subject)
        if self.failure:
            raise self.failure
        hand_over()
        self.taken.append((mail.recipient, mail.subject, mail.body))
        self.files.append(mail.calendar_file)
        self.ids.append(mail.id)


def test_a_mail_is_sent_and_its_text_forgotten(
    queue: Callable[..., Mail], deliver: Deliver, now: datetime
) -> None:
    mail, server = queue(), Server()
    assert deliver(server, now) == Delivery(sent=1)
    assert server.taken == [(TO, "kind", "secret")]
    assert (mail.state, mail.sent_at, mail.body) == ("sent", now, "")


def test_an_event_has_one_mail_however_often_it_is_told(
    session: Session, queue: Callable[..., Mail], now: datetime
) -> None:
    mail = queue("the same")
    assert not post(session, write_plainly, Letter("other", "the same", TO), now)
    # The transaction that tried is still good.
    assert post(session, write_plainly, Letter("other", "another", TO), now)
    session.commit()
    assert [row.event for row in session.exec(select(Mail))] == ["the same", "another"]
    assert mail.subject == "kind"


def test_a_mail_of_an_act_that_did_not_happen_is_never_sent(
    session: Session, deliver: Deliver, now: datetime
) -> None:
    post(session, write_plainly, Letter("kind", "event", TO), now)
    session.rollback()
    assert deliver(Server(), now) == Delivery()


def test_nothing_is_sent_twice(queue: Callable[..., Mail], deliver: Deliver, now: datetime) -> None:
    queue()
    server = Server()
    for _ in range(3):
        deliver(server, now)
    assert len(server.taken) == 1


def test_a_server_out_of_reach_is_tried_again_with_growing_pauses(
    queue: Callable[..., Mail], deliver: Deliver, now: datetime
) -> None:
    mail, down, moment = queue(), Server(ConnectionRefusedError("no server")), now
    for attempt, pause in enumerate(PAUSES, start=1):
        assert deliver(down, moment) == Delivery(put_off=1, reachable=False)
        assert (mail.state, mail.attempts) == ("waiting", attempt)
        assert mail.next_attempt_at == moment + pause
        assert "no server" in mail.problem
        assert deliver(down, moment + pause - timedelta(seconds=1)) == Delivery()
        moment += pause
    assert list(PAUSES) == sorted(PAUSES)
    assert deliver(down, moment) == Delivery(given_up=1, reachable=False)
    assert (mail.state, mail.body) == ("refused", "secret")


def test_a_server_that_comes_back_gets_the_mail(
    queue: Callable[..., Mail], deliver: Deliver, now: datetime
) -> None:
    mail, server = queue(), Server(TimeoutError())
    deliver(server, now)
    server.failure = None
    assert deliver(server, now + PAUSES[0]) == Delivery(sent=1)
    assert (mail.state, mail.problem) == ("sent", "")


def test_one_mail_tells_that_the_server_is_down_and_the_others_wait(
    queue: Callable[..., Mail], deliver: Deliver, now: datetime
) -> None:
    first, second = queue("first"), queue("second")
    server = Server(ConnectionRefusedError())
    assert deliver(server, now) == Delivery(put_off=1, reachable=False)
    assert len(server.tried) == 1
    assert (first.attempts, second.attempts) == (1, 0)
    # The next run begins with the one that was not tried.
    server.failure = None
    assert deliver(server, now) == Delivery(sent=1)
    assert second.state == "sent"


def test_a_refusal_for_good_ends_it_at_once(
    queue: Callable[..., Mail], deliver: Deliver, now: datetime
) -> None:
    mail = queue()
    assert deliver(Server(MailRefused("550 no such user")), now) == Delivery(given_up=1)
    assert (mail.state, mail.problem, mail.body) == ("refused", "550 no such user", "")


def test_a_refusal_for_now_puts_off_this_mail_alone(
    queue: Callable[..., Mail], deliver: Deliver, now: datetime
) -> None:
    queue("first")
    queue("second")
    busy = Server(MailDeferred("450 try later"))
    assert deliver(busy, now) == Delivery(put_off=2)


class Killed(BaseException):
    """The end of a process, as far as one process can play it."""


def die(mail: Outgoing, hand_over: HandOver) -> None:
    raise Killed


def die_at_the_dot(mail: Outgoing, hand_over: HandOver) -> None:
    hand_over()
    raise Killed


def test_a_mail_that_a_dying_worker_had_not_handed_over_waits_again(
    queue: Callable[..., Mail], deliver: Deliver, now: datetime
) -> None:
    mail = queue()
    with pytest.raises(Killed):
        deliver(die, now)
    server = Server()
    assert deliver(server, now + CLAIM_LASTS - timedelta(seconds=1)) == Delivery()
    assert mail.state == "sending"
    assert deliver(server, now + CLAIM_LASTS) == Delivery(sent=1)
    assert len(server.taken) == 1


def test_a_new_worker_need_not_wait_for_what_the_dead_one_held(
    session: Session, queue: Callable[..., Mail], deliver: Deliver, now: datetime
) -> None:
    queue()
    with pytest.raises(Killed):
        deliver(die, now)
    release_claims(session)
    assert deliver(Server(), now) == Delivery(sent=1)


def test_a_mail_that_a_dying_worker_may_have_handed_over_is_not_sent_again_by_itself(
    session: Session, queue: Callable[..., Mail], deliver: Deliver, now: datetime
) -> None:
    mail = queue()
    with pytest.raises(Killed):
        deliver(die_at_the_dot, now)
    release_claims(session)
    server = Server()
    assert deliver(server, now + CLAIM_LASTS - timedelta(seconds=1)) == Delivery()
    assert mail.state == "handing"
    assert deliver(server, now + CLAIM_LASTS) == Delivery()
    assert (mail.state, mail.problem) == ("refused", INTERRUPTED)
    assert server.tried == []


def test_whoever_lost_the_claim_does_not_hand_over(
    session: Session, queue: Callable[..., Mail], deliver: Deliver, now: datetime
) -> None:
    queue()
    slow, quick = Server(), Server()

    def fall_asleep(mail: Outgoing, hand_over: HandOver) -> None:
        release_claims(session)
        deliver(quick, now)
        slow(mail, hand_over)

    assert deliver(fall_asleep, now) == Delivery()
    assert (len(quick.taken), len(slow.taken)) == (1, 0)


def test_a_mail_that_is_taken_back_while_it_goes_over_is_not_ended(
    session: Session, queue: Callable[..., Mail], deliver: Deliver, now: datetime
) -> None:
    queue()
    server = Server()

    def take_back(mail: Outgoing, hand_over: HandOver) -> None:
        session.delete(session.get_one(Mail, mail.id))
        session.commit()
        server(mail, hand_over)

    assert deliver(take_back, now) == Delivery()
    assert server.taken == []


def test_a_server_that_goes_silent_at_the_end_may_have_the_mail(
    queue: Callable[..., Mail], deliver: Deliver, now: datetime
) -> None:
    mail = queue()

    def silence(_mail: Outgoing, hand_over: HandOver) -> None:
        hand_over()
        raise TimeoutError

    assert deliver(silence, now) == Delivery(given_up=1, reachable=False)
    assert (mail.state, mail.problem) == ("refused", INTERRUPTED)


def test_a_mail_of_one_act_goes_before_a_mailing(
    session: Session, make: Factory, queue: Callable[..., Mail], deliver: Deliver, now: datetime
) -> None:
    many = queue("many")
    many.mailing_id = make.mailing(make.edition()).id
    session.commit()
    one, server = queue("one"), Server()
    deliver(server, now)
    assert server.ids == [one.id, many.id]


def test_an_administrator_sends_an_interrupted_mail_again(
    session: Session, queue: Callable[..., Mail], deliver: Deliver, now: datetime
) -> None:
    mail = queue()
    mail.state, mail.problem = "refused", INTERRUPTED
    session.commit()
    assert given_up(session) == [mail]
    resend(session, mail.id, now)
    server = Server()
    assert deliver(server, now) == Delivery(sent=1)
    assert given_up(session) == []


@pytest.mark.parametrize("values", [{"state": "sent"}, {"state": "waiting"}, {"body": ""}])
def test_only_a_mail_that_was_given_up_and_is_still_known_can_be_sent_again(
    session: Session, queue: Callable[..., Mail], now: datetime, values: dict[str, str]
) -> None:
    mail = queue()
    for name, value in ({"state": "refused"} | values).items():
        setattr(mail, name, value)
    session.commit()
    with pytest.raises(NotResendable):
        resend(session, mail.id, now)
    with pytest.raises(NotFound):
        resend(session, mail.id + 1, now)


def test_the_text_of_a_mail_that_was_given_up_is_forgotten_in_the_end(
    session: Session, queue: Callable[..., Mail], deliver: Deliver, now: datetime
) -> None:
    mail = queue()
    mail.state = "refused"
    session.commit()
    deliver(Server(), now + KEPT - timedelta(seconds=1))
    assert mail.body == "secret"
    deliver(Server(), now + KEPT)
    assert mail.body == ""


def test_two_workers_share_the_mails_and_send_none_twice(
    session: Session, queue: Callable[..., Mail], deliver: Deliver, now: datetime
) -> None:
    for number in range(4):
        queue(f"event {number}")
    server = Server()

    def send(mail: Outgoing, hand_over: HandOver) -> None:
        # Another worker runs through the queue while this one hands over its first mail.
        if not server.tried:
            deliver(server, now)
        server(mail, hand_over)

    mine = deliver(send, now)
    assert mine.sent == 1
    assert len(server.taken) == 4


def test_a_long_queue_is_taken_in_parts(session: Session, deliver: Deliver, now: datetime) -> None:
    for number in range(AT_ONCE + 1):
        post(session, write_plainly, Letter("kind", f"event {number}", TO), now)
    assert deliver(Server(), now) == Delivery(sent=AT_ONCE)
    assert deliver(Server(), now) == Delivery(sent=1)


def test_a_file_for_the_calendar_goes_along_and_is_forgotten_too(
    session: Session, deliver: Deliver, now: datetime
) -> None:
    letter = Letter("agreed", "agreed:1", "kim@example.org")
    post(session, lambda _letter: Written("Agreed", "You meet.", "BEGIN:VCALENDAR"), letter, now)
    server = Server()

    deliver(server, now)

    assert server.files == ["BEGIN:VCALENDAR"]
    assert session.exec(select(Mail)).one().calendar_file == ""
