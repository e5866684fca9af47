"""A finished round is changed by hand: within what is allowed, with the loss, and still proven."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from matchmaking.proof_check import check
from matchmaking.proof_file import read_proof
from models import AuditEntry, Edition, Profile, Round
from models.database import SessionMaker, make_sessions
from services.pair_rules import FORBID, PIN, set_rule
from services.round_board import CannotChange, HandChange, Kind, PairIds
from services.round_by_hand import change_by_hand, changes_by_hand, open_board
from services.round_proof import manifest_of
from services.rounds import pairings_of
from tests.factories import Factory
from tests.services.round_example import forum, known, run


@pytest.fixture
def sessions(engine: Engine) -> SessionMaker:
    return make_sessions(engine)


def ids(left: Profile, right: Profile) -> PairIds:
    return PairIds(left.id, right.id)


def made(session: Session, row: Round) -> set[PairIds]:
    return {PairIds(one.left_id, one.right_id) for one in pairings_of(session, row)}


def change(
    session: Session, edition: Edition, row: Round, pair: PairIds, kind: Kind, other: PairIds
) -> HandChange:
    moment = row.created_at
    given = pair, kind, other, moment
    return change_by_hand(session, edition, row, known, *given, actor_id=None)


def test_two_pairs_swap_partners_and_the_loss_is_known_before(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, left, right = forum(make)
    row = run(session, sessions, edition, now)
    # 0-1, 1-0 and 2-2: 0.8 + 0.7 + 0.4.
    offers = open_board(session, row).changes(ids(left[0], right[1]), "swap")
    assert [one.removed[1] for one in offers] == [ids(left[1], right[0]), ids(left[2], right[2])]
    assert [one.loss for one in offers] == pytest.approx([0.4, 0.6])
    done = change(session, edition, row, ids(left[0], right[1]), "swap", ids(left[1], right[0]))
    assert done.loss == pytest.approx(0.4)
    assert made(session, row) == {
        ids(left[0], right[0]),
        ids(left[1], right[1]),
        ids(left[2], right[2]),
    }
    assert row.total == pytest.approx(1.5)


def test_the_round_keeps_its_bound_and_tells_its_gap(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, left, right = forum(make)
    row = run(session, sessions, edition, now)
    change(session, edition, row, ids(left[0], right[1]), "swap", ids(left[1], right[0]))
    assert row.bound == pytest.approx(1.9)
    assert row.gap == pytest.approx(0.4 / 1.9)
    assert row.worst_right == pytest.approx(0.2)
    found = check(read_proof(manifest_of(session, row)))
    assert found.same, found.differences
    assert found.solved == pytest.approx(1.9)
    assert changes_by_hand(session, row) == 1


def test_a_fair_round_that_was_changed_is_judged_without_its_floor(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, _, _ = forum(make)
    row = run(session, sessions, edition, now, fair="both")
    pair = next(iter(made(session, row)))
    offer = open_board(session, row).changes(pair, "swap")[0]
    change(session, edition, row, pair, "swap", offer.removed[1])
    assert (row.fairness, row.worst_bound, row.price) == (None, None, None)
    found = check(read_proof(manifest_of(session, row)))
    assert found.same, found.differences


def test_somebody_with_room_takes_another_s_place(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, left, right = forum(make)
    row = run(session, sessions, edition, now, least=0, most=2, worth=0.45)
    before = made(session, row)
    assert ids(left[0], right[2]) not in before
    pair = ids(left[0], right[1])
    offers = open_board(session, row).changes(pair, "right")
    assert offers, "the third of the other side has room"
    change(session, edition, row, pair, "right", offers[0].added[0])
    assert made(session, row) == (before - {pair}) | set(offers[0].added)
    assert check(read_proof(manifest_of(session, row))).same


def test_nobody_goes_below_their_least_or_above_their_most(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, left, right = forum(make)
    row = run(session, sessions, edition, now)
    board = open_board(session, row)
    assert board.changes(ids(left[0], right[1]), "left") == []
    assert board.changes(ids(left[0], right[1]), "right") == []
    with pytest.raises(CannotChange, match="not-possible"):
        change(session, edition, row, ids(left[0], right[1]), "right", ids(left[0], right[0]))


def test_a_pinned_pair_stays_and_a_hidden_one_is_not_offered(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, left, right = forum(make)
    make.exclusion(right[0], left[0])
    set_rule(session, edition, PIN, left[2].id, right[2].id, now, actor_id=None)
    session.commit()
    row = run(session, sessions, edition, now)
    board = open_board(session, row)
    assert board.changes(ids(left[2], right[2]), "swap") == []
    # The only other swap would bring the first two together.
    assert board.changes(ids(left[0], right[1]), "swap") == []


def test_what_was_ruled_out_since_is_refused_without_a_reason(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, left, right = forum(make)
    row = run(session, sessions, edition, now)
    wish = ids(left[0], right[1]), ids(left[1], right[0])
    make.exclusion(left[0], right[0])
    with pytest.raises(CannotChange, match="not-open") as private:
        change(session, edition, row, wish[0], "swap", wish[1])
    session.rollback()
    other = ids(left[2], right[2])
    set_rule(session, edition, FORBID, left[0].id, right[2].id, now, actor_id=None)
    session.commit()
    with pytest.raises(CannotChange) as forbidden:
        change(session, edition, row, wish[0], "swap", other)
    assert str(private.value) == str(forbidden.value)


def test_a_round_that_was_published_is_not_changed(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, left, right = forum(make)
    row = run(session, sessions, edition, now)
    row.published_at, row.withdrawn_at = now, now + timedelta(hours=1)
    session.add(row)
    session.commit()
    with pytest.raises(CannotChange, match="published"):
        change(session, edition, row, ids(left[0], right[1]), "swap", ids(left[1], right[0]))


def test_a_change_is_in_the_audit_log_with_the_pairs_before_and_after(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, left, right = forum(make)
    row = run(session, sessions, edition, now)
    change(session, edition, row, ids(left[0], right[1]), "swap", ids(left[1], right[0]))
    (entry,) = session.exec(select(AuditEntry).where(AuditEntry.act == "changed by hand")).all()
    assert entry.before["removed"] == [[left[0].id, right[1].id], [left[1].id, right[0].id]]
    assert entry.after["added"] == [[left[0].id, right[0].id], [left[1].id, right[1].id]]
    assert entry.before["total"] == pytest.approx(1.9)
    assert entry.after["total"] == pytest.approx(1.5)
