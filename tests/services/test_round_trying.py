"""The smallest change that would serve somebody is tried in a round of its own."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import AuditEntry, PairRule, Round, UnmetNeed
from models.database import SessionMaker, make_sessions
from services.errors import NotFound
from services.pair_rules import FORBID, set_rule
from services.round_run import run_round
from services.round_time import seconds_left
from services.round_trying import try_change
from services.rounds import RoundUnderWay, claim, unmet_of
from tests.factories import Factory
from tests.services.round_example import forum, known, run


@pytest.fixture
def sessions(engine: Engine) -> SessionMaker:
    return make_sessions(engine)


def finish(session: Session, sessions: SessionMaker, row: Round, now: datetime) -> Round:
    claim(session, row.id, now)
    session.commit()
    run_round(sessions, row.id, lambda: now, known)
    session.refresh(row)
    return row


def test_others_take_one_more_and_the_person_is_served(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, left, _ = forum(make)
    left[0].least_partners, left[0].most_partners = 2, 2
    session.add(left[0])
    session.commit()
    row = run(session, sessions, edition, now)
    (short, *_) = unmet_of(session, row)
    tried = try_change(session, edition, row, short.profile_id, now, actor_id=None)
    assert tried.number == 2
    assert tried.parameters["changes"]
    assert tried.parameters["least"] == row.parameters["least"]
    finish(session, sessions, tried, now)
    assert short.profile_id not in {one.profile_id for one in unmet_of(session, tried)}


def test_a_pair_that_an_organiser_forbade_is_lifted(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, left, right = forum(make)
    for other in right:
        set_rule(session, edition, FORBID, left[0].id, other.id, now, actor_id=None)
    session.commit()
    row = run(session, sessions, edition, now, most=2)
    (need,) = [one for one in unmet_of(session, row) if one.profile_id == left[0].id]
    assert need.change
    assert len(need.change["lifts"]) == 1
    tried = try_change(session, edition, row, left[0].id, now, actor_id=None)
    assert len(session.exec(select(PairRule)).all()) == 2
    finish(session, sessions, tried, now)
    assert unmet_of(session, tried) == []
    acts = session.exec(select(AuditEntry.act).order_by("id")).all()
    assert acts[-2:] == ["lifted", "tried"]


def test_what_a_person_hid_is_no_way_out(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, left, right = forum(make)
    for other in right:
        make.exclusion(left[0], other)
    row = run(session, sessions, edition, now, most=2)
    (need,) = [one for one in unmet_of(session, row) if one.profile_id == left[0].id]
    assert need.change == {"raises": [], "lifts": [], "lower_least": 1}
    tried = try_change(session, edition, row, left[0].id, now, actor_id=None)
    assert tried.parameters["changes"] == {str(left[0].id): {"less": 1}}
    finish(session, sessions, tried, now)
    assert unmet_of(session, tried) == []


def test_nothing_is_tried_for_who_was_served_or_beside_a_round_under_way(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, left, right = forum(make)
    row = run(session, sessions, edition, now)
    with pytest.raises(NotFound):
        try_change(session, edition, row, left[0].id, now, actor_id=None)
    change = {"raises": [{"profile_id": right[0].id, "by": 1}], "lifts": [], "lower_least": 0}
    need: dict[str, Any] = {"missing": 1, "why": "partners-full", "change": change}
    session.add(UnmetNeed(round_id=row.id, profile_id=left[0].id, **need))
    session.commit()
    try_change(session, edition, row, left[0].id, now, actor_id=None)
    with pytest.raises(RoundUnderWay):
        try_change(session, edition, row, left[0].id, now, actor_id=None)


def test_the_time_left_follows_the_last_round_alike_then_the_pace_of_the_stage(
    make: Factory, session: Session, now: datetime
) -> None:
    edition = make.edition()
    earlier: dict[str, Any] = {"state": "done", "created_at": now, "edition_id": edition.id}
    fair = Round(number=1, seconds=600.0, parameters={"fair": "both"}, **earlier)
    plain = Round(number=2, seconds=30.0, parameters={"fair": "none"}, **earlier)
    row = Round(
        edition_id=edition.id,
        number=3,
        state="running",
        created_at=now,
        began_at=now,
        stage_at=now + timedelta(seconds=8),
        done=1,
        of=5,
    )
    session.add_all([fair, plain, row])
    session.commit()
    assert seconds_left(session, row, now + timedelta(seconds=10)) == 20
    # Longer than the one before: 36 seconds for a fifth of the stage.
    assert seconds_left(session, row, now + timedelta(seconds=44)) == 144
    row.done = 0
    assert seconds_left(session, row, now + timedelta(seconds=44)) is None
    row.state = "queued"
    assert seconds_left(session, row, now) is None
