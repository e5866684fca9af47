"""Planning again after cancellations: as few meetings as possible move, and all is shown first."""

from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from models import AuditEntry, Meeting, Participation, Profile
from services.board_moves import ChangedMeanwhile
from services.board_plan import announce, board_round
from services.board_replan import Replanning, plan_again, replan_now
from services.meetings import accept
from tests.conftest import NOW
from tests.factories import Factory
from tests.services.meeting_example import MeetingExample, meeting_example
from tests.services.session_example import Scribe, signed_up, workshop
from tests.services.test_board import people, planned
from tests.services.test_round_schedule import busy


@pytest.fixture
def example(make: Factory) -> MeetingExample:
    return meeting_example(make, slots=2, tables=2)


def look(example: MeetingExample, *, agreed: bool = False) -> Replanning:
    session = example.make.session
    row = board_round(session, example.edition)
    assert row is not None
    return plan_again(session, example.edition, row, NOW, agreed_may_move=agreed)


def do(
    example: MeetingExample, plan: Replanning, *, agreed: bool = False, write: Scribe | None = None
) -> Replanning:
    session = example.make.session
    row = board_round(session, example.edition)
    assert row is not None
    found = replan_now(
        session,
        write or Scribe(),
        example.edition,
        row,
        plan.digest,
        NOW,
        actor_id=None,
        agreed_may_move=agreed,
    )
    session.commit()
    return found


def leave(example: MeetingExample, who: Profile) -> None:
    session = example.make.session
    session.delete(
        session.exec(select(Participation).where(Participation.profile_id == who.id)).one()
    )
    session.commit()


def test_where_nothing_happened_nothing_changes(example: MeetingExample) -> None:
    planned(example, people(example), people(example))
    plan = look(example)
    assert not plan.anything
    assert plan.staying == 2
    assert plan.fewest


def test_the_meetings_of_who_left_go_and_their_room_is_filled(
    session: Session, example: MeetingExample
) -> None:
    pairs = [people(example) for _ in range(5)]
    rows = planned(example, *pairs)
    assert len(rows) == 4
    announce(session, Scribe(), example.edition, NOW, actor_id=None)
    session.commit()
    leave(example, session.get_one(Profile, rows[0].right_id))

    plan = look(example)
    assert [(one.row.id, one.why) for one in plan.removals] == [(rows[0].id, "gone")]
    assert (len(plan.moves), len(plan.additions), plan.staying) == (0, 1, 3)
    write = Scribe()
    do(example, plan, write=write)

    assert rows[0].state == "cancelled"
    assert [kind for kind, _who in write.told] == ["meeting-removed"] * 2
    new = session.exec(select(Meeting).where(Meeting.state == "planned")).one()
    added = plan.additions[0]
    assert (new.starts_at, new.table_number) == (added.span.start, added.table)
    entry = session.exec(select(AuditEntry).where(AuditEntry.act == "replanned")).one()
    assert entry.before["removed"] == [[rows[0].id, rows[0].left_id, rows[0].right_id]]
    assert not look(example).anything


def test_the_meetings_of_who_did_not_come_go_too(session: Session, example: MeetingExample) -> None:
    left, right = people(example)
    (row,) = planned(example, (left, right))
    place = session.exec(select(Participation).where(Participation.profile_id == left.id)).one()
    place.no_show_at = NOW
    session.commit()
    plan = look(example)
    assert ([one.row.id for one in plan.removals], plan.additions) == ([row.id], ())


def test_who_became_busy_is_moved_and_nobody_else(
    session: Session, example: MeetingExample
) -> None:
    left, right = people(example)
    rows = planned(example, (left, right), people(example))
    mine = next(row for row in rows if row.left_id == left.id)
    busy(example, left, 0, 0)

    plan = look(example)

    assert [(one.row.id, one.span.start) for one in plan.moves] == [(mine.id, example.slot(1))]
    assert plan.fewest
    do(example, plan)
    session.refresh(mine)
    assert mine.starts_at == example.slot(1)


def test_two_meetings_can_change_places(session: Session, example: MeetingExample) -> None:
    left, one, other = example.person("DE"), example.person("KR"), example.person("KR")
    first, second = planned(example, (left, one), (left, other))
    by_right = {first.right_id: first, second.right_id: second}
    early, late = (one, other) if by_right[one.id] is first else (other, one)
    busy(example, early, 0, 0)
    busy(example, late, 1, 1)

    plan = look(example)
    assert len(plan.moves) == 2
    do(example, plan)

    session.refresh(first)
    session.refresh(second)
    assert (first.starts_at, second.starts_at) == (example.slot(1), example.slot(0))


def test_agreed_meetings_move_only_when_that_is_asked_for(
    session: Session, example: MeetingExample
) -> None:
    left, right = people(example)
    (row,) = planned(example, (left, right))
    announce(session, Scribe(), example.edition, NOW, actor_id=None)
    for who in (left, right):
        accept(session, row.id, who.id, NOW)
    session.commit()
    busy(example, left, 0, 0)

    assert not look(example).anything
    plan, write = look(example, agreed=True), Scribe()
    assert len(plan.moves) == 1
    do(example, plan, agreed=True, write=write)

    session.refresh(row)
    assert (row.state, row.starts_at) == ("accepted", example.slot(1))
    assert [kind for kind, _who in write.told] == ["meeting-moved"] * 2


def test_what_finds_no_place_any_more_goes(session: Session, example: MeetingExample) -> None:
    left, right = people(example)
    (row,) = planned(example, (left, right))
    talk = workshop(example, ends_at=example.slot(2) + timedelta(minutes=0))
    signed_up(example, talk, left)

    plan = look(example)

    assert [(one.row.id, one.why) for one in plan.removals] == [(row.id, "no-place")]
    do(example, plan)
    assert session.exec(select(col(Meeting.id))).all() == []


def test_nothing_else_is_done_than_what_was_looked_at(
    session: Session, example: MeetingExample
) -> None:
    left, right = people(example)
    planned(example, (left, right))
    busy(example, left, 0, 0)
    plan = look(example)
    leave(example, right)
    with pytest.raises(ChangedMeanwhile):
        do(example, plan)
