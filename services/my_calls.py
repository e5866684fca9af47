"""Calls in the order in which they fit a participant, and who looks for somebody like them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlmodel import Session, col, select

from matchmaking.affinity import AffinityScorer
from matchmaking.affinity_side import EncodedPerson, pack_side
from matchmaking.calibration import Calibration
from models import Call, WantedRole
from services.call_texts import call_text, role_text
from services.calls import BY_DEADLINE, ahead
from services.candidates import Place
from services.edition_calibration import calibration_of
from services.suggestions import Asker, Evidence, asker_of
from services.text_vectors import encoded_texts
from services.visibility import Viewer
from services.wanted_roles import shown_roles


@dataclass(frozen=True, slots=True)
class RoleFit:
    """A role that somebody looks for, and how well the reader fits it; no grade: not read yet."""

    text: str
    profile_id: int
    score: float
    grade: str


@dataclass(frozen=True, slots=True)
class CallFit:
    """A call, how well it fits the reader's work, and the roles in it, the best fit first.

    ``grade`` is empty, and ``evidence`` None, while either text waits to be read.
    """

    call: Call
    score: float
    grade: str
    evidence: Evidence | None
    roles: tuple[RoleFit, ...]


@dataclass(frozen=True, slots=True)
class _Fit:
    score: float = 0.0
    grade: str = ""


def call_fits(
    session: Session, place: Place, viewer: Viewer, now: datetime, call_id: int | None = None
) -> tuple[CallFit, ...]:
    """List an edition's calls whose deadline is ahead, the best fit first; or one, whatever its.

    The number of queries does not depend on how many calls and roles there are.

    Parameters
    ----------
    place
        The reader as a participant.
    call_id
        To have that call alone.
    """
    query = select(Call).where(Call.edition_id == place.edition.id)
    wanted = ahead(now) if call_id is None else col(Call.id) == call_id
    calls = session.exec(query.where(wanted).order_by(*BY_DEADLINE)).all()
    ids = [call.id for call in calls]
    roles = shown_roles(session, place.edition.id, viewer, ids, place.side)
    asker, calibration = asker_of(session, place), calibration_of(place.edition)
    texts = [*map(call_text, calls), *map(role_text, roles)]
    encoded = encoded_texts(session, calibration.plan, texts)
    fits = _Fits(asker, encoded, calibration)
    sought = _roles(roles, fits, len(calls))
    found = [
        CallFit(
            call,
            fits.fit(number).score,
            fits.fit(number).grade,
            fits.evidence(number),
            tuple(sorted(sought[call.id], key=lambda role: -role.score)),
        )
        for number, call in enumerate(calls)
    ]
    return tuple(sorted(found, key=lambda fit: -fit.score))


class _Fits:
    """One asker's fit with some texts, by their number."""

    def __init__(
        self, asker: Asker, texts: Sequence[EncodedPerson], calibration: Calibration
    ) -> None:
        self._asker, self._texts, self._calibration = asker, texts, calibration
        self._scorer: AffinityScorer | None = None
        if asker.encoded.passages and texts:
            sides = ([asker.encoded], texts)
            left, right = (pack_side(side, calibration.plan) for side in sides)
            self._scorer = AffinityScorer(left, right, calibration)
            self._scores = self._scorer.score(np.zeros(1, np.int64), np.arange(len(texts)))[0]

    def fit(self, number: int) -> _Fit:
        """Tell how well a text fits."""
        if self._scorer is None or not self._texts[number].passages:
            return _Fit()
        score = float(self._scores[number])
        return _Fit(score, self._calibration.grade(score).value)

    def evidence(self, number: int) -> Evidence | None:
        """Find the two passages that are nearest to each other."""
        if self._scorer is None or not self._texts[number].passages:
            return None
        pairs = self._scorer.explain(0, number, evidence=1).reasons[0].evidence
        theirs = {item.passage.id: item.passage for item in self._texts[number].passages}
        for pair in pairs:
            if pair.left in self._asker.texts:
                mine, there = self._asker.texts[pair.left], theirs[pair.right]
                return Evidence(*mine, there.kind.value, there.text, pair.similarity)
        return None


def _roles(roles: Sequence[WantedRole], fits: _Fits, first: int) -> dict[int, list[RoleFit]]:
    found: defaultdict[int, list[RoleFit]] = defaultdict(list)
    for number, role in enumerate(roles, first):
        fit = fits.fit(number)
        found[role.call_id].append(RoleFit(role.text, role.profile_id, fit.score, fit.grade))
    return found
