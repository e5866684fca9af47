"""The affinity between an edition's participants, as a round takes it."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from sqlmodel import Session

from matchmaking.affinity import AffinityScorer
from matchmaking.scorers import FloatArray, IntArray
from models import Edition
from services.edition_calibration import calibration_of, weighing_of
from services.encoding import people_waiting
from services.errors import ServiceError
from services.ready_side import read_ready
from services.round_input import Verdict


class NotEncoded(ServiceError):
    """What some participants wrote has not been read by the encoders yet."""

    code = "not-encoded"

    def __init__(self, people: int) -> None:
        super().__init__(
            f"The texts of {people} participants are not encoded yet: wait until the worker has "
            "read them, or run: flask --app app encode"
        )


class AffinityJudge:
    """Scores of people by their place in two lists, and what stands behind a pair."""

    def __init__(self, scorer: AffinityScorer) -> None:
        self._scorer = scorer

    @property
    def shape(self) -> tuple[int, int]:
        """How many people there are on the left and on the right."""
        return self._scorer.shape

    def score(self, rows: IntArray, columns: IntArray) -> FloatArray:
        """Return the scores of every row with every column."""
        return self._scorer.score(rows, columns)

    def judge(self, pairs: IntArray) -> Iterator[Verdict]:
        """Put pairs in words: their grades, and the reasons with the names of their passages."""
        for found in self._scorer.explain_pairs(pairs[:, 0], pairs[:, 1]):
            reasons: list[dict[str, Any]] = [asdict(reason) for reason in found.reasons]
            yield Verdict(self._scorer.calibration.grade(found.score).value, reasons)


def make_judge(
    session: Session, edition: Edition, left: Sequence[int], right: Sequence[int]
) -> AffinityJudge:
    """Read the people with these profile ids, in this order, and make their affinity.

    Raises
    ------
    NotEncoded
        When a text of theirs waits for an encoder: a pairing would overlook it.
    """
    calibration = calibration_of(edition)
    waiting = people_waiting(session, calibration.plan, edition.id)
    if waiting:
        raise NotEncoded(waiting)
    weighing = weighing_of(edition)
    rows, columns = (read_ready(session, calibration, ids, weighing) for ids in (left, right))
    return AffinityJudge(AffinityScorer(rows, columns, calibration))
