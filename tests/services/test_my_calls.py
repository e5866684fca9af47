from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from models import Call, Edition, Exclusion, Profile, WantedRole
from models.database import make_sessions
from services.call_texts import every_text
from services.candidates import places_of
from services.errors import NotAllowed
from services.my_calls import CallFit, call_fits
from services.profile_values import BadValue
from services.roles import Roles
from services.text_vectors import encode_texts
from services.visibility import Viewer
from services.wanted_roles import MOST_ROLES, own_roles, set_roles
from tests.conftest import Queries
from tests.factories import Factory
from tests.word_encoder import encode_everybody, word_encoders

CountQueries = Callable[[], AbstractContextManager[Queries]]
_numbers = count(1)


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition()


@pytest.fixture
def me(make: Factory, edition: Edition) -> Profile:
    return make.profile(
        edition, research="quantum photon source", offers=["photon measurement at low temperature"]
    )


def _call(session: Session, edition: Edition, now: datetime, **given: Any) -> Call:
    values: dict[str, Any] = {
        "edition_id": edition.id,
        "identifier": f"CALL-{next(_numbers)}",
        "title_en": "A call",
        "opens_at": now - timedelta(days=1),
        "deadline_at": now + timedelta(days=30),
    }
    row = Call(**values | given)
    session.add(row)
    session.commit()
    return row


def _read(session: Session) -> None:
    encode_everybody(session)
    engine = session.get_bind()
    assert isinstance(engine, Engine)
    encode_texts(make_sessions(engine), word_encoders()[0], every_text)


def _fits(session: Session, profile: Profile, now: datetime) -> tuple[CallFit, ...]:
    place = places_of(session, profile.id)[0]
    found = call_fits(session, place, Viewer(profile.id, Roles()), now)
    session.commit()
    return found


def test_the_call_nearest_to_my_work_comes_first(
    session: Session, edition: Edition, me: Profile, now: datetime
) -> None:
    _call(session, edition, now, text_en="hybrid bonding of a chip stack")
    near = _call(session, edition, now, text_en="quantum photon source on demand")
    _read(session)
    found = _fits(session, me, now)
    assert found[0].call.id == near.id
    assert found[0].score > found[1].score
    assert found[0].grade
    assert found[0].evidence is not None
    assert found[0].evidence.mine == "quantum photon source"


def test_a_korean_call_text_meets_english_work(
    session: Session, edition: Edition, me: Profile, now: datetime
) -> None:
    far = _call(session, edition, now, text_en="spiking network")
    near = _call(
        session, edition, now, title_en="second", title_ko="양자 광자", text_ko="양자 광자"
    )
    _read(session)
    assert [fit.call.id for fit in _fits(session, me, now)] == [near.id, far.id]


def test_a_call_after_its_deadline_is_no_longer_listed(
    session: Session, edition: Edition, me: Profile, now: datetime
) -> None:
    _call(session, edition, now, deadline_at=now)
    assert _fits(session, me, now) == ()


def test_a_call_that_nobody_has_read_yet_is_listed_without_a_grade(
    session: Session, edition: Edition, me: Profile, now: datetime
) -> None:
    _call(session, edition, now)
    encode_everybody(session)
    assert [(fit.grade, fit.evidence) for fit in _fits(session, me, now)] == [("", None)]


def test_whoever_looks_for_my_role_stands_beside_the_call_the_best_fit_first(
    session: Session, make: Factory, edition: Edition, me: Profile, now: datetime
) -> None:
    call = _call(session, edition, now)
    seeker = make.profile(edition, country="KR")
    set_roles(session, call, seeker.id, ["cloud storage", "photon measurement"], None, now)
    session.commit()
    _read(session)
    roles = _fits(session, me, now)[0].roles
    assert [role.text for role in roles] == ["photon measurement", "cloud storage"]
    assert roles[0].profile_id == seeker.id
    assert roles[0].score > roles[1].score


@pytest.mark.parametrize(("side", "seen"), [("left", 1), ("right", 0), (None, 1)])
def test_a_role_for_one_side_is_shown_to_that_side(
    session: Session,
    make: Factory,
    edition: Edition,
    me: Profile,
    now: datetime,
    side: str | None,
    seen: int,
) -> None:
    call = _call(session, edition, now)
    set_roles(session, call, make.profile(edition, country="KR").id, ["measurement"], side, now)
    session.commit()
    assert len(_fits(session, me, now)[0].roles) == seen


@pytest.mark.parametrize("mine", [True, False])
def test_whoever_hid_the_other_does_not_stand_there(
    session: Session, make: Factory, edition: Edition, me: Profile, now: datetime, mine: bool
) -> None:
    call = _call(session, edition, now)
    seeker = make.profile(edition, country="KR")
    set_roles(session, call, seeker.id, ["measurement"], None, now)
    one, other = (me, seeker) if mine else (seeker, me)
    session.add(Exclusion(profile_id=one.id, other_id=other.id, created_at=now))
    session.commit()
    assert _fits(session, me, now)[0].roles == ()


def test_whoever_shows_themself_to_nobody_does_not_stand_there(
    session: Session, make: Factory, edition: Edition, me: Profile, now: datetime
) -> None:
    call = _call(session, edition, now)
    seeker = make.profile(edition, country="KR", visibility="nobody")
    set_roles(session, call, seeker.id, ["measurement"], None, now)
    session.commit()
    assert _fits(session, me, now)[0].roles == ()


def test_saving_again_replaces_and_an_empty_list_withdraws(
    session: Session, edition: Edition, me: Profile, now: datetime
) -> None:
    call = _call(session, edition, now)
    set_roles(session, call, me.id, ["one", "two", "one"], None, now)
    assert [role.text for role in own_roles(session, call.id, me.id)] == ["one", "two"]
    set_roles(session, call, me.id, ["three"], "left", now)
    assert [role.text for role in own_roles(session, call.id, me.id)] == ["three"]
    set_roles(session, call, me.id, [], None, now)
    assert own_roles(session, call.id, me.id) == []


def test_nobody_from_outside_looks_for_partners(
    session: Session, make: Factory, edition: Edition, now: datetime
) -> None:
    call = _call(session, edition, now)
    with pytest.raises(NotAllowed):
        set_roles(session, call, make.profile().id, ["one"], None, now)


def test_after_the_deadline_a_search_can_be_withdrawn_but_not_begun(
    session: Session, edition: Edition, me: Profile, now: datetime
) -> None:
    call = _call(session, edition, now, deadline_at=now)
    session.add(WantedRole(call_id=call.id, profile_id=me.id, text="old", created_at=now))
    session.commit()
    with pytest.raises(NotAllowed):
        set_roles(session, call, me.id, ["one"], None, now)
    set_roles(session, call, me.id, [], None, now)
    assert own_roles(session, call.id, me.id) == []


def test_more_roles_than_a_reader_takes_in_are_refused(
    session: Session, edition: Edition, me: Profile, now: datetime
) -> None:
    call = _call(session, edition, now)
    with pytest.raises(BadValue):
        set_roles(session, call, me.id, [str(n) for n in range(MOST_ROLES + 1)], None, now)


def test_the_number_of_queries_is_the_same_for_3_and_for_30_calls(
    session: Session,
    make: Factory,
    edition: Edition,
    me: Profile,
    now: datetime,
    count_queries: CountQueries,
) -> None:
    seeker = make.profile(edition, country="KR")
    counts = []
    for more in (3, 27):
        for _ in range(more):
            call = _call(session, edition, now)
            set_roles(session, call, seeker.id, ["measurement", "photon"], None, now)
        session.commit()
        _read(session)
        place = places_of(session, me.id)[0]
        with count_queries() as queries:
            call_fits(session, place, Viewer(me.id, Roles()), now)
        counts.append(len(queries.statements))
        session.commit()
    assert counts == [5, 5]
