"""Two rounds side by side: what was asked, who gained, who lost, and which pairs differ."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from models.database import SessionMaker, make_sessions
from services.pair_rules import PIN, set_rule
from services.round_comparison import compare_rounds
from tests.conftest import Queries
from tests.factories import Factory
from tests.services.round_example import forum, run


@pytest.fixture
def sessions(engine: Engine) -> SessionMaker:
    return make_sessions(engine)


def test_who_gained_and_who_lost_by_a_pin_is_told_the_largest_first(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, left, right = forum(make)
    before = run(session, sessions, edition, now)
    set_rule(session, edition, PIN, left[0].id, right[2].id, now, actor_id=None)
    session.commit()
    after = run(session, sessions, edition, now)
    found = compare_rounds(session, before, after)
    # 0.8 + 0.7 + 0.4 becomes 0.1 + 0.7 + 0.5.
    assert [(one.person.id, round(one.gain, 3)) for one in found.lost] == [
        ("eu-0", -0.7),
        ("kr-1", -0.3),
        ("kr-2", -0.3),
    ]
    assert [(one.person.id, round(one.gain, 3)) for one in found.gained] == [("eu-2", 0.1)]
    assert (found.common, found.only_before_count, found.only_after_count) == (1, 2, 2)
    assert {(one.left.id, one.right.id) for one in found.only_after} == {
        ("eu-0", "kr-2"),
        ("eu-2", "kr-1"),
    }
    assert found.changed == ()


def test_parameters_that_differ_are_listed(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, left, _ = forum(make)
    before = run(session, sessions, edition, now)
    tried = {str(left[0].id): {"more": 1}}
    after = run(session, sessions, edition, now, most=2, changes=tried)
    changed = compare_rounds(session, before, after).changed
    assert [(one.name, one.before, one.after) for one in changed] == [
        ("changes", 0, 1),
        ("most", 1, 2),
    ]


def test_it_takes_three_queries(
    make: Factory,
    session: Session,
    sessions: SessionMaker,
    now: datetime,
    count_queries: Callable[[], AbstractContextManager[Queries]],
) -> None:
    edition, _, _ = forum(make)
    rounds = [run(session, sessions, edition, now, most=most) for most in (1, 3)]
    for row in rounds:
        session.refresh(row)
    with count_queries() as queries:
        compare_rounds(session, *rounds)
    assert queries.total == 3
