"""A round's pairs get meetings: proposed to both, agreed when both accept, never two at once."""

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from models import Availability, Edition, Mail, Meeting, Pairing, Participation, Profile, Round
from services.consents import withdraw
from services.consents_reading import MAILS
from services.errors import NotFound
from services.mail import Letter, Written
from services.meeting_rules import TimeTaken
from services.meetings import accept, cancel, decline, move
from services.round_meetings import RoundAnswers, answers_to
from services.round_schedule import (
    NothingToPlace,
    RoundPlan,
    plan_meetings,
    propose_meetings,
    round_to_place,
)
from tests.conftest import NOW, Queries
from tests.factories import Factory
from tests.services.meeting_example import MeetingExample, meeting_example

Counting = Callable[[], AbstractContextManager[Queries]]


@pytest.fixture
def example(make: Factory) -> MeetingExample:
    return meeting_example(make)


def write(letter: Letter) -> Written:
    return Written(letter.kind, letter.facts.get("start", "-"))


def done_round(
    example: MeetingExample, *pairs: tuple[Profile, Profile], state: str = "done"
) -> Round:
    """Let a round have brought people together."""
    session = example.make.session
    last = session.exec(select(Round.number).order_by(col(Round.number).desc())).first()
    row = Round(edition_id=example.edition.id, number=(last or 0) + 1, state=state, created_at=NOW)
    session.add(row)
    session.flush()
    for left, right in pairs:
        pair = Pairing(
            round_id=row.id, left_id=left.id, right_id=right.id, score=0.5, grade="strong"
        )
        session.add(pair)
    session.commit()
    return row


def propose(example: MeetingExample, row: Round) -> RoundPlan:
    session = example.make.session
    plan = propose_meetings(session, write, example.edition, row, NOW)
    session.commit()
    return plan


def meetings(session: Session) -> list[Meeting]:
    session.expire_all()
    return list(session.exec(select(Meeting).order_by(col(Meeting.id))))


def whys(plan: RoundPlan) -> list[str]:
    return [one.why for one in plan.unplaced]


def everybody(example: MeetingExample, size: int = 3) -> Round:
    """Let so many people of each side meet each other."""
    left = [example.person("DE") for _ in range(size)]
    right = [example.person("KR") for _ in range(size)]
    return done_round(example, *((one, other) for one in left for other in right))


def busy(example: MeetingExample, who: Profile, first: int, last: int) -> None:
    place = example.make.session.exec(
        select(Participation.id).where(Participation.profile_id == who.id)
    ).one()
    row = Availability(
        participation_id=place,
        kind="busy",
        starts_at=example.slot(first),
        ends_at=example.slot(last + 1),
    )
    example.make.session.add(row)
    example.make.session.commit()


def test_a_plan_writes_nothing(session: Session, example: MeetingExample) -> None:
    row = done_round(example, (example.person("DE"), example.person("KR")))

    plan = plan_meetings(session, example.edition, row, NOW)

    assert (len(plan.proposed), plan.placed, plan.people, plan.slots) == (1, 1, 2, 1)
    assert meetings(session) == []


def test_every_pair_gets_a_proposal_to_which_neither_has_agreed(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.person("DE"), example.person("KR")
    row = done_round(example, (left, right))

    assert propose(example, row).unplaced == ()

    (meeting,) = meetings(session)
    assert (meeting.round_id, meeting.state) == (row.id, "proposed")
    assert not meeting.left_agrees
    assert not meeting.right_agrees
    assert meeting.starts_at == example.slot(0)
    assert meeting.ends_at - meeting.starts_at == timedelta(minutes=20)
    assert meeting.table_number == 1


def test_it_is_agreed_when_both_accept_in_either_order(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.person("DE"), example.person("KR")
    propose(example, done_round(example, (left, right)))
    (meeting,) = meetings(session)

    assert accept(session, meeting.id, right.id, NOW).state == "proposed"
    assert accept(session, meeting.id, left.id, NOW).state == "accepted"
    assert meeting.table_number == 1


def test_nobody_is_in_two_meetings_at_once_and_no_slot_has_more_than_its_tables(
    session: Session, make: Factory
) -> None:
    example = meeting_example(make, slots=6, tables=2)
    plan = propose(example, everybody(example))

    rows = meetings(session)
    assert (len(rows), plan.unplaced) == (9, ())
    at_once = Counter((who, row.starts_at) for row in rows for who in (row.left_id, row.right_id))
    assert set(at_once.values()) == {1}
    assert max(Counter(row.starts_at for row in rows).values()) <= 2
    for row in rows:
        accept(session, row.id, row.left_id, NOW)
        assert accept(session, row.id, row.right_id, NOW).state == "accepted"


def test_too_few_tables_are_told_as_such(session: Session, make: Factory) -> None:
    example = meeting_example(make, slots=2, tables=1)
    plan = propose(example, everybody(example))
    assert len(meetings(session)) == 2
    assert len(plan.unplaced) == 7
    assert "no-table" in whys(plan)


def test_without_a_limit_of_tables_only_people_s_times_count(
    session: Session, make: Factory
) -> None:
    example = meeting_example(make, slots=3, tables=None)
    assert propose(example, everybody(example)).unplaced == ()
    assert len(meetings(session)) == 9


def test_people_are_met_when_both_are_free(session: Session, example: MeetingExample) -> None:
    left, right = example.person("DE"), example.person("KR")
    busy(example, left, 0, 0)
    busy(example, right, 2, 3)
    propose(example, done_round(example, (left, right)))
    assert [row.starts_at for row in meetings(session)] == [example.slot(1)]


@pytest.mark.parametrize(
    ("left_busy", "right_busy", "why"),
    [((0, 3), None, "left-away"), (None, (0, 3), "right-away"), ((0, 1), (2, 3), "no-common-slot")],
)
def test_who_has_no_time_is_named_by_the_reason(
    example: MeetingExample,
    left_busy: tuple[int, int] | None,
    right_busy: tuple[int, int] | None,
    why: str,
) -> None:
    left, right = example.person("DE"), example.person("KR")
    for who, when in ((left, left_busy), (right, right_busy)):
        if when:
            busy(example, who, *when)
    plan = propose(example, done_round(example, (left, right)))
    (one,) = plan.unplaced
    assert (one.left.id, one.right.id, one.why) == (left.source_key, right.source_key, why)


def test_a_second_run_proposes_only_what_is_missing_and_moves_nothing(
    session: Session, example: MeetingExample
) -> None:
    left, right, third = example.person("DE"), example.person("KR"), example.person("KR")
    busy(example, third, 0, 3)
    row = done_round(example, (left, right), (left, third))
    assert whys(propose(example, row)) == ["right-away"]
    (first,) = meetings(session)
    accept(session, first.id, left.id, NOW)
    accept(session, first.id, right.id, NOW)
    session.delete(session.exec(select(Availability)).one())
    session.commit()
    before = (first.starts_at, first.table_number, first.sequence)

    plan = propose(example, row)

    assert (len(plan.proposed), plan.arranged, plan.placed, plan.slots) == (1, 1, 2, 2)
    first, second = meetings(session)
    assert (first.starts_at, first.table_number, first.sequence) == before
    assert second.right_id == third.id
    assert second.starts_at != first.starts_at
    assert propose(example, row).proposed == ()
    assert len(meetings(session)) == 2


def test_a_pair_with_a_proposal_of_its_own_keeps_it(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.pair()
    own = example.proposed(left, right, slot=2)
    plan = propose(example, done_round(example, (left, right)))
    assert (plan.proposed, plan.arranged, plan.placed) == ((), 1, 1)
    assert [row.id for row in meetings(session)] == [own.id]


def test_times_and_tables_of_other_meetings_are_kept_free(session: Session, make: Factory) -> None:
    example = meeting_example(make, slots=3, tables=1)
    left, right = example.pair()
    example.agreed(left, right, slot=0)
    example.proposed(*example.pair(), slot=1)
    third = example.person("KR")
    propose(example, done_round(example, (left, third)))
    assert meetings(session)[-1].starts_at == example.slot(2)


@pytest.mark.parametrize("act", [decline, cancel])
def test_who_said_no_is_not_asked_again_for_that_round(
    session: Session, example: MeetingExample, act: Callable[..., Meeting]
) -> None:
    left, right = example.person("DE"), example.person("KR")
    row = done_round(example, (left, right))
    propose(example, row)
    (meeting,) = meetings(session)
    if act is cancel:
        accept(session, meeting.id, left.id, NOW)
        accept(session, meeting.id, right.id, NOW)
    act(session, meeting.id, right.id, NOW)
    session.commit()

    assert whys(propose(example, row)) == ["closed"]
    assert len(meetings(session)) == 1


def test_what_nobody_answered_in_time_may_be_proposed_again(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.person("DE"), example.person("KR")
    row = done_round(example, (left, right))
    propose(example, row)
    later = example.slot(0) + timedelta(minutes=1)
    plan = propose_meetings(session, write, example.edition, row, later)
    assert [one.span.start for one in plan.proposed] == [example.slot(1)]


def test_a_private_choice_looks_like_any_other_end(
    session: Session, make: Factory, example: MeetingExample
) -> None:
    """Hidden, left, consent withdrawn: organisers read one and the same word."""
    people = [(example.person("DE"), example.person("KR")) for _ in range(4)]
    make.exclusion(people[0][1], people[0][0])
    session.delete(
        session.exec(select(Participation).where(Participation.profile_id == people[1][0].id)).one()
    )
    withdraw(session, people[2][1].account_id or 0, ["matching"], "en", NOW)
    session.commit()

    plan = propose(example, done_round(example, *people))

    assert whys(plan) == ["closed"] * 3
    assert [row.left_id for row in meetings(session)] == [people[3][0].id]


def test_who_accepts_a_time_that_they_gave_away_since_is_told(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.pair()
    third = example.person("KR")
    propose(example, done_round(example, (left, third)))
    (waiting,) = meetings(session)
    example.agreed(left, right, slot=0)

    with pytest.raises(TimeTaken):
        accept(session, waiting.id, left.id, NOW)
    moved = move(session, waiting.id, left.id, example.slot(1), NOW)
    assert (moved.left_agrees, moved.right_agrees) == (True, False)


def test_both_get_one_letter_for_each_meeting_in_their_language_if_they_want_mails(
    session: Session, make: Factory, example: MeetingExample
) -> None:
    left, right, silent = example.person("DE"), example.person("KR"), example.person("KR")
    withdraw(session, silent.account_id or 0, [MAILS], "en", NOW)
    unknown = make.profile(example.edition, country="KR")
    row = done_round(example, *((left, other) for other in (right, silent, unknown)))
    letters: list[Letter] = []

    def note(letter: Letter) -> Written:
        letters.append(letter)
        return write(letter)

    for _ in range(2):
        propose_meetings(session, note, example.edition, row, NOW)
        session.commit()

    assert len(meetings(session)) == 3
    assert sorted(letter.recipient for letter in letters) == sorted(
        [left.email] * 3 + [right.email]
    )
    assert {letter.kind for letter in letters} == {"meeting-from-round"}
    assert len(set(session.exec(select(Mail.event)))) == 4

    withdraw(session, right.account_id or 0, [MAILS], "en", NOW)
    assert right.email not in session.exec(select(Mail.recipient)).all()


def test_answers_are_counted(session: Session, make: Factory) -> None:
    example = meeting_example(make, slots=4, tables=None)
    row = everybody(example, 2)
    assert answers_to(session, row, NOW) == RoundAnswers()
    propose(example, row)
    first, second, third, _ = meetings(session)
    accept(session, first.id, first.left_id, NOW)
    accept(session, first.id, first.right_id, NOW)
    accept(session, second.id, second.left_id, NOW)
    decline(session, third.id, third.right_id, NOW)
    session.commit()
    assert answers_to(session, row, NOW) == RoundAnswers(accepted=1, waiting=2, declined=1)
    over = answers_to(session, row, example.slot(4))
    assert over == RoundAnswers(accepted=1, declined=1, unanswered=2)
    assert over.total == 4


def test_the_newest_finished_round_is_taken(session: Session, example: MeetingExample) -> None:
    done_round(example)
    newest = done_round(example)
    done_round(example, state="running")
    assert round_to_place(session, example.edition, now=NOW).id == newest.id
    assert round_to_place(session, example.edition, 1, now=NOW).number == 1


def test_what_is_missing_is_told_with_what_to_do(
    session: Session, make: Factory, example: MeetingExample
) -> None:
    def reason(edition: Edition, number: int | None = None) -> str:
        with pytest.raises(NothingToPlace) as found:
            round_to_place(session, edition, number, now=NOW)
        assert ":" in str(found.value)
        return found.value.reason

    with pytest.raises(NotFound, match="run one first"):
        round_to_place(session, example.edition, now=NOW)
    done_round(example, state="running")
    assert reason(example.edition, 1) == "not-done"
    over = meeting_example(replace(make, now=NOW - timedelta(days=90)))
    done_round(over)
    assert reason(over.edition) == "programme-over"
    bare = MeetingExample(make, make.edition(), NOW)
    done_round(bare)
    assert reason(bare.edition) == "no-programme"


@pytest.mark.parametrize("size", [1, 4])
def test_a_plan_takes_the_same_queries_for_any_number_of_pairs(
    session: Session, example: MeetingExample, count_queries: Counting, size: int
) -> None:
    row = everybody(example, size)
    session.expire_all()
    session.refresh(row)
    session.refresh(example.edition)
    with count_queries() as queries:
        plan_meetings(session, example.edition, row, NOW)
    assert queries.total == 8
