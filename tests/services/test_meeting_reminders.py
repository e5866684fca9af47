"""Mails come by themselves at their time, once each, and not to who does not want them."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from models import Mail
from services.calendar_entry import MeetingEntry
from services.calendars import choose_mails
from services.consents import withdraw
from services.consents_reading import MAILS
from services.mail import Letter, Written
from services.meeting_letters import AGREED, CALLED_OFF, PROPOSAL, tell
from services.meeting_reminders import ask_for_outcomes, ask_for_reviews, remind
from services.meeting_reviews import Question, answer_outcome, rate
from services.meetings import cancel, move
from tests.conftest import NOW
from tests.factories import Factory
from tests.services.meeting_example import MeetingExample, meeting_example

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BOTH = (DAY, HOUR)


@pytest.fixture
def example(make: Factory) -> MeetingExample:
    return meeting_example(make)


class Scribe:
    """Writes letters as their facts, and keeps them."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []

    def __call__(self, letter: Letter) -> Written:
        self.letters.append(letter)
        return Written(letter.kind, letter.facts.get("start", "-"))

    @property
    def kinds(self) -> list[str]:
        return [letter.kind for letter in self.letters]


def posted(session: Session) -> Sequence[str]:
    return session.exec(select(Mail.recipient).order_by(col(Mail.recipient))).all()


def test_both_are_reminded_a_day_before_and_an_hour_before_and_no_more(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.pair()
    start = example.agreed(left, right).starts_at
    write = Scribe()

    assert remind(session, write, BOTH, start - DAY - HOUR) == 0
    assert remind(session, write, BOTH, start - DAY) == 2
    assert remind(session, write, BOTH, start - DAY + HOUR) == 0
    assert remind(session, write, BOTH, start - HOUR) == 2
    assert remind(session, write, BOTH, start - timedelta(minutes=1)) == 0
    assert remind(session, write, BOTH, start) == 0

    assert posted(session) == sorted([left.email, left.email, right.email, right.email])
    assert set(write.kinds) == {"meeting-reminder"}
    letter = write.letters[0]
    assert letter.facts["start"] == start.isoformat()
    assert {letter.facts["left_zone"], letter.facts["right_zone"]} == {
        "Europe/Brussels",
        "Asia/Seoul",
    }
    # No name, no text of anybody: only when, and where to read on.
    assert set(letter.facts) == {"start", "left_zone", "right_zone"}


def test_after_a_crash_nobody_is_reminded_twice(session: Session, example: MeetingExample) -> None:
    start = example.agreed(*example.pair()).starts_at
    remind(session, Scribe(), BOTH, start - HOUR)
    session.rollback()

    assert remind(session, Scribe(), BOTH, start - HOUR) == 2
    session.commit()
    assert remind(session, Scribe(), BOTH, start - HOUR) == 0


def test_of_meetings_in_a_row_the_first_is_announced(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.pair()
    third = example.person("KR")
    example.interest(left, third)
    start = example.agreed(left, right).starts_at
    example.agreed(left, third, 1)
    write = Scribe()

    remind(session, write, (HOUR,), start - HOUR)

    assert posted(session) == sorted([left.email, right.email])
    remind(session, write, (HOUR,), start - HOUR + timedelta(minutes=20))
    assert posted(session) == sorted([left.email, right.email, third.email])


def test_a_meeting_that_was_moved_is_announced_again_and_a_cancelled_one_never(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.pair()
    row = example.agreed(left, right)
    start = row.starts_at
    assert remind(session, Scribe(), BOTH, start - DAY) == 2

    cancel(session, row.id, left.id, start - DAY)
    assert remind(session, Scribe(), BOTH, start - HOUR) == 0


def test_what_was_agreed_an_hour_ago_needs_no_reminder_of_yesterday(
    session: Session, example: MeetingExample
) -> None:
    row = example.agreed(*example.pair())
    row.changed_at = row.starts_at - 5 * HOUR
    session.commit()

    assert remind(session, Scribe(), BOTH, row.starts_at - 4 * HOUR) == 0
    assert remind(session, Scribe(), BOTH, row.starts_at - HOUR) == 2


def test_who_wants_no_reminders_gets_none(session: Session, example: MeetingExample) -> None:
    left, right = example.pair()
    start = example.agreed(left, right).starts_at
    choose_mails(session, left.id, reminders=False, follow_ups=True)
    write = Scribe()

    remind(session, write, BOTH, start - HOUR)
    assert [letter.recipient for letter in write.letters] == [right.email]
    assert remind(session, write, (), start - HOUR) == 0


def test_who_withdrew_the_consent_to_mails_gets_none(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.pair()
    row = example.agreed(left, right)
    assert left.account_id is not None
    withdraw(session, left.account_id, [MAILS], "en", NOW)
    write = Scribe()

    remind(session, write, BOTH, row.starts_at - HOUR)
    ask_for_reviews(session, write, row.ends_at + 3 * HOUR)
    ask_for_outcomes(session, write, row.ends_at + timedelta(days=32))

    assert [letter.recipient for letter in write.letters] == [right.email] * 3


def test_people_are_asked_once_a_day_how_their_meetings_were(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.pair()
    third = example.person("KR")
    example.interest(left, third)
    row = example.agreed(left, right)
    example.agreed(left, third, 1)
    over = row.ends_at + 3 * HOUR
    rate(session, row.id, right.id, 4, over)
    write = Scribe()

    assert ask_for_reviews(session, write, row.ends_at + HOUR) == 0
    assert ask_for_reviews(session, write, over) == 2
    assert ask_for_reviews(session, write, over + HOUR) == 0
    assert posted(session) == sorted([left.email, third.email])
    assert ask_for_reviews(session, write, over + timedelta(days=30)) == 0


def test_people_are_asked_after_one_six_and_twelve_months_what_came_of_it(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.pair()
    row = example.agreed(left, right)
    write = Scribe()
    asked = [
        ask_for_outcomes(session, write, row.ends_at + timedelta(days=days))
        for days in (20, 32, 33, 100, 184, 200, 366, 700)
    ]
    assert asked == [0, 2, 0, 0, 2, 0, 2, 0]
    assert set(write.kinds) == {"meeting-outcome"}


def test_who_answered_or_wants_not_to_be_asked_is_not_asked(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.pair()
    row = example.agreed(left, right)
    later = row.ends_at + timedelta(days=32)
    answer_outcome(session, Question(row.id, left.id, 1), "talking", later)
    choose_mails(session, right.id, reminders=True, follow_ups=False)

    assert ask_for_outcomes(session, Scribe(), later) == 0
    assert ask_for_reviews(session, Scribe(), row.ends_at + 3 * HOUR) == 1


def test_an_agreed_meeting_comes_with_a_file_for_the_calendar_and_a_proposal_without(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.pair()
    write = Scribe()
    row = example.proposed(left, right)
    tell(session, write, row, PROPOSAL, [right.id], NOW)
    cancel(session, row.id, left.id, NOW)
    tell(session, write, row, CALLED_OFF, [right.id], NOW)
    agreed = example.agreed(left, right)
    tell(session, write, agreed, AGREED, [left.id, right.id], NOW)

    files = [letter.meeting for letter in write.letters]
    assert files[:2] == [None, None]
    partners = [entry.partner for entry in files if isinstance(entry, MeetingEntry)]
    assert partners == [right.name, left.name]
    assert write.letters[0].place == {"meeting_id": row.id}


def test_a_wished_time_is_what_the_letter_tells(session: Session, example: MeetingExample) -> None:
    left, right = example.pair()
    row = example.agreed(left, right)
    move(session, row.id, left.id, example.slot(2), NOW)
    write = Scribe()

    tell(session, write, row, "meeting-another-time", [right.id], NOW)

    assert write.letters[0].facts["start"] == example.slot(2).isoformat()


def test_who_was_imported_and_has_no_account_is_written_nothing(
    session: Session, make: Factory, example: MeetingExample
) -> None:
    left = example.person("DE")
    right = make.profile(example.edition, country="KR")
    example.interest(left, right)
    row = example.agreed(left, right)
    write = Scribe()

    tell(session, write, row, AGREED, [right.id], NOW)
    remind(session, write, BOTH, row.starts_at - HOUR)

    assert [letter.recipient for letter in write.letters] == [left.email]
