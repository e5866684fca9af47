"""What a person's own experience with some people says of others who are like them.

Public: ``Lesson(place, liking)``, ``Learned(shift, cause)``, ``learn(lessons, known, people, among,
calibration)``, ``closeness(one, other, calibration)``, ``liking_of_pass(reason)``,
``liking_of_meeting(useful)``.

It moves people within one list, that of whoever had the experience, and nothing else: no score, no
grade, no round. What others said of oneself is no input, so nobody can lower or raise anybody in
somebody else's list.

With c_ej the closeness of candidate j to the person e of a lesson, and l_e the liking in [-1, 1]::

    shift_j = MOST * tanh( EACH * sum_e l_e c_ej / MOST )

One lesson moves by ``EACH`` at most and all together by less than ``MOST``; the more has been said
already, the less another word adds. Liking and disliking weigh the same: turning all lessons round
turns the shift round. The closeness is 0 up to a cosine of ``FAR`` and 1 from ``NEAR`` on. It is
the cosine of the mean directions of two people's work, in the best of four views, as the
affinity compares them, on the scale of English pairs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matchmaking.affinity_side import IntVector, PackedSide, Segments
from matchmaking.calibration import Calibration, Line
from matchmaking.encoders import FloatMatrix
from matchmaking.errors import BadInput

MOST = 0.06
EACH = 0.03
"""Lists are ordered by values of which the first and the twentieth are about 0.1 apart."""
FAR = 0.35
"""About the middle of all pairs of people within one field."""
NEAR = 0.55
"""About the nearest that anybody has in a field of sixty people."""
_LIKING_OF_PASS = {"too-far": -1.0, "not-now": -0.5, "other": -0.5, "": -0.5, "known": 0.0}
_LIKING_OF_MEETING = {None: 0.25, 1: -1.0, 2: -1 / 3, 3: 1 / 3, 4: 1.0}
_SAME = Line()


@dataclass(frozen=True, slots=True)
class Lesson:
    """One experience: with whom, by their place among the people known, and how well it was liked.

    ``liking`` is from -1 to 1.
    """

    place: int
    liking: float

    def __post_init__(self) -> None:
        if not -1 <= self.liking <= 1:
            raise BadInput("the liking of a lesson is from -1 to 1")


@dataclass(frozen=True, slots=True)
class Learned:
    """How people are moved, and which lesson moves each of them most that way.

    Parameters
    ----------
    shift
        (n,) float32 within ``MOST`` of 0, to be added to what a list is ordered by.
    cause
        (n,) the number of the lesson; -1 where nothing is moved.
    """

    shift: NDArray[np.float32]
    cause: NDArray[np.int64]


def liking_of_pass(reason: str | None) -> float:
    """Return the liking behind "not for me": most against the work where it is too far.

    Whoever is known already is no word against their work.
    """
    return _LIKING_OF_PASS[reason or ""]


def liking_of_meeting(useful: int | None) -> float:
    """Return the liking behind a meeting that took place, by how useful it was, 1 to 4."""
    return _LIKING_OF_MEETING[useful]


def learn(
    lessons: Sequence[Lesson],
    known: PackedSide,
    people: PackedSide,
    among: NDArray[np.integer],
    calibration: Calibration,
) -> Learned:
    """Return how lessons move people.

    Parameters
    ----------
    known
        Whom the lessons are about, ready to compare (``calibration_centres.centred_side``).
    people, among
        People ready to compare for the same calibration, and the numbers of those to move, in the
        order of the result.

    Raises
    ------
    BadInput
        When a lesson is about nobody.
    """
    if any(not 0 <= lesson.place < len(known) for lesson in lessons):
        raise BadInput("a lesson is about nobody among those known")
    size = len(among)
    if not lessons or not size:
        return Learned(np.zeros(size, np.float32), np.full(size, -1))
    places = np.array([lesson.place for lesson in lessons])
    likings = np.array([lesson.liking for lesson in lessons], np.float32)
    near = closeness((known, places), (people, among.astype(np.int64)), calibration)
    pulls = likings[:, None] * near
    shift = np.float32(MOST) * np.tanh(EACH / MOST * pulls.sum(axis=0))
    cause = np.argmax(pulls * np.sign(shift), axis=0)
    return Learned(shift.astype(np.float32), np.where(shift != 0, cause, -1))


Some = tuple[PackedSide, IntVector]
"""A side, and the numbers of some people on it."""


def closeness(one: Some, other: Some, calibration: Calibration) -> FloatMatrix:
    """Return how near the work of people is, in [0, 1]: the first's in rows, the other's across."""
    best = np.full((len(one[1]), len(other[1])), -np.inf, np.float32)
    mine, theirs = one[0].expertise, other[0].expertise
    for line, first, second in (
        (_SAME, mine.english, theirs.english),
        (calibration.mixed, mine.english_every, theirs.korean),
        (calibration.mixed, mine.korean, theirs.english_every),
        (calibration.korean, mine.korean, theirs.korean),
    ):
        rows = np.flatnonzero(first.counts[one[1]])
        columns = np.flatnonzero(second.counts[other[1]])
        if len(rows) and len(columns):
            cosines = _directions(first, one[1][rows]) @ _directions(second, other[1][columns]).T
            view = cosines * np.float32(line.slope) + np.float32(line.offset)
            there = np.ix_(rows, columns)
            best[there] = np.maximum(best[there], view)
    near: FloatMatrix = np.clip((best - FAR) / (NEAR - FAR), 0, 1).astype(np.float32)
    return near


def _directions(segments: Segments, people: IntVector) -> FloatMatrix:
    """Return the mean direction of the passages of people who have some, as unit rows."""
    counts = segments.counts[people]
    starts = np.concatenate([[0], np.cumsum(counts)])
    rows = np.repeat(segments.starts[people] - starts[:-1], counts) + np.arange(starts[-1])
    weighed = segments.vectors[rows].astype(np.float32) * segments.weights[rows, None]
    sums = np.add.reduceat(weighed, starts[:-1], axis=0)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    directions: FloatMatrix = (sums / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return directions
