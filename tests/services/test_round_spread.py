"""How a round's affinity is spread over people."""

import itertools
from datetime import datetime

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from models import Round
from models.database import make_sessions
from services.round_spread import spread_of
from tests.factories import Factory
from tests.services.round_example import forum, run


def test_everybody_is_counted_once_on_their_side(
    make: Factory, session: Session, engine: Engine, now: datetime
) -> None:
    row = run(session, make_sessions(engine), forum(make)[0], now)
    spread = spread_of(session, row)
    assert spread is not None
    assert [side.side for side in spread.sides] == ["left", "right"]
    assert [sum(side.counts) for side in spread.sides] == [3, 3]


def test_the_worst_the_middle_and_the_best_are_named(
    make: Factory, session: Session, engine: Engine, now: datetime
) -> None:
    row = run(session, make_sessions(engine), forum(make)[0], now)
    spread = spread_of(session, row)
    assert spread is not None
    left = spread.sides[0]
    assert (left.worst, left.middle, left.best) == pytest.approx((0.4, 0.7, 0.8))
    assert (left.counts[0], left.counts[-1]) == (0, 1)
    assert spread.top == pytest.approx(0.8)


def test_the_bins_cover_the_scale_without_a_gap(
    make: Factory, session: Session, engine: Engine, now: datetime
) -> None:
    spread = spread_of(session, run(session, make_sessions(engine), forum(make)[0], now))
    assert spread is not None
    edges = spread.edges()
    assert edges[0][0] == 0
    assert edges[-1][1] == pytest.approx(spread.top)
    assert all(end == start for (_, end), (start, _) in itertools.pairwise(edges))


def test_several_partners_add_up(
    make: Factory, session: Session, engine: Engine, now: datetime
) -> None:
    row = run(session, make_sessions(engine), forum(make)[0], now, least=3, most=3)
    spread = spread_of(session, row)
    assert spread is not None
    assert spread.sides[0].best == pytest.approx(1.8)
    assert spread.sides[1].best == pytest.approx(2.2)


def test_a_round_without_pairs_has_no_spread(
    make: Factory, session: Session, now: datetime
) -> None:
    row = Round(edition_id=make.edition().id, number=1, created_at=now)
    session.add(row)
    session.commit()
    assert spread_of(session, row) is None
