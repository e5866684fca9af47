"""What came of meetings, as each of the two says for themselves."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from models import Meeting
from services.meeting_reviews import (
    Question,
    UnknownAnswer,
    answer_outcome,
    choose_next,
    held_meetings,
    months_due,
    open_questions,
    rate,
)
from services.meeting_rules import NotNow
from tests.conftest import NOW
from tests.factories import Factory
from tests.services.meeting_example import MeetingExample, meeting_example


@pytest.fixture
def example(make: Factory) -> MeetingExample:
    return meeting_example(make)


@pytest.fixture
def row(example: MeetingExample) -> Meeting:
    return example.agreed(*example.pair())


def later(row: Meeting, days: float) -> datetime:
    return row.ends_at + timedelta(days=days)


def test_each_says_for_themselves_how_it_was(session: Session, row: Meeting) -> None:
    mine = rate(session, row.id, row.left_id, 4, later(row, 0))
    theirs = rate(session, row.id, row.right_id, 1, later(row, 0))
    assert (mine.useful, theirs.useful) == (4, 1)
    again = rate(session, row.id, row.left_id, 2, later(row, 1))
    assert (again.id, again.useful) == (mine.id, 2)


def test_who_did_not_meet_has_no_next_step(session: Session, row: Meeting) -> None:
    rate(session, row.id, row.left_id, 3, later(row, 0))
    choose_next(session, row.id, row.left_id, "visit", later(row, 0))
    review = rate(session, row.id, row.left_id, None, later(row, 0))
    assert (review.met, review.useful, review.next_step) == (False, None, None)


def test_nobody_reviews_what_has_not_begun_or_was_never_agreed(
    session: Session, example: MeetingExample, row: Meeting
) -> None:
    with pytest.raises(NotNow):
        rate(session, row.id, row.left_id, 4, row.starts_at - timedelta(minutes=1))
    proposed = example.proposed(*example.pair(), 1)
    with pytest.raises(NotNow):
        rate(session, proposed.id, proposed.left_id, 4, later(proposed, 1))


def test_only_answers_that_are_offered_are_taken(session: Session, row: Meeting) -> None:
    for useful in (0, 5):
        with pytest.raises(UnknownAnswer):
            rate(session, row.id, row.left_id, useful, later(row, 0))
    with pytest.raises(UnknownAnswer):
        choose_next(session, row.id, row.left_id, "marriage", later(row, 0))
    with pytest.raises(UnknownAnswer):
        answer_outcome(session, Question(row.id, row.left_id, 1), "fame", later(row, 40))


@pytest.mark.parametrize(
    ("days", "months"), [(27, []), (31, [1]), (183, [1, 6]), (366, [1, 6, 12]), (900, [1, 6, 12])]
)
def test_questions_come_after_one_six_and_twelve_months(
    row: Meeting, days: int, months: list[int]
) -> None:
    assert months_due(row, later(row, days)) == months


def test_a_month_after_the_last_of_january_is_the_last_of_february(row: Meeting) -> None:
    row.ends_at = datetime(2027, 1, 31, 10, tzinfo=UTC)
    assert months_due(row, datetime(2027, 2, 28, 10, tzinfo=UTC)) == [1]
    assert months_due(row, datetime(2027, 2, 28, 9, tzinfo=UTC)) == []


def test_the_latest_question_is_open_until_it_is_answered(session: Session, row: Meeting) -> None:
    assert open_questions(session, row.left_id, later(row, 20)) == []
    assert open_questions(session, row.left_id, later(row, 200)) == [
        Question(row.id, row.left_id, 6)
    ]
    answer_outcome(session, Question(row.id, row.left_id, 6), "talking", later(row, 200))
    assert open_questions(session, row.left_id, later(row, 201)) == []
    assert len(open_questions(session, row.left_id, later(row, 370))) == 1
    assert len(open_questions(session, row.right_id, later(row, 201))) == 1


def test_a_second_answer_replaces_the_first(session: Session, row: Meeting) -> None:
    question = Question(row.id, row.left_id, 1)
    first = answer_outcome(session, question, "talking", later(row, 40))
    second = answer_outcome(session, question, "funded", later(row, 41))
    assert (second.id, second.outcome) == (first.id, "funded")


def test_a_question_that_has_not_come_yet_takes_no_answer(session: Session, row: Meeting) -> None:
    with pytest.raises(NotNow):
        answer_outcome(session, Question(row.id, row.left_id, 6), "funded", later(row, 40))


def test_a_meeting_was_held_when_its_time_is_over_and_nobody_says_it_was_not(
    session: Session, example: MeetingExample, row: Meeting
) -> None:
    example.proposed(*example.pair(), 1)
    assert held_meetings(session, example.edition.id, NOW) == []
    (held,) = held_meetings(session, example.edition.id, later(row, 1))
    assert (held.left_id, held.right_id) == (row.left_id, row.right_id)

    rate(session, row.id, row.left_id, None, later(row, 1))
    assert held_meetings(session, example.edition.id, later(row, 1)) == []
    assert open_questions(session, row.right_id, later(row, 40)) == []
