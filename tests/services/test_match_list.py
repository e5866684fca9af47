"""A round's match list: who stands in it, and what of them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from matchmaking.export import ListedPerson
from models import AuditEntry, Consent, Edition, Meeting, Pairing, Participation, Profile, Round
from models.database import make_sessions
from services.consents import withdraw
from services.list_columns import list_columns, remember_columns
from services.list_exports import note_export
from services.match_list import (
    NothingScheduled,
    RoundNotDone,
    match_list,
    round_to_list,
    scheduled,
)
from services.match_list_counts import ListCounts, list_counts
from services.visibility_parts import set_levels
from tests.conftest import Queries
from tests.factories import Factory
from tests.services.round_example import forum, run


def listed(session: Session, edition: Edition, row: Round) -> dict[str, ListedPerson]:
    found = match_list(session, edition, row).matches
    return {one.who.id: one for match in found for one in (match.left, match.right)}


@pytest.fixture
def done(make: Factory, engine: Engine, session: Session, now: datetime) -> Round:
    edition, left, right = forum(make)
    for person, said in ((left[0], "lena@tud.example"), (right[0], "kim@kaist.example")):
        person.email = said
    account = make.account()
    right[0].account_id = account.id
    right[0].career_stage, right[0].topics = "postdoc", ["FeFET"]
    session.add_all([*left, *right])
    session.commit()
    make.consents(account.id, "matching", "overseas", "contact")
    return run(session, make_sessions(engine), edition, now)


@pytest.fixture
def edition(session: Session, done: Round) -> Edition:
    return session.get_one(Edition, done.edition_id)


@pytest.fixture
def kim(session: Session, done: Round) -> Profile:
    return session.exec(select(Profile).where(Profile.source_key == "kr-0")).one()


def test_every_pair_stands_in_it_in_the_order_of_the_people_s_ids(
    session: Session, edition: Edition, done: Round
) -> None:
    found = match_list(session, edition, done)
    assert [(m.left.who.id, m.right.who.id) for m in found.matches] == [
        ("eu-0", "kr-1"),
        ("eu-1", "kr-0"),
        ("eu-2", "kr-2"),
    ]
    assert (found.made_at, found.left_out) == (done.finished_at, 0)


def test_an_address_stands_in_it_with_consent_and_is_gone_when_that_is_withdrawn(
    session: Session, edition: Edition, done: Round, kim: Profile, now: datetime
) -> None:
    assert listed(session, edition, done)["kr-0"].email == "kim@kaist.example"
    assert kim.account_id is not None
    withdraw(session, kim.account_id, ["contact"], "en", now)
    assert listed(session, edition, done)["kr-0"].email == ""


def test_an_organiser_has_the_addresses_that_they_brought(
    session: Session, edition: Edition, done: Round
) -> None:
    assert listed(session, edition, done)["eu-0"].email == "lena@tud.example"


def test_who_withdraws_the_matching_or_leaves_is_left_out_and_counted(
    session: Session, edition: Edition, done: Round, kim: Profile
) -> None:
    consent = session.exec(select(Consent).where(Consent.purpose == "matching")).one()
    session.delete(consent)
    session.flush()
    found = match_list(session, edition, done)
    assert ("eu-1", "kr-0") not in [(m.left.who.id, m.right.who.id) for m in found.matches]
    assert found.left_out == 1
    left = session.exec(select(Profile).where(Profile.source_key == "eu-0")).one()
    place = select(Participation).where(Participation.profile_id == left.id)
    session.delete(session.exec(place).one())
    session.flush()
    assert match_list(session, edition, done).left_out == 2


def test_what_somebody_hides_from_organisers_is_empty(
    session: Session, edition: Edition, done: Round, kim: Profile
) -> None:
    before = listed(session, edition, done)["kr-0"]
    assert (before.career_stage, before.topics) == ("postdoc", ("FeFET",))
    set_levels(session, kim, {"career": "nobody", "topics": "nobody"})
    after = listed(session, edition, done)["kr-0"]
    assert (after.career_stage, after.topics) == ("", ())
    kim.visibility = "nobody"
    set_levels(session, kim, {})
    hidden = listed(session, edition, done)["kr-0"]
    assert (hidden.career_stage, hidden.who.name) == ("", kim.name)


def meeting(edition: Edition, done: Round, pair: Pairing, **given: Any) -> Meeting:
    start = edition.starts_at
    values: dict[str, Any] = {
        "uid": f"m{pair.id}{given.get('state')}",
        "starts_at": start,
        "ends_at": start + timedelta(minutes=20),
        "created_at": done.created_at,
        "changed_at": done.created_at,
    }
    ends: dict[str, Any] = {
        "edition_id": edition.id,
        "left_id": pair.left_id,
        "right_id": pair.right_id,
    }
    return Meeting(**ends, **values | given)


def test_the_meeting_of_a_pair_is_the_round_s_own_that_stands(
    session: Session, edition: Edition, done: Round
) -> None:
    pair = session.exec(select(Pairing).order_by("id")).first()
    assert pair is not None
    session.add(meeting(edition, done, pair, state="cancelled", uid="gone"))
    session.add(meeting(edition, done, pair, state="accepted", uid="own"))
    session.add(meeting(edition, done, pair, state="proposed", uid="round", round_id=done.id))
    session.flush()
    found = match_list(session, edition, done)
    assert [one.meeting.uid for one in found.matches if one.meeting] == ["round"]
    assert scheduled(found) is found


def test_the_page_counts_what_the_list_holds(
    session: Session, edition: Edition, done: Round, kim: Profile
) -> None:
    pairs = session.exec(select(Pairing).order_by("id")).all()
    session.add_all(meeting(edition, done, pair, state="proposed") for pair in pairs)
    session.flush()
    assert list_counts(session, edition, done) == ListCounts(3, 0, 3)
    session.delete(session.exec(select(Consent).where(Consent.purpose == "overseas")).one())
    session.flush()
    found = match_list(session, edition, done)
    assert list_counts(session, edition, done) == ListCounts(2, 1, 2)
    assert (len(found.matches), found.left_out, found.scheduled) == (2, 1, 2)


def test_without_a_meeting_the_error_says_what_to_run(
    session: Session, edition: Edition, done: Round
) -> None:
    with pytest.raises(NothingScheduled, match="schedule jeju --round 1"):
        scheduled(match_list(session, edition, done))


def test_a_round_under_way_has_no_list(
    session: Session, edition: Edition, done: Round, now: datetime
) -> None:
    session.add(Round(edition_id=edition.id, number=2, state="running", created_at=now))
    session.flush()
    with pytest.raises(RoundNotDone, match="wait until it is done"):
        round_to_list(session, edition, 2)
    assert round_to_list(session, edition).number == 1


@pytest.mark.parametrize("people", [2, 60])
def test_a_list_takes_five_queries_for_any_number_of_pairs(
    session: Session,
    make: Factory,
    now: datetime,
    count_queries: Callable[[], AbstractContextManager[Queries]],
    people: int,
) -> None:
    edition = make.edition()
    row = Round(edition_id=edition.id, number=1, state="done", created_at=now)
    session.add(row)
    pairs = [(make.profile(edition), make.profile(edition, country="KR")) for _ in range(people)]
    session.add_all(
        Pairing(round_id=row.id, left_id=a.id, right_id=b.id, score=0.5, grade="good")
        for a, b in pairs
    )
    session.commit()
    session.refresh(edition)
    session.refresh(row)
    with count_queries() as queries:
        assert len(match_list(session, edition, row).matches) == people
    assert queries.total == 5


def test_columns_are_remembered_for_each_account_and_edition(
    session: Session, make: Factory, now: datetime
) -> None:
    edition, other, account = make.edition(), make.edition(), make.account()
    usual = list_columns(session, edition.id, account.id)
    remember_columns(session, edition.id, account.id, ["email", "name"], now)
    assert list_columns(session, edition.id, account.id) == ("name", "email")
    assert list_columns(session, other.id, account.id) == usual
    assert list_columns(session, edition.id, make.account().id) == usual
    remember_columns(session, edition.id, account.id, [], now)
    assert list_columns(session, edition.id, account.id) == usual


def test_taking_addresses_home_is_written_down(
    session: Session, done: Round, make: Factory, now: datetime
) -> None:
    actor = make.account()
    note_export(session, done, "csv", ("name", "email"), now, actor_id=actor.id)
    entry = session.exec(select(AuditEntry)).one()
    assert (entry.act, entry.subject, entry.subject_id) == ("exported", "round", done.id)
    assert (entry.actor_id, entry.at) == (actor.id, now)
    assert entry.after == {"format": "csv", "columns": ["name", "email"]}
