"""A side that is full: who waits, in which order, and who moves up."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from sqlmodel import Session, col, select

from models import AuditEntry, Edition, Mail, Participation, Profile, WaitingPlace
from services.admission import admit, fill_places
from services.candidates import places_of
from services.editions import leave_open_editions
from services.editions_joining import join, leave
from services.mail import Letter, Written
from services.participants import participant_ids, participants
from services.places import give_places
from services.places_free import free_places
from services.waiting_list import waiting_of
from tests.conftest import NOW, Queries
from tests.factories import Factory
from tests.people_rows import counts, take


def write(letter: Letter) -> Written:
    return Written(letter.kind, str(letter.facts))


@pytest.fixture
def full(make: Factory) -> Edition:
    """Give an edition with room for one on the left, who is there."""
    edition = make.edition(capacity_left=1)
    make.profile(edition)
    return edition


def person(make: Factory, **given: Any) -> Profile:
    return make.profile(account_id=make.account().id, research="Memory.", **given)


def test_who_joins_a_full_side_waits_and_is_in_no_list_and_no_round(
    session: Session, make: Factory, full: Edition
) -> None:
    late = person(make)

    assert join(session, full, late, NOW) is False

    assert late.id not in [one.id for one in participants(session, full.id, "left")]
    assert late.id not in participant_ids(session, full.id, "left")
    assert places_of(session, late.id) == []
    waiting = waiting_of(session, full, late.id)
    assert waiting is not None
    assert (waiting.since, waiting.before) == (NOW, 0)


def test_joining_again_keeps_the_place_in_the_queue(
    session: Session, make: Factory, full: Edition
) -> None:
    first, second = person(make), person(make)
    for one in (first, second, first):
        join(session, full, one, NOW)

    found = [waiting_of(session, full, one.id) for one in (first, second)]
    assert [one.before if one else None for one in found] == [0, 1]


def test_the_other_side_still_has_room(session: Session, make: Factory, full: Edition) -> None:
    assert join(session, full, person(make, country="KR"), NOW) is True


def test_a_free_place_belongs_to_who_is_next_not_to_who_comes_now(
    session: Session, make: Factory, full: Edition
) -> None:
    waiting, newcomer = person(make), person(make)
    join(session, full, waiting, NOW)
    there = session.exec(select(Participation)).one()
    session.delete(there)
    session.flush()

    assert join(session, full, newcomer, NOW) is False

    assert fill_places(session, full, write, NOW) == [waiting.id]
    assert waiting_of(session, full, newcomer.id) is not None


def test_who_moves_up_is_told_by_mail_once_and_it_is_in_the_log(
    session: Session, make: Factory, full: Edition
) -> None:
    late = person(make)
    join(session, full, late, NOW)
    full.capacity_left = 2

    for _ in range(2):
        fill_places(session, full, write, NOW)

    mail = session.exec(select(Mail)).one()
    assert (mail.subject, mail.account_id) == ("place-given", late.account_id)
    entry = session.exec(select(AuditEntry)).one()
    assert (entry.act, entry.subject, entry.subject_id) == ("admitted", "registrant", late.id)


@pytest.mark.parametrize("state", ["matched", "published", "over"])
def test_nobody_moves_up_by_themselves_once_a_round_counts_on_who_takes_part(
    state: str, session: Session, make: Factory, full: Edition
) -> None:
    late = person(make)
    join(session, full, late, NOW)
    full.capacity_left, full.state = None, state

    assert fill_places(session, full, write, NOW) == []


def test_an_organiser_admits_beyond_the_capacity(
    session: Session, make: Factory, full: Edition
) -> None:
    late, stranger = person(make), person(make)
    organiser = make.account("organiser")
    join(session, full, late, NOW)

    found = admit(session, full, [stranger.id, late.id], write, NOW, actor_id=organiser.id)

    assert found == [late.id]
    assert late.id in participant_ids(session, full.id, "left")
    assert session.exec(select(AuditEntry.actor_id)).one() == organiser.id


def test_who_waits_leaves_at_any_time(session: Session, make: Factory, full: Edition) -> None:
    late, other = person(make), person(make)
    for one in (late, other):
        join(session, full, one, NOW)
    full.state = "closed"

    leave(session, full, late, NOW)
    leave_open_editions(session, other.id, NOW)

    assert session.exec(select(WaitingPlace)).all() == []


def test_a_file_fills_what_is_free_and_the_rest_waits_in_its_order(
    session: Session, make: Factory
) -> None:
    edition = make.edition(capacity_left=2)
    rows = [{"id": key, "name": key, "country": "DE"} for key in "abcd"]

    preview = take(session, *rows, edition=edition, dry_run=True)
    report = take(session, *rows, edition=edition)

    assert preview.waiting == report.waiting == 2
    assert counts(report) == (4, 0, 0)
    waiting = session.exec(
        select(Profile.source_key).join(WaitingPlace).order_by(col(WaitingPlace.id))
    ).all()
    assert waiting == ["c", "d"]
    assert counts(take(session, *rows, edition=edition)) == (0, 0, 4)


def test_without_a_capacity_everybody_has_a_place(session: Session, make: Factory) -> None:
    edition = make.edition()
    free = free_places(session, edition)

    assert (free.left, free.right) == (None, None)
    assert give_places(session, edition, [make.profile().id], NOW) == []


def test_filling_takes_as_many_queries_for_one_as_for_many_who_stay(
    session: Session,
    make: Factory,
    full: Edition,
    count_queries: Callable[[], AbstractContextManager[Queries]],
) -> None:
    for _ in range(30):
        join(session, full, make.profile(research="x"), NOW)
    with count_queries() as queries:
        fill_places(session, full, write, NOW)
    assert queries.total == 6
