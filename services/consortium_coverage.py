"""Which parts of a proposal people cover, from their passages; gaps, and two who do the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlmodel import Session

from matchmaking.affinity import AffinityScorer
from matchmaking.affinity_side import EncodedPerson, pack_side
from matchmaking.calibration import Calibration
from models import ConsortiumRole, Edition
from services.call_texts import part_text
from services.edition_calibration import calibration_of, weighing_of
from services.encoded_people import encoded_people
from services.suggestions import shown_texts
from services.text_vectors import encoded_texts
from services.visibility import Viewer

COVERS = ("excellent", "strong", "good")
"""Grades with which somebody covers a part."""

Texts = Mapping[int, Mapping[str, tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Cell:
    """How well somebody covers a part; the passage that says so, empty where it is not shown."""

    score: float
    grade: str
    passage: str = ""

    @property
    def covers(self) -> bool:
        """Tell whether that is enough."""
        return self.grade in COVERS


Cells = Mapping[tuple[int, int], Cell]
"""By role and profile id; a pair of which one waits to be read is missing."""


def coverage_of(
    session: Session,
    edition: Edition,
    viewer: Viewer,
    roles: Sequence[ConsortiumRole],
    people: Mapping[int, str],
) -> Cells:
    """Compare parts with people, each with the passage that carries it.

    Parameters
    ----------
    people
        The side of each, by profile id.
    """
    calibration = calibration_of(edition)
    plan = calibration.plan
    ids = list(people)
    encoded = encoded_people(session, plan, ids, weighing_of(edition)) if ids else {}
    parts = encoded_texts(session, plan, [part_text(role.id, role.text) for role in roles])
    ready = {role.id: part for role, part in zip(roles, parts, strict=True) if part.passages}
    texts = shown_texts(session, viewer, ids)
    cells: dict[tuple[int, int], Cell] = {}
    for side in ("left", "right"):
        there = {one: encoded[one] for one in ids if people[one] == side and encoded[one].passages}
        if there and ready:
            cells |= _side(ready, there, side, calibration, texts)
    return cells


def _side(
    parts: Mapping[int, EncodedPerson],
    people: Mapping[int, EncodedPerson],
    side: str,
    calibration: Calibration,
    texts: Texts,
) -> dict[tuple[int, int], Cell]:
    """Score one side's people as the other side's partners of the parts."""
    plan = calibration.plan
    asked, there = pack_side(list(parts.values()), plan), pack_side(list(people.values()), plan)
    left, right = (there, asked) if side == "left" else (asked, there)
    scorer = AffinityScorer(left, right, calibration)
    scores = scorer.score(*(np.arange(size) for size in scorer.shape))
    cells = {}
    for row, role in enumerate(parts):
        for column, person in enumerate(people):
            place = (column, row) if side == "left" else (row, column)
            score = float(scores[place])
            grade = calibration.grade(score).value
            passage = ""
            if grade in COVERS:
                passage = _passage(scorer, place, side, texts[person])
            cells[role, person] = Cell(score, grade, passage)
    return cells


def _passage(
    scorer: AffinityScorer,
    place: tuple[int, int],
    side: str,
    texts: Mapping[str, tuple[str, str]],
) -> str:
    for reason in scorer.explain(*place, evidence=1).reasons:
        for pair in reason.evidence:
            name = pair.left if side == "left" else pair.right
            if name in texts:
                return texts[name][1]
    return ""
