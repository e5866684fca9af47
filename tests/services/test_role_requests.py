"""A coordinator asks, an organiser answers, a mail says so."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from services.errors import NotFound
from services.role_requests import (
    AlreadyAnswered,
    AlreadyAsked,
    Answer,
    answer,
    ask_for_coordinator,
    open_requests,
    waiting_request,
)
from services.roles import roles_of
from tests.conftest import Queries
from tests.factories import Factory
from tests.services.conftest import PostBox, write_plainly


def test_a_request_waits_with_its_reason(session: Session, make: Factory, now: datetime) -> None:
    account = make.account()
    ask_for_coordinator(session, account.id, "I lead a call on packaging.", now)
    (one,) = open_requests(session)
    assert (one.email, one.name) == (account.email, "")
    assert one.reason == "I lead a call on packaging."
    waiting = waiting_request(session, account.id)
    assert waiting is not None
    assert waiting.requested_at == now
    assert not roles_of(session, account.id).coordinator


@pytest.mark.parametrize("granted", [True, False])
def test_the_answer_comes_by_mail(
    session: Session, make: Factory, post_box: PostBox, now: datetime, granted: bool
) -> None:
    account, organiser = make.account(), make.account("organiser")
    ask_for_coordinator(session, account.id, "why", now)
    (one,) = open_requests(session)
    answer(session, write_plainly, Answer(one.id, organiser.id, granted), now)
    assert roles_of(session, account.id).coordinator is granted
    kind = "coordinator-granted" if granted else "coordinator-declined"
    assert post_box.kinds(account.email) == [kind]
    assert open_requests(session) == []


def test_the_second_answer_to_a_request_comes_too_late(
    session: Session, make: Factory, now: datetime
) -> None:
    account, organiser = make.account(), make.account("organiser")
    ask_for_coordinator(session, account.id, "why", now)
    (one,) = open_requests(session)
    answer(session, write_plainly, Answer(one.id, organiser.id, granted=False), now)
    with pytest.raises(AlreadyAnswered):
        answer(session, write_plainly, Answer(one.id, organiser.id, granted=True), now)
    assert not roles_of(session, account.id).coordinator


def test_one_request_waits_at_a_time(session: Session, make: Factory, now: datetime) -> None:
    account, organiser = make.account(), make.account("organiser")
    ask_for_coordinator(session, account.id, "why", now)
    with pytest.raises(AlreadyAsked):
        ask_for_coordinator(session, account.id, "again", now)
    (one,) = open_requests(session)
    answer(session, write_plainly, Answer(one.id, organiser.id, granted=False), now)
    # Declined is not for ever.
    ask_for_coordinator(session, account.id, "better reasons", now + timedelta(days=1))


def test_a_coordinator_has_nothing_to_ask(session: Session, make: Factory, now: datetime) -> None:
    with pytest.raises(AlreadyAsked):
        ask_for_coordinator(session, make.account("coordinator").id, "why", now)


def test_a_request_that_is_not_there_is_a_fact(
    session: Session, make: Factory, now: datetime
) -> None:
    with pytest.raises(NotFound):
        answer(session, write_plainly, Answer(1, make.account().id, granted=True), now)


def test_requests_are_listed_oldest_first_by_name_in_one_query(
    session: Session,
    make: Factory,
    now: datetime,
    count_queries: Callable[[], AbstractContextManager[Queries]],
) -> None:
    for name in ("Kim Minseo", "Jana Nováková", "Lee Jiho"):
        account = make.account()
        make.profile(account_id=account.id, name=name)
        ask_for_coordinator(session, account.id, "why", now)
    with count_queries() as queries:
        found = open_requests(session)
    assert [one.name for one in found] == ["Kim Minseo", "Jana Nováková", "Lee Jiho"]
    assert queries.total == 1
