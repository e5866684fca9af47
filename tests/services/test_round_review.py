"""Who fares worst comes first, with the reason; groups are told only where five people are."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from models import Edition, Pairing, Round, RoundPerson
from models.database import SessionMaker, make_sessions
from services.round_groups import groupings_of
from services.round_review import Fared, everybody_of, review_of
from tests.conftest import Queries
from tests.factories import Factory
from tests.services.round_example import forum, run


@pytest.fixture
def sessions(engine: Engine) -> SessionMaker:
    return make_sessions(engine)


def fared(**given: Any) -> Fared:
    values: dict[str, Any] = {
        "profile_id": 1,
        "side": "left",
        "country": "DE",
        "career_stage": "",
        "organisation_type": "",
        "gender": "",
        "least": 1,
        "most": 5,
        "partners": 2,
        "total": 1.0,
        "best": 0.6,
        "possible": 0.7,
        "shown": 3,
        "why": "",
    }
    return Fared(**values | given)


def test_everybody_of_a_round_is_there_who_fares_worst_first(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, left, right = forum(make)
    row = run(session, sessions, edition, now)
    found = everybody_of(session, edition, row)
    assert [one.total for one in found] == pytest.approx([0.4, 0.4, 0.7, 0.7, 0.8, 0.8])
    assert {found[0].profile_id, found[1].profile_id} == {left[2].id, right[2].id}
    assert (found[0].least, found[0].most, found[0].partners) == (1, 1, 1)


def test_who_has_no_good_match_is_told_why(make: Factory, session: Session, now: datetime) -> None:
    edition, left, right = forum(make)
    row = Round(edition_id=edition.id, number=1, state="done", created_at=now)
    session.add(row)
    session.flush()
    for person, best in zip([*left, *right], (None, 0.9, 0.9, 0.9, 0.9, 0.05), strict=True):
        given: dict[str, Any] = {"least": 1, "most": 2, "best": best, "pseudonym": f"{person.id}"}
        side = "left" if person in left else "right"
        session.add(RoundPerson(round_id=row.id, profile_id=person.id, side=side, **given))
    for other, score in ((right[0], 0.02), (right[1], 0.9)):
        pair: dict[str, Any] = {"left_id": left[1].id, "right_id": other.id}
        session.add(Pairing(round_id=row.id, score=score, grade="any", **pair))
    session.commit()
    why = {one.profile_id: one.why for one in everybody_of(session, edition, row)}
    assert [why[one.id] for one in (left[0], left[2], *right)] == [
        "nobody-open",
        "none-given",
        "given-to-others",
        "",
        "nobody-fits",
    ]


def test_gender_is_read_with_the_consent_to_its_one_use_only(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, left, right = forum(make)
    for person in (left[0], left[1]):
        person.gender, person.account_id = "woman", make.account().id
        session.add(person)
        session.commit()
        make.consents(person.account_id, "matching", "showing", "overseas")
    right[0].gender = "man"
    session.add(right[0])
    session.commit()
    make.consents(left[0].account_id or 0, "gender")
    row = run(session, sessions, edition, now)
    told = {one.profile_id: one.gender for one in everybody_of(session, edition, row)}
    assert (told[left[0].id], told[left[1].id], told[right[0].id]) == ("woman", "", "")


def test_a_group_of_fewer_than_five_is_not_told() -> None:
    people = [fared(country="DE", total=2.0)] * 5 + [fared(country="KR", total=1.0)] * 6
    people += [fared(country="FR", total=0.0)] * 4
    (country,) = groupings_of(people)
    assert [(one.name, one.people, one.middle) for one in country.groups] == [
        ("KR", 6, 1.0),
        ("DE", 5, 2.0),
    ]
    assert country.hidden == 1


def test_a_property_that_tells_no_two_groups_apart_is_left_out() -> None:
    assert groupings_of([fared()] * 12) == ()


def test_a_group_tells_its_middle_half_its_unmatched_and_how_often_it_is_shown() -> None:
    some = [fared(side="right", total=float(n), shown=n, why="") for n in range(1, 6)]
    some[0] = replace(some[0], why="nobody-fits", shown=None)
    side = groupings_of([*some, *[fared(total=9.0)] * 5])[0]
    right = side.groups[0]
    assert (right.name, right.low, right.middle, right.high) == ("right", 2.0, 3.0, 4.0)
    assert right.unmatched == pytest.approx(0.2)
    assert right.shown == pytest.approx(3.5)


def test_the_number_of_queries_does_not_grow_with_the_people(
    make: Factory,
    session: Session,
    count_queries: Callable[[], AbstractContextManager[Queries]],
    now: datetime,
) -> None:
    edition = make.edition()
    counted = []
    for number in (1, 40):
        row = _round_of(session, make, edition, number, now)
        with count_queries() as queries:
            assert len(review_of(session, edition, row, only_unmatched=False).everybody) == number
        counted.append(queries.total)
    assert counted == [2, 2]


def _round_of(
    session: Session, make: Factory, edition: Edition, people: int, now: datetime
) -> Round:
    row = Round(edition_id=edition.id, number=people, state="done", created_at=now)
    session.add(row)
    session.flush()
    for number in range(people):
        given: dict[str, Any] = {"side": "left", "least": 1, "most": 2}
        person = make.profile(edition)
        name = f"{people}-{number}"
        session.add(RoundPerson(round_id=row.id, profile_id=person.id, pseudonym=name, **given))
    session.commit()
    session.refresh(row)
    session.refresh(edition)
    return row
