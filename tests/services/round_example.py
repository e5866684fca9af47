"""A forum of six people whose affinities are known numbers."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from sqlmodel import Session

from matchmaking.scorers import FloatArray, IntArray
from models import Edition, Profile, Round
from models.database import SessionMaker
from services.round_input import Judge, Verdict
from services.round_parameters import RoundParameters
from services.round_run import run_round
from services.rounds import claim, request_round
from tests.factories import Factory

SCORES = np.array([[0.9, 0.8, 0.1], [0.7, 0.2, 0.3], [0.6, 0.5, 0.4]])


class KnownJudge:
    """Affinities from a table; the grade is the first digit."""

    def __init__(self, scores: FloatArray) -> None:
        self._scores = scores

    @property
    def shape(self) -> tuple[int, int]:
        return self._scores.shape[0], self._scores.shape[1]

    def score(self, rows: IntArray, columns: IntArray) -> FloatArray:
        block: FloatArray = self._scores[np.ix_(rows, columns)]
        return block

    def judge(self, pairs: IntArray) -> Iterator[Verdict]:
        for row, column in pairs:
            yield Verdict(f"tenths-{int(self._scores[row, column] * 10)}", [{"code": "known"}])


def known(session: Session, edition: Edition, left: Sequence[int], right: Sequence[int]) -> Judge:
    """Judge by SCORES, as far as there are people."""
    return KnownJudge(SCORES[: len(left), : len(right)])


def forum(make: Factory, **edition: object) -> tuple[Edition, list[Profile], list[Profile]]:
    """Make an edition with three people on each side, named by side and number."""
    made = make.edition(slug="jeju", **edition)
    left = [make.profile(made, country="DE", source_key=f"eu-{n}") for n in range(3)]
    right = [make.profile(made, country="KR", source_key=f"kr-{n}") for n in range(3)]
    return made, left, right


def run(
    session: Session, sessions: SessionMaker, edition: Edition, now: datetime, **given: Any
) -> Round:
    """Ask for a round and run it to its end; by default everybody meets exactly one."""
    parameters = RoundParameters(**{"least": 1, "most": 1, **given})
    row = request_round(session, edition, parameters, now)
    claim(session, row.id, now)
    session.commit()
    run_round(sessions, row.id, lambda: now, known)
    session.refresh(row)
    return row
