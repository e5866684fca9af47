"""What a participant's own experience moves in their own list: reactions, and meetings they rated.

It can be switched off, and then has no effect at all. What others said is never read here.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, and_, update
from sqlmodel import Session, col, select

from matchmaking.affinity_side import PackedSide
from matchmaking.calibration import Calibration
from matchmaking.feedback import Lesson, learn, liking_of_meeting, liking_of_pass
from matchmaking.mix import Mix
from models import Meeting, MeetingReview, Participation, Profile, Reaction
from services.candidates import Place, shown
from services.ranking import Ranking
from services.visibility import Viewer

Experience = Literal["interested", "pass", "meeting"]

# Beyond this place nobody is moved: a shift is small, and a list ends before it could matter.
_AMONG = 400
# The latest experiences count; a person's taste changes too.
_LATEST = 40
# A smaller shift than this changes a place or two at most, and needs no words.
_WORTH_TELLING = 0.006


@dataclass(frozen=True, slots=True)
class LessonAbout:
    """One experience with one person, and how well it was liked, from -1 to 1."""

    profile_id: int
    experience: Experience
    liking: float


@dataclass(frozen=True, slots=True)
class Moved:
    """Why somebody stands higher or lower: the experience that did most of it."""

    higher: bool
    because_of: int
    experience: Experience


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a participant wants their own list: their mix, and whether it learns from them."""

    mix: Mix
    learns: bool


@dataclass(frozen=True, slots=True)
class LearnedOrder:
    """What experience adds to each person's worth in a list, and what to say of it."""

    shift: NDArray[np.float32]
    moved: Mapping[int, Moved] = field(default_factory=dict)


def lessons_of(
    session: Session,
    place: Place,
    viewer: Viewer,
    among: Collection[int] | None = None,
    as_of: datetime | None = None,
) -> tuple[LessonAbout, ...]:
    """Read a participant's own experiences, with people whom they may be shown; two queries.

    What somebody said after a meeting takes the place of what they said before it. None while the
    participant does not want to be learned from.

    Parameters
    ----------
    among
        Everybody whom the participant may be shown, if that is known; else a third query asks.
    as_of
        Learn from no reaction after this moment, so that the pages of a list stay one list.
    """
    found: dict[int, LessonAbout] = {}
    for lesson in (*_of_meetings(session, place), *_of_reactions(session, place, as_of)):
        found.setdefault(lesson.profile_id, lesson)
    lessons = [lesson for lesson in found.values() if lesson.liking]
    if among is None and lessons:
        about = col(Profile.id).in_([lesson.profile_id for lesson in lessons])
        among = session.exec(shown(place, viewer).where(about)).all()
    there = frozenset(among or ())
    return tuple(lesson for lesson in lessons if lesson.profile_id in there)[:_LATEST]


def apply_lessons(
    lessons: Sequence[LessonAbout],
    known: PackedSide,
    people: PackedSide,
    ranking: Ranking,
    calibration: Calibration,
) -> LearnedOrder:
    """Tell how experience moves the first people of a ranking.

    Parameters
    ----------
    known
        Those of the people whom the lessons are about who have a text that was read.
    people
        Who is ranked, in the order of the ranking's ``profile_ids``.
    """
    shift = np.zeros(len(people), np.float32)
    places = {int(key): place for place, key in enumerate(known.keys)}
    heard = [lesson for lesson in lessons if lesson.profile_id in places]
    first = ranking.first(_AMONG)
    if not heard or not len(first):
        return LearnedOrder(shift)
    rules = [Lesson(places[lesson.profile_id], lesson.liking) for lesson in heard]
    learned = learn(rules, known, people, first, calibration)
    shift[first] = learned.shift
    moved = {
        ranking.profile_ids[place]: Moved(
            value > 0, heard[cause].profile_id, heard[cause].experience
        )
        for place, value, cause in zip(first, learned.shift, learned.cause, strict=True)
        if abs(value) >= _WORTH_TELLING
    }
    return LearnedOrder(shift, moved)


def wishes_of(session: Session, place: Place) -> Wishes:
    """Read how a participant wants their own list; one query."""
    query = select(Participation.mix, Participation.learns).where(*_of(place))
    mix, learns = session.exec(query).one()
    return Wishes(Mix(mix), learns)


def set_learning(session: Session, place: Place, *, wanted: bool) -> None:
    """Let a participant's own experience move their list, or not; nothing of it is forgotten."""
    session.execute(update(Participation).where(*_of(place)).values(learns=wanted))


def _of_reactions(session: Session, place: Place, as_of: datetime | None) -> Iterator[LessonAbout]:
    query = (
        select(Reaction.other_id, Reaction.kind, Reaction.reason)
        .join(Participation, and_(*_of(place)))
        .where(
            Reaction.edition_id == place.edition.id,
            Reaction.profile_id == place.profile_id,
            col(Participation.learns),
        )
        .order_by(col(Reaction.made_at).desc(), col(Reaction.id).desc())
    )
    if as_of:
        query = query.where(col(Reaction.made_at) <= as_of)
    for other, kind, reason in session.exec(query):
        if kind == "interested":
            yield LessonAbout(other, "interested", 1.0)
        if kind == "pass":
            yield LessonAbout(other, "pass", liking_of_pass(reason))


def _of_meetings(session: Session, place: Place) -> Iterator[LessonAbout]:
    query = (
        select(Meeting.left_id, Meeting.right_id, MeetingReview.useful)
        .join(MeetingReview, col(MeetingReview.meeting_id) == Meeting.id)
        .join(Participation, and_(*_of(place)))
        .where(
            MeetingReview.profile_id == place.profile_id,
            col(MeetingReview.met),
            col(Participation.learns),
        )
        .order_by(col(MeetingReview.changed_at).desc(), col(MeetingReview.id).desc())
    )
    for left, right, useful in session.exec(query):
        other = right if left == place.profile_id else left
        yield LessonAbout(other, "meeting", liking_of_meeting(useful))


def _of(place: Place) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Participation.edition_id) == place.edition.id,
        col(Participation.profile_id) == place.profile_id,
    )
