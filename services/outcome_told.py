"""What people said of their meetings, of those who consent to be counted in statistics."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, select

from models import Edition, Meeting, MeetingReview, OutcomeAnswer, Profile
from services.consents_reading import STATISTICS, consented

_REACHED = {"talking": ("talking",), "proposal": ("talking", "proposal")}
_REACHED["funded"] = ("talking", "proposal", "funded")
_REACHED["nothing"] = ()
Ends = tuple[int, int]


@dataclass(frozen=True, slots=True)
class AgreedMeeting:
    """A meeting to which both agreed, as far as a report needs it."""

    id: int
    left_id: int
    right_id: int
    ends_at: datetime


@dataclass
class Told:
    """What the counted people said, by meeting and person."""

    reviews: dict[Ends, MeetingReview] = field(default_factory=dict)
    outcomes: dict[Ends, list[OutcomeAnswer]] = field(default_factory=lambda: defaultdict(list))

    def denied(self, meeting: AgreedMeeting) -> bool:
        """Tell whether one of the two said that a meeting did not take place."""
        ends = (meeting.left_id, meeting.right_id)
        said = (self.reviews.get((meeting.id, one)) for one in ends)
        return any(review is not None and not review.met for review in said)

    def reached(self, meeting_id: int, profile_id: int) -> set[str]:
        """Tell how far somebody says that a meeting has led, and that they said something."""
        found = self.outcomes.get((meeting_id, profile_id), [])
        steps = {step for one in found for step in _REACHED[one.outcome]}
        return steps | ({"told"} if found else set())


def told_of(session: Session, edition: Edition) -> Told:
    """Read what was said of an edition's meetings; two queries."""
    told = Told()
    reviews = (
        select(MeetingReview)
        .join(Meeting)
        .join(Profile, col(Profile.id) == MeetingReview.profile_id)
        .where(Meeting.edition_id == edition.id, consented(STATISTICS))
    )
    for review in session.exec(reviews):
        told.reviews[review.meeting_id, review.profile_id] = review
    outcomes = (
        select(OutcomeAnswer)
        .join(Meeting)
        .join(Profile, col(Profile.id) == OutcomeAnswer.profile_id)
        .where(Meeting.edition_id == edition.id, consented(STATISTICS))
    )
    for answer in session.exec(outcomes):
        told.outcomes[answer.meeting_id, answer.profile_id].append(answer)
    return told
