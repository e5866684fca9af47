"""Mails that come by themselves: before a meeting, after it, and months later.

Each is posted once by the name of its event, so the job that posts them may run as often as it
likes, and again after a crash.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from models import (
    Account,
    Calendar,
    Edition,
    Mail,
    Meeting,
    MeetingReview,
    OutcomeAnswer,
    Profile,
)
from services.consents_reading import MAILS, consented
from services.mail import Letter, Write, post
from services.meeting_letters import facts_of
from services.meeting_reviews import months_due, took_place
from services.meeting_rules import ACCEPTED

REMINDER, REVIEW, OUTCOME = "meeting-reminder", "meeting-review", "meeting-outcome"
# Meetings in a row are one appointment: the first of them is announced.
_IN_A_ROW = timedelta(hours=3)
_REVIEW_AFTER = timedelta(hours=2)
# What an installation that stood still did not ask in time, it does not ask much later.
_TOO_LATE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class _Guest:
    """One of the two people of a meeting, who can be written to."""

    meeting: Meeting
    edition: Edition
    profile_id: int
    account: Account


def remind(session: Session, write: Write, before: Sequence[timedelta], now: datetime) -> int:
    """Post the reminders that are due; returns how many.

    Parameters
    ----------
    before
        How long before a meeting one is reminded. Whoever agreed later than that is not reminded
        of what they just did, and of several meetings in a row only the first is announced.
    """
    if not before:
        return 0
    guests = _guests(
        session,
        col(Meeting.starts_at) > now - _IN_A_ROW,
        col(Meeting.starts_at) <= now + max(before),
        col(Calendar.reminders).is_not(False),
    )
    letters = []
    last: dict[int, datetime] = {}
    for guest in guests:
        start = guest.meeting.starts_at
        in_a_row = start - last.get(guest.profile_id, datetime.min.replace(tzinfo=UTC)) <= _IN_A_ROW
        last[guest.profile_id] = start
        ahead = _due(guest.meeting, before, now)
        if ahead is not None and not in_a_row:
            letters.append(_reminder(guest, ahead))
    return _post_new(session, write, letters, now)


def ask_for_reviews(session: Session, write: Write, now: datetime) -> int:
    """Ask people how their meetings of a day were, once; returns how many were asked."""
    late = now - _REVIEW_AFTER
    guests = _guests(session, *_asked(late), col(Meeting.ends_at) > now - _TOO_LATE)
    reviewed = select(MeetingReview.meeting_id, MeetingReview.profile_id).where(
        col(MeetingReview.meeting_id).in_({one.meeting.id for one in guests})
    )
    done = set(session.exec(reviewed))
    letters = [
        _question(guest, REVIEW, f"{guest.meeting.ends_at:%Y-%m-%d}")
        for guest in guests
        if (guest.meeting.id, guest.profile_id) not in done
    ]
    return _post_new(session, write, letters, now)


def ask_for_outcomes(session: Session, write: Write, now: datetime) -> int:
    """Ask people what came of their meetings, once for those of one month; returns how many."""
    guests = [
        guest
        for guest in _guests(session, *_asked(now), took_place(now))
        if months_due(guest.meeting, now) != months_due(guest.meeting, now - _TOO_LATE)
    ]
    answers = select(OutcomeAnswer.meeting_id, OutcomeAnswer.profile_id, OutcomeAnswer.months)
    asked = {guest.meeting.id for guest in guests}
    done = set(session.exec(answers.where(col(OutcomeAnswer.meeting_id).in_(asked))))
    letters = []
    for guest in guests:
        months = months_due(guest.meeting, now)[-1]
        if (guest.meeting.id, guest.profile_id, months) not in done:
            letters.append(_question(guest, OUTCOME, f"{guest.meeting.ends_at:%Y-%m}:{months}"))
    return _post_new(session, write, letters, now)


def _due(meeting: Meeting, before: Sequence[timedelta], now: datetime) -> timedelta | None:
    """Tell which reminder of a meeting has come: of a day and an hour before, the nearer one."""
    ahead = next((one for one in sorted(before) if meeting.starts_at - one <= now), None)
    over = meeting.starts_at <= now
    if ahead is None or over or meeting.changed_at > meeting.starts_at - ahead:
        return None
    return ahead


def _reminder(guest: _Guest, ahead: timedelta) -> Letter:
    meeting = guest.meeting
    hours = round(ahead / timedelta(hours=1))
    return Letter(
        kind=REMINDER,
        event=f"{REMINDER}:{meeting.id}:{meeting.sequence}:{guest.profile_id}:{hours}",
        recipient=guest.account.email,
        account_id=guest.account.id,
        language=guest.account.language,
        facts=facts_of(guest.edition, meeting.starts_at),
        place={"meeting_id": meeting.id},
    )


def _question(guest: _Guest, kind: str, when: str) -> Letter:
    """Write a letter about all of somebody's meetings of a time: one, however many there were."""
    return Letter(
        kind=kind,
        event=f"{kind}:{guest.profile_id}:{when}",
        recipient=guest.account.email,
        account_id=guest.account.id,
        language=guest.account.language,
    )


def _post_new(session: Session, write: Write, letters: Sequence[Letter], now: datetime) -> int:
    """Post letters whose event is new; the others are not even put into words."""
    by_event = {letter.event: letter for letter in letters}
    known = set(session.exec(select(Mail.event).where(col(Mail.event).in_(by_event))))
    return sum(
        post(session, write, letter, now)
        for event, letter in by_event.items()
        if event not in known
    )


def _guests(session: Session, *conditions: ColumnElement[bool]) -> list[_Guest]:
    """List the people of agreed meetings who consent to mails, the earliest meeting first."""
    query = (
        select(Meeting, Edition, Profile.id, Account)
        .join(Edition)
        .join(Profile, _one_of_the_two())
        .join(Account, col(Account.id) == Profile.account_id)
        .outerjoin(Calendar, col(Calendar.profile_id) == Profile.id)
        .where(Meeting.state == ACCEPTED, consented(MAILS), *conditions)
        .order_by(col(Meeting.starts_at), col(Meeting.id), col(Profile.id))
    )
    return [_Guest(*row) for row in session.exec(query)]


def _asked(now: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Make the condition that a meeting is over and its person lets themselves be asked."""
    return col(Meeting.ends_at) <= now, col(Calendar.follow_ups).is_not(False)


def _one_of_the_two() -> ColumnElement[bool]:
    return or_(col(Profile.id) == Meeting.left_id, col(Profile.id) == Meeting.right_id)
