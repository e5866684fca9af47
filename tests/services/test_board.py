"""The board: meetings are planned in peace, moved where nothing is in the way, and announced."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from matchmaking.free_time import Span
from models import AuditEntry, Availability, Mail, Meeting, Participation, Profile
from services.board import board_meetings, counts_of
from services.board_moves import (
    Blocked,
    ChangedMeanwhile,
    Moved,
    NoSlot,
    Target,
    move_meeting,
    put_pair,
    take_away,
)
from services.board_plan import announce, announcement, board_round, clear_plan, plan_round
from services.board_unplaced import WithoutMeeting, has_pair, unplaced_of
from services.errors import NotFound
from services.meeting_list import lines_of
from services.meeting_rules import NotNow
from services.meetings import accept, own_meeting
from tests.conftest import NOW, Queries
from tests.factories import Factory
from tests.services.meeting_example import MeetingExample, meeting_example
from tests.services.session_example import Scribe, signed_up, workshop
from tests.services.test_round_schedule import busy, done_round

Counting = Callable[[], AbstractContextManager[Queries]]


@pytest.fixture
def example(make: Factory) -> MeetingExample:
    return meeting_example(make)


def whole(example: MeetingExample) -> Span:
    return Span(example.first, example.first + timedelta(days=1))


def planned(example: MeetingExample, *pairs: tuple[Profile, Profile]) -> list[Meeting]:
    """Put the pairs of a round on the board, in the order of the slots."""
    session = example.make.session
    plan_round(session, example.edition, done_round(example, *pairs), NOW, actor_id=None)
    session.commit()
    order = col(Meeting.starts_at), col(Meeting.table_number)
    return list(session.exec(select(Meeting).order_by(*order)))


def move(
    example: MeetingExample,
    row: Meeting,
    slot: int,
    table: int | None = None,
    *,
    write: Scribe | None = None,
    seen: int | None = None,
) -> Moved:
    return move_meeting(
        example.make.session,
        write or Scribe(),
        example.edition,
        row.id,
        Target(example.slot(slot), table),
        row.sequence if seen is None else seen,
        NOW,
        actor_id=None,
    )


def people(example: MeetingExample) -> tuple[Profile, Profile]:
    return example.person("DE"), example.person("KR")


def test_what_is_planned_stands_on_the_board_and_nobody_knows(
    session: Session, example: MeetingExample
) -> None:
    left, right = people(example)
    (row,) = planned(example, (left, right))

    assert (row.state, row.table_number) == ("planned", 1)
    assert counts_of(session, example.edition, NOW).planned == 1
    assert lines_of(session, left.id, NOW) == []
    with pytest.raises(NotFound):
        own_meeting(session, row.id, left.id)
    assert session.exec(select(Mail)).all() == []


def test_planning_again_adds_nothing_and_clearing_takes_all_off(
    session: Session, example: MeetingExample
) -> None:
    planned(example, people(example))
    row = board_round(session, example.edition)
    assert row is not None
    assert plan_round(session, example.edition, row, NOW, actor_id=None).proposed == ()
    assert clear_plan(session, example.edition, NOW, actor_id=None) == 1
    assert counts_of(session, example.edition, NOW).total == 0


def test_announcing_makes_proposals_of_what_is_planned_once(
    session: Session, example: MeetingExample
) -> None:
    left, right = people(example)
    (row,) = planned(example, (left, right))
    write = Scribe()

    assert announce(session, write, example.edition, NOW, actor_id=None) == 1
    assert announce(session, write, example.edition, NOW, actor_id=None) == 0

    assert row.state == "proposed"
    assert write.told == [("meeting-from-round", left.email), ("meeting-from-round", right.email)]
    accept(session, row.id, left.id, NOW)
    assert accept(session, row.id, right.id, NOW).table_number == 1


def test_what_something_stands_in_the_way_of_is_not_announced(
    session: Session, example: MeetingExample
) -> None:
    left, right = people(example)
    (row,) = planned(example, (left, right))
    signed_up(example, workshop(example, starts_at=row.starts_at), right)

    found = announcement(session, example.edition, NOW)

    assert (found.ready, found.people) == ((), 0)
    assert [block.what for block in found.blocked[0].blocks] == ["session"]
    assert announce(session, Scribe(), example.edition, NOW, actor_id=None) == 0


def test_a_meeting_moves_to_a_free_slot_and_table_and_back(
    session: Session, example: MeetingExample
) -> None:
    (row,) = planned(example, people(example))

    moved = move(example, row, 2, 2)
    assert (row.starts_at, row.table_number, row.sequence) == (example.slot(2), 2, 1)
    assert moved.before == Target(example.slot(0), 1)
    move(example, row, 0, 1)
    assert (row.starts_at, row.table_number) == (example.slot(0), 1)
    entry = session.exec(select(AuditEntry).where(AuditEntry.act == "moved")).all()[0]
    assert entry.before == {"starts_at": example.slot(0).isoformat(), "table": 1}
    assert entry.after == {"starts_at": example.slot(2).isoformat(), "table": 2}


def test_without_a_wish_it_keeps_its_table_or_gets_a_free_one(example: MeetingExample) -> None:
    one, other = planned(example, people(example), people(example))
    assert (one.starts_at, one.table_number, other.table_number) == (other.starts_at, 1, 2)
    move(example, one, 1)
    move(example, other, 1, 1) if one.table_number != 1 else move(example, other, 2, 1)
    move(example, other, 1)
    assert {one.table_number, other.table_number} == {1, 2}


def test_who_or_what_is_in_the_way_is_named_and_nothing_moves(
    session: Session, example: MeetingExample
) -> None:
    left, right = people(example)
    third = example.person("KR")
    one, other = planned(example, (left, right), (left, third))
    busy(example, right, 2, 3)
    talk = workshop(example, starts_at=example.slot(3), sign_up_until=example.slot(3))
    signed_up(example, talk, left)
    stood = one.starts_at

    def blocks(slot: int, table: int | None = None) -> list[tuple[str, int | None]]:
        with pytest.raises(Blocked) as found:
            move(example, one, slot, table)
        return [(block.what, block.who) for block in found.value.blocks]

    assert other.starts_at == example.slot(1)
    assert blocks(1) == [("meeting", left.id)]
    assert blocks(1, other.table_number) == [("meeting", left.id), ("table", None)]
    assert blocks(2) == [("busy", right.id)]
    assert blocks(3)[0] == ("session", left.id)
    session.refresh(one)
    assert one.starts_at == stood


def test_a_full_slot_and_a_slot_that_is_none_are_refused(example: MeetingExample) -> None:
    pairs = [people(example) for _ in range(3)]
    rows = planned(example, *pairs)
    assert [row.starts_at for row in rows] == [example.slot(0)] * 2 + [example.slot(1)]
    with pytest.raises(Blocked) as found:
        move(example, rows[2], 0)
    assert [(block.what, block.other) for block in found.value.blocks] == [("table", ())]
    with pytest.raises(NoSlot):
        move(example, rows[2], 9)


def test_whoever_looked_before_a_change_is_told_so(example: MeetingExample) -> None:
    (row,) = planned(example, people(example))
    move(example, row, 1)
    with pytest.raises(ChangedMeanwhile):
        move(example, row, 2, seen=0)


def test_people_who_know_of_a_meeting_are_told_that_it_moved_and_not_if_that_is_undone(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.pair()
    row = example.agreed(left, right)
    write = Scribe()

    move(example, row, 1, write=write)
    move(example, row, 2, write=write)
    mails = session.exec(select(Mail).where(col(Mail.event).like("meeting-moved%"))).all()
    assert {mail.recipient for mail in mails} == {left.email, right.email}
    assert all(mail.next_attempt_at > NOW for mail in mails)
    assert write.letters[-1].facts["start"] == example.slot(2).isoformat()
    entry = write.letters[-1].meeting
    assert entry is not None
    assert entry.sequence == row.sequence

    move(example, row, 0, 1, write=write)
    assert session.exec(select(Mail).where(col(Mail.event).like("meeting-moved%"))).all() == []


def test_a_planned_meeting_moves_without_a_word(session: Session, example: MeetingExample) -> None:
    (row,) = planned(example, people(example))
    write = Scribe()
    move(example, row, 1, write=write)
    assert write.letters == []


def test_what_was_only_planned_is_taken_off_and_what_people_knew_is_cancelled(
    session: Session, example: MeetingExample
) -> None:
    (row,) = planned(example, people(example))
    agreed = example.agreed(*example.pair(), 1)
    write = Scribe()
    edition = example.edition

    assert take_away(session, write, edition, row.id, NOW, actor_id=None) == "planned"
    assert write.letters == []
    assert take_away(session, write, edition, agreed.id, NOW, actor_id=None) == "accepted"
    assert [kind for kind, _who in write.told] == ["meeting-removed"] * 2
    assert agreed.state == "cancelled"
    with pytest.raises(NotFound):
        take_away(session, write, edition, agreed.id, NOW, actor_id=None)


def test_a_meeting_that_has_begun_stays(session: Session, example: MeetingExample) -> None:
    (row,) = planned(example, people(example))
    with pytest.raises(NotNow):
        take_away(session, Scribe(), example.edition, row.id, row.starts_at, actor_id=None)


def test_a_pair_is_placed_by_hand(session: Session, example: MeetingExample) -> None:
    left, right = people(example)
    busy(example, right, 0, 4)
    planned(example, (left, right))
    pairing = board_round(session, example.edition)
    assert pairing is not None
    pair = (left.id, right.id)
    assert [one.why for one in unplaced(session, example)] == ["right-away"]
    assert has_pair(session, pairing, *pair)
    assert not has_pair(session, pairing, right.id, left.id)
    with pytest.raises(Blocked):
        put_pair(
            session,
            example.edition,
            pairing,
            pair,
            Target(example.slot(0)),
            NOW,
            actor_id=None,
        )

    clear_times(session, right)
    assert [one.why for one in unplaced(session, example)] == ["can-be-placed"]
    row = put_pair(
        session, example.edition, pairing, pair, Target(example.slot(3), 2), NOW, actor_id=None
    )
    assert (row.state, row.table_number, row.ends_at) == ("planned", 2, example.slot(4))
    assert unplaced(session, example) == ()


def unplaced(session: Session, example: MeetingExample) -> tuple[WithoutMeeting, ...]:
    pairing = board_round(session, example.edition)
    assert pairing is not None
    return unplaced_of(session, example.edition, pairing, NOW, limit=50).pairs


def clear_times(session: Session, who: Profile) -> None:
    for row in session.exec(select(Availability)):
        session.delete(row)
    session.commit()


def test_the_board_shows_what_stands_in_the_way_by_now(
    session: Session, example: MeetingExample
) -> None:
    left, right = people(example)
    planned(example, (left, right))
    place = session.exec(select(Participation).where(Participation.profile_id == left.id)).one()
    session.delete(place)
    session.commit()

    (one,) = board_meetings(session, example.edition, whole(example), NOW)

    assert [(block.what, block.who) for block in one.blocks] == [("gone", left.id)]


def test_what_two_people_propose_to_each_other_is_not_on_the_board(
    session: Session, example: MeetingExample
) -> None:
    example.proposed(*example.pair())
    assert board_meetings(session, example.edition, whole(example), NOW) == []


@pytest.mark.parametrize("count", [1, 8])
def test_a_day_takes_the_same_queries_for_1_and_for_8_meetings(
    session: Session, example: MeetingExample, count_queries: Counting, count: int
) -> None:
    planned(example, *(people(example) for _ in range(count)))
    with count_queries() as queries:
        assert len(board_meetings(session, example.edition, whole(example), NOW)) == count
    assert queries.total == 6
