"""A fair round raises the worst-off person, and keeps what that changed and cost."""

from datetime import datetime

import numpy as np
import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from matchmaking.fairness import FloorCertificate, certified_floor_bound
from matchmaking.pairing import Bounds, PairingProblem
from matchmaking.scorers import DenseScorer
from models import Pairing, Round
from models.database import SessionMaker, make_sessions
from services.round_fairness import fairness_of
from tests.factories import Factory
from tests.services import round_example
from tests.services.round_example import forum, run


@pytest.fixture
def sessions(engine: Engine) -> SessionMaker:
    return make_sessions(engine)


@pytest.fixture(autouse=True)
def scores(monkeypatch: pytest.MonkeyPatch) -> None:
    table = np.array([[0.90, 0.89, 0.10], [0.90, 0.30, 0.60], [0.60, 0.10, 0.59]])
    monkeypatch.setattr(round_example, "SCORES", table)


def test_a_fair_round_keeps_its_bound_its_price_and_its_curve(
    session: Session, sessions: SessionMaker, make: Factory, now: datetime
) -> None:
    edition, _, _ = forum(make)
    row = run(session, sessions, edition, now, fair="left")
    assert row.state == "done"
    found = fairness_of(row)
    assert found is not None
    assert found.side == "left"
    assert found.floor <= found.worst_bound + 1e-9
    assert 0 <= found.price <= 0.01
    assert found.curve[0].price == 0.0
    assert found.curve[-1].floor == pytest.approx(found.floor)
    assert [change.side for change in found.sides] == ["left", "right"]
    assert found.sides[0].after >= found.sides[0].before
    assert found.largest_total >= (row.total or 0.0)


def test_the_kept_certificate_proves_the_total_under_the_floor(
    session: Session, sessions: SessionMaker, make: Factory, now: datetime
) -> None:
    edition, left, right = forum(make)
    row = run(session, sessions, edition, now, fair="both")
    assert row.certificate is not None
    kept = row.certificate["floor"]
    by_person = {
        name: np.array([kept[name][str(person.id)] for person in people])
        for name, people in (
            ("left", left),
            ("right", right),
            ("left_weight", left),
            ("right_weight", right),
        )
    }
    proof = FloorCertificate(
        floor=kept["value"],
        left_weight=by_person["left_weight"],
        right_weight=by_person["right_weight"],
        left_price=by_person["left"],
        right_price=by_person["right"],
        bound=0.0,
        gap=0.0,
    )
    one = Bounds.same(3, 1, 1)
    problem = PairingProblem(DenseScorer(round_example.SCORES), one, one)
    assert certified_floor_bound(problem, proof) == pytest.approx(row.bound)
    assert set(row.certificate) == {"left", "right", "floor"}


def test_a_round_without_a_floor_has_nothing_of_it(
    session: Session, sessions: SessionMaker, make: Factory, now: datetime
) -> None:
    edition, _, _ = forum(make)
    row = run(session, sessions, edition, now)
    assert fairness_of(row) is None
    assert (row.worst_bound, row.price, row.fairness) == (None, None, None)


def test_a_fair_round_can_be_repeated(
    session: Session, sessions: SessionMaker, make: Factory, now: datetime
) -> None:
    edition, _, _ = forum(make)
    first, again = (run(session, sessions, edition, now, fair="both") for _ in range(2))
    assert pairs_of(session, first) == pairs_of(session, again)
    assert first.fairness == again.fairness


def pairs_of(session: Session, row: Round) -> list[tuple[int, int]]:
    query = select(Pairing.left_id, Pairing.right_id).where(Pairing.round_id == row.id)
    return [(left, right) for left, right in session.exec(query.order_by(col(Pairing.left_id)))]
