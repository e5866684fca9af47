"""The registrants' desk: filters, counts, attendance, and taking people out."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from models import AuditEntry, Edition, Mail, Meeting, Participation, Profile, WaitingPlace
from services.attendance import (
    ABSENT,
    CHECKED_IN,
    UNKNOWN,
    NotBegun,
    find_at_the_door,
    mark,
    no_shows,
    unmarked,
)
from services.attendance_release import release
from services.mail import Letter, Written
from services.registrants import registrant_ids, registrant_page
from services.registrants_counts import state_counts
from services.registrants_query import STATES, RegistrantFilters
from services.removal import remove
from tests.conftest import NOW, Queries
from tests.factories import Factory


def write(letter: Letter) -> Written:
    return Written(letter.kind, "")


@pytest.fixture
def edition(make: Factory) -> Edition:
    """Give an edition that has begun."""
    return make.edition(starts_at=NOW - timedelta(hours=1), ends_at=NOW + timedelta(days=1))


def names(session: Session, edition: Edition, **given: str) -> list[str]:
    page = registrant_page(session, edition.id, RegistrantFilters(**given))
    return [one.profile.name for one in page.people]


def test_each_state_shows_who_is_in_it_and_the_counts_agree(
    session: Session, make: Factory, edition: Edition
) -> None:
    mine = {"confirmed_at": None, "email": "a@example.org"}
    make.profile(edition, name="agreed", account_id=make.account().id, country="KR")
    make.profile(edition, name="not agreed", account_id=make.account().id, consents=())
    make.profile(edition, name="new", **mine)
    invited = make.profile(edition, name="invited", **mine)
    waiting = make.profile(name="waiting")
    session.add(WaitingPlace(edition_id=edition.id, profile_id=waiting.id, since=NOW))
    place = session.exec(select(Participation).filter_by(profile_id=invited.id)).one()
    place.invite_asked_at = NOW
    mark(session, edition, [invited.id], CHECKED_IN, NOW)

    found = {state: names(session, edition, state=state) for state in STATES}

    assert found == {
        "placed": ["agreed", "invited", "new", "not agreed"],
        "waiting": ["waiting"],
        "uninvited": ["new"],
        "invited": ["invited"],
        "confirmed": ["agreed", "not agreed"],
        "not-agreed": ["not agreed"],
        "checked-in": ["invited"],
        "no-show": [],
        "duplicate": [],
    }
    counted = state_counts(session, edition.id)
    assert {state: counted[state] for state in STATES} == {k: len(v) for k, v in found.items()}
    assert (counted["left"], counted["right"]) == (3, 1)


def test_people_are_found_by_name_in_either_script_organisation_and_address_they_let_be_used(
    session: Session, make: Factory, edition: Edition
) -> None:
    make.profile(edition, name="Kim", name_native="김서연", organisation_name="KAIST 50%")
    private = make.account()
    make.profile(edition, name="Lee", email="lee@example.org", account_id=private.id)

    assert names(session, edition, text="서연") == ["Kim"]
    assert names(session, edition, text="kaist") == ["Kim"]
    assert names(session, edition, text="%") == ["Kim"]
    assert names(session, edition, text="lee@") == []
    make.consents(private.id, "contact")
    assert names(session, edition, text="lee@") == ["Lee"]
    assert names(session, edition, side="right") == []
    assert registrant_ids(session, edition.id, RegistrantFilters(text="none")) == []


@pytest.mark.parametrize("many", [3, 60])
def test_the_desk_takes_three_queries_for_few_and_for_many(
    many: int,
    session: Session,
    make: Factory,
    edition: Edition,
    count_queries: Callable[[], AbstractContextManager[Queries]],
) -> None:
    for _ in range(many):
        make.profile(edition)
    with count_queries() as queries:
        registrant_page(session, edition.id, RegistrantFilters(text="Person"))
        state_counts(session, edition.id)
    assert queries.total == 3


def test_checking_in_is_undone_and_every_change_is_in_the_log(
    session: Session, make: Factory, edition: Edition
) -> None:
    person = make.profile(edition)
    for what in (CHECKED_IN, CHECKED_IN, UNKNOWN, ABSENT, CHECKED_IN):
        mark(session, edition, [person.id], what, NOW)

    place = session.exec(select(Participation)).one()
    assert (place.checked_in_at, place.no_show_at) == (NOW, None)
    acts = session.exec(select(AuditEntry.act).order_by(AuditEntry.id)).all()  # type: ignore[arg-type]
    assert acts == [CHECKED_IN, UNKNOWN, ABSENT, CHECKED_IN]


def test_nobody_stays_away_before_it_begins(session: Session, make: Factory) -> None:
    edition = make.edition()
    person = make.profile(edition)
    with pytest.raises(NotBegun):
        mark(session, edition, [person.id], ABSENT, NOW)


def test_the_door_finds_whoever_has_a_place(
    session: Session, make: Factory, edition: Edition
) -> None:
    make.profile(edition, name="Kim", name_native="김서연")
    waiting = make.profile(name="Kimura")
    session.add(WaitingPlace(edition_id=edition.id, profile_id=waiting.id, since=NOW))
    session.flush()

    assert [one.name for one, _place in find_at_the_door(session, edition.id, "김")] == ["Kim"]
    assert [one.name for one, _place in find_at_the_door(session, edition.id, "kim")] == ["Kim"]
    assert find_at_the_door(session, edition.id, " ") == []


def meeting(
    session: Session, edition: Edition, one: Profile, other: Profile, hours: int
) -> Meeting:
    start = NOW + timedelta(hours=hours)
    row = Meeting(
        uid=f"{one.id}-{other.id}-{hours}",
        edition_id=edition.id,
        left_id=one.id,
        right_id=other.id,
        starts_at=start,
        ends_at=start + timedelta(minutes=20),
        state="accepted",
        created_at=NOW,
        changed_at=NOW,
    )
    session.add(row)
    session.commit()
    return row


def test_the_meetings_of_who_did_not_come_are_released_and_the_others_told(
    session: Session, make: Factory, edition: Edition
) -> None:
    away = make.profile(edition)
    partner = make.profile(edition, country="KR", account_id=make.account().id)
    past, coming = (meeting(session, edition, away, partner, hours) for hours in (-1, 2))
    assert unmarked(session, edition.id) == [away.id, partner.id]
    mark(session, edition, [away.id], ABSENT, NOW)

    assert release(session, edition, no_shows(session, edition.id), write, NOW) == 1
    assert release(session, edition, no_shows(session, edition.id), write, NOW) == 0

    assert (past.state, coming.state) == ("accepted", "cancelled")
    assert session.exec(select(Mail.account_id)).all() == [partner.account_id]


def test_who_is_taken_out_is_told_and_so_is_whom_they_were_to_meet(
    session: Session, make: Factory, edition: Edition
) -> None:
    gone = make.profile(edition, account_id=make.account().id)
    waiting = make.profile()
    session.add(WaitingPlace(edition_id=edition.id, profile_id=waiting.id, since=NOW))
    partner = make.profile(edition, country="KR", account_id=make.account().id)
    coming = meeting(session, edition, gone, partner, 2)

    found = remove(session, edition, [gone.id, waiting.id, 999], write, NOW)

    assert found == sorted([gone.id, waiting.id])
    assert session.exec(select(Participation.profile_id)).all() == [partner.id]
    assert session.exec(select(WaitingPlace)).all() == []
    assert coming.state == "cancelled"
    subjects = sorted(session.exec(select(Mail.subject)))
    assert subjects == ["meeting-cancelled", "removed"]
    assert session.get(Profile, gone.id) is not None
    assert remove(session, edition, [gone.id], write, NOW) == []
