"""Which roles everybody in some teams covers, with the passages that say so.

Public: ``Cells``, ``cells_of(session, viewer, ground, roles, members)``.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from sqlmodel import Session

from services.consortium_coverage import COVERS, Cell
from services.suggestions import shown_texts
from services.team_problem import TeamGround
from services.team_roles import SoughtRole
from services.visibility import Viewer

Cells = Mapping[tuple[int, int], Cell]
"""By the number of a role and a profile id."""


def cells_of(
    session: Session,
    viewer: Viewer,
    ground: TeamGround,
    roles: Sequence[SoughtRole],
    members: Sequence[int],
) -> Cells:
    """Say how well some people cover the roles; two queries.

    Parameters
    ----------
    members
        Their numbers in the problem.
    """
    calibration = ground.roles.calibration
    texts = shown_texts(session, viewer, [ground.people[one].id for one in members])
    fits = ground.problem.fits
    scores = {(role, one): float(fits[role, one]) for role in range(len(roles)) for one in members}
    telling = [place for place, score in scores.items() if calibration.grade(score) in COVERS]
    rows, columns = (np.array([place[axis] for place in telling], np.int64) for axis in (0, 1))
    passages = {}
    for place, explained in zip(
        telling, ground.roles.explain_pairs(rows, columns, evidence=3), strict=True
    ):
        theirs = texts[ground.people[place[1]].id]
        names = (pair.right for reason in explained.reasons for pair in reason.evidence)
        passages[place] = next((theirs[name][1] for name in names if name in theirs), "")
    return {
        (role, ground.people[one].id): Cell(
            score, calibration.grade(score).value, passages.get((role, one), "")
        )
        for (role, one), score in scores.items()
    }
