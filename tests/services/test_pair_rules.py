"""What an organiser decides about two people counts from the next round on, and is written down."""

from datetime import datetime

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import AuditEntry, Edition, PairRule, Profile, Round
from models.database import SessionMaker, make_sessions
from services.errors import NotFound
from services.pair_rules import (
    FORBID,
    PIN,
    Kind,
    NotAPair,
    PinConflicts,
    TooManyPins,
    lift_forbid,
    lift_rule,
    set_rule,
)
from services.round_input import PinsAboveMost
from services.rounds import pairings_of
from tests.factories import Factory
from tests.services.round_example import forum, run

People = list[Profile]


@pytest.fixture
def sessions(engine: Engine) -> SessionMaker:
    return make_sessions(engine)


def say(
    session: Session,
    edition: Edition,
    kind: Kind,
    left: Profile,
    right: Profile,
    now: datetime,
    *,
    anyway: bool = False,
) -> PairRule:
    pair = left.id, right.id
    row = set_rule(session, edition, kind, *pair, now, actor_id=None, anyway=anyway)
    session.commit()
    return row


def made(session: Session, row: Round) -> set[tuple[int, int]]:
    return {(one.left_id, one.right_id) for one in pairings_of(session, row)}


def test_a_pinned_pair_is_made_and_the_rest_is_the_best_around_it(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, left, right = forum(make)
    say(session, edition, PIN, left[0], right[2], now)
    row = run(session, sessions, edition, now)
    assert (left[0].id, right[2].id) in made(session, row)
    # 0.1 for the pin, and 0.7 + 0.5 around it.
    assert row.total == pytest.approx(1.3)
    assert row.bound == pytest.approx(1.3)


def test_a_forbidden_pair_is_not_made_until_it_is_lifted(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, left, right = forum(make)
    rule = say(session, edition, FORBID, left[0], right[1], now)
    assert (left[0].id, right[1].id) not in made(session, run(session, sessions, edition, now))
    lift_rule(session, edition, rule.id, now, actor_id=None)
    session.commit()
    assert (left[0].id, right[1].id) in made(session, run(session, sessions, edition, now))


def test_the_last_word_on_two_people_counts(make: Factory, session: Session, now: datetime) -> None:
    edition, left, right = forum(make)
    first = say(session, edition, PIN, left[0], right[0], now)
    second = say(session, edition, FORBID, left[0], right[0], now)
    assert first.id == second.id
    assert session.exec(select(PairRule.kind)).all() == ["forbid"]


def test_every_word_is_in_the_audit_log_with_before_and_after(
    make: Factory, session: Session, now: datetime
) -> None:
    edition, left, right = forum(make)
    say(session, edition, PIN, left[0], right[0], now)
    rule = say(session, edition, FORBID, left[0], right[0], now)
    # Said again, it changes nothing and is no line of the log.
    say(session, edition, FORBID, left[0], right[0], now)
    lift_rule(session, edition, rule.id, now, actor_id=None)
    log = session.exec(select(AuditEntry)).all()
    assert [entry.act for entry in log] == ["pinned", "forbidden", "lifted"]
    assert log[1].before == {"kind": "pin"}
    assert log[2].before == {"kind": "forbid", "left_id": left[0].id, "right_id": right[0].id}


def test_a_private_choice_goes_before_a_pin_and_nothing_tells_so(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, left, right = forum(make)
    make.exclusion(right[2], left[0])
    say(session, edition, PIN, left[0], right[2], now)
    row = run(session, sessions, edition, now)
    assert row.state == "done"
    assert (left[0].id, right[2].id) not in made(session, row)


def test_a_fact_speaks_against_a_pin_until_the_organiser_overrules_it(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, left, right = forum(make)
    for person in (left[0], right[2]):
        person.organisation_name = "University of Somewhere"
        session.add(person)
    session.commit()
    with pytest.raises(PinConflicts) as refused:
        say(session, edition, PIN, left[0], right[2], now)
    assert refused.value.conflict == "same-organisation"
    say(session, edition, PIN, left[0], right[2], now, anyway=True)
    assert (left[0].id, right[2].id) in made(session, run(session, sessions, edition, now))


def test_nobody_is_pinned_to_more_people_than_they_take(
    make: Factory, session: Session, now: datetime
) -> None:
    edition, left, right = forum(make)
    right[0].most_partners = 1
    session.add(right[0])
    session.commit()
    say(session, edition, PIN, left[0], right[0], now)
    with pytest.raises(TooManyPins) as refused:
        say(session, edition, PIN, left[1], right[0], now)
    assert (refused.value.side, refused.value.most) == ("right", 1)


def test_a_round_that_gives_fewer_than_are_pinned_says_so_and_makes_nothing(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, left, right = forum(make)
    say(session, edition, PIN, left[0], right[0], now)
    say(session, edition, PIN, left[0], right[1], now)
    with pytest.raises(PinsAboveMost, match="1 people have more pinned partners"):
        run(session, sessions, edition, now, most=1)


def test_two_people_of_one_side_or_from_elsewhere_are_no_pair(
    make: Factory, session: Session, now: datetime
) -> None:
    edition, left, right = forum(make)
    elsewhere = make.profile(make.edition(), country="KR")
    for one, other in ((left[0], left[1]), (right[0], left[0]), (left[0], elsewhere)):
        with pytest.raises(NotAPair):
            say(session, edition, PIN, one, other, now)


def test_a_rule_of_another_edition_cannot_be_lifted_here(
    make: Factory, session: Session, now: datetime
) -> None:
    edition, left, right = forum(make)
    rule = say(session, edition, PIN, left[0], right[0], now)
    with pytest.raises(NotFound):
        lift_rule(session, make.edition(), rule.id, now, actor_id=None)
    lift_forbid(session, edition, left[0].id, right[0].id, now, actor_id=None)
    assert session.exec(select(PairRule.kind)).all() == ["pin"]
