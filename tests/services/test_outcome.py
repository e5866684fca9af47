"""What came of an edition, counted from its tables, of whom it may be counted."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, SQLModel

from models import Edition, Meeting, MeetingReview, OutcomeAnswer, Pairing, Profile, Round
from services.consents import withdraw
from services.outcome import OutcomeReport, outcome_report
from services.visibility_parts import set_levels
from tests.conftest import Queries
from tests.factories import Factory

CONSENTS = ("matching", "overseas", "statistics")


@dataclass
class Past:
    """An edition whose meetings were eight months ago."""

    make: Factory
    edition: Edition
    numbers: list[int] = field(default_factory=list)

    def person(self, country: str = "DE", *, counted: bool = True, **given: Any) -> Profile:
        account = self.make.account()
        consents = CONSENTS if counted else CONSENTS[:2]
        values = {"account_id": account.id, "country": country, "consents": consents}
        return self.make.profile(self.edition, **values | given)

    def meeting(self, left: Profile, right: Profile, **given: Any) -> Meeting:
        number = len(self.numbers)
        self.numbers.append(number)
        start = self.edition.starts_at + number * timedelta(minutes=1)
        values: dict[str, Any] = {
            "starts_at": start,
            "ends_at": start + timedelta(seconds=30),
            "state": "accepted",
            "created_at": start,
            "changed_at": start,
        }
        ends: dict[str, Any] = {
            "edition_id": self.edition.id,
            "left_id": left.id,
            "right_id": right.id,
        }
        row = Meeting(uid=f"m{number}", **ends, **values | given)
        self.add(row)
        return row

    def review(self, meeting: Meeting, profile_id: int, useful: int | None, step: str = "") -> None:
        values: dict[str, Any] = {"met": useful is not None, "useful": useful}
        ends: dict[str, Any] = {"meeting_id": meeting.id, "profile_id": profile_id}
        at = meeting.ends_at
        self.add(MeetingReview(**ends, **values, next_step=step or None, changed_at=at))

    def outcome(self, meeting: Meeting, profile_id: int, months: int, outcome: str) -> None:
        values: dict[str, Any] = {
            "months": months,
            "outcome": outcome,
            "answered_at": meeting.ends_at,
        }
        self.add(OutcomeAnswer(meeting_id=meeting.id, profile_id=profile_id, **values))

    def add(self, row: SQLModel) -> None:
        self.make.session.add(row)
        self.make.session.flush()

    def couples(self, count: int, **given: Any) -> list[Meeting]:
        return [
            self.meeting(self.person("DE", **given), self.person("KR", **given))
            for _ in range(count)
        ]

    def report(self) -> OutcomeReport:
        return outcome_report(self.make.session, self.edition, self.make.now)


@pytest.fixture
def past(make: Factory, now: datetime) -> Past:
    start = now - timedelta(days=240)
    edition = make.edition(starts_at=start, ends_at=start + timedelta(days=1), state="over")
    return Past(make, edition)


def test_the_way_from_registration_to_funding_is_counted_in_people_and_in_meetings(
    past: Past,
) -> None:
    for meeting in past.couples(6):
        past.review(meeting, meeting.left_id, 4, "proposal")
        past.outcome(meeting, meeting.left_id, 1, "talking")
        past.outcome(meeting, meeting.left_id, 6, "proposal")
    past.person("DE")
    people, meetings = past.report().people.whole.cells, past.report().meetings.whole.cells
    assert (people["registered"], people["counted"], people["met"]) == (13, 13, 12)
    assert (people["useful"], people["next_step"], people["proposal"]) == (6, 6, 6)
    assert people["funded"] == 0
    assert (meetings["agreed"], meetings["held"], meetings["told"]) == (6, 6, 6)
    assert (meetings["talking"], meetings["proposal"], meetings["funded"]) == (6, 6, 0)


def test_what_people_said_counts_only_with_their_consent_to_statistics(past: Past) -> None:
    for meeting in past.couples(6, counted=False):
        past.review(meeting, meeting.left_id, 4, "proposal")
        past.outcome(meeting, meeting.right_id, 6, "funded")
    report = past.report()
    assert report.people.whole.cells["registered"] == 12
    assert report.people.whole.cells["counted"] == 0
    assert report.people.whole.cells["met"] == 0
    assert (report.meetings.whole.cells["held"], report.meetings.whole.cells["told"]) == (6, 0)
    assert report.useful.whole.cells["answered"] == 0


def test_who_withdraws_is_not_counted_from_then_on(past: Past, session: Session) -> None:
    meetings = past.couples(6)
    for meeting in meetings:
        past.review(meeting, meeting.left_id, 4)
    assert past.report().useful.whole.cells["answered"] == 6
    left = session.get_one(Profile, meetings[0].left_id)
    assert left.account_id is not None
    withdraw(session, left.account_id, ["statistics"], "en", past.make.now)
    assert past.report().useful.whole.cells["answered"] == 5


def test_a_meeting_counts_as_held_unless_somebody_who_is_counted_denies_it(past: Past) -> None:
    agreed = past.couples(7)
    past.review(agreed[0], agreed[0].left_id, None)
    silent = past.couples(6, counted=False)
    past.review(silent[0], silent[0].left_id, None)
    past.meeting(past.person(), past.person("KR"), state="cancelled")
    later = past.make.now + timedelta(days=3)
    past.meeting(past.person(), past.person("KR"), starts_at=later, ends_at=later + timedelta(1))
    cells = past.report().meetings.whole.cells
    assert (cells["agreed"], cells["held"]) == (14, 12)


def test_the_furthest_that_either_said_is_what_came_of_a_meeting(past: Past) -> None:
    for meeting in past.couples(5):
        past.outcome(meeting, meeting.left_id, 1, "funded")
        past.outcome(meeting, meeting.left_id, 6, "nothing")
        past.outcome(meeting, meeting.right_id, 6, "talking")
    cells = past.report().meetings.whole.cells
    assert (cells["told"], cells["talking"], cells["proposal"], cells["funded"]) == (5, 5, 5, 5)


def test_pairs_are_those_of_the_published_round_else_of_the_newest(past: Past) -> None:
    session, now = past.make.session, past.make.now
    people = [(past.person(), past.person("KR")) for _ in range(8)]
    for number, count in ((1, 8), (2, 6)):
        row = Round(edition_id=past.edition.id, number=number, state="done", created_at=now)
        past.add(row)
        for left, right in people[:count]:
            ends: dict[str, Any] = {"left_id": left.id, "right_id": right.id}
            past.add(Pairing(round_id=row.id, score=0.5, grade="good", **ends))
        if number == 1:
            first = row
    assert (past.report().round, past.report().published) == (2, False)
    assert past.report().meetings.whole.cells["pairs"] == 6
    first.published_at = now
    session.flush()
    assert (past.report().round, past.report().published) == (1, True)
    assert past.report().people.whole.cells["paired"] == 16


def test_answers_are_counted_beside_those_that_were_asked_for(past: Past) -> None:
    for meeting in past.couples(6):
        past.review(meeting, meeting.left_id, 3)
        past.outcome(meeting, meeting.left_id, 6, "nothing")
    rows = {row.key[0]: row.cells for row in past.report().asked.of("group")}
    assert rows["review"] == {"asked": 12, "answered": 6}
    assert rows["1"] == {"asked": 12, "answered": 0}
    assert rows["6"] == {"asked": 12, "answered": 6}
    assert rows["12"] == {"asked": 0, "answered": 0}


def test_a_stage_that_somebody_hides_from_organisers_is_not_known(
    past: Past, session: Session
) -> None:
    people = [past.person(career_stage="postdoc") for _ in range(12)]
    for one in people[:6]:
        set_levels(session, one, {"career": "nobody"})
    rows = {row.key[0]: row.cells["registered"] for row in past.report().people.of("career")}
    assert rows == {"": 6, "postdoc": 6}


@pytest.mark.parametrize("couples", [2, 30])
def test_a_report_takes_the_same_queries_for_any_number_of_people(
    past: Past,
    session: Session,
    count_queries: Callable[[], AbstractContextManager[Queries]],
    couples: int,
) -> None:
    past.couples(couples)
    session.commit()
    session.refresh(past.edition)
    with count_queries() as queries:
        past.report()
    assert queries.total == 8
