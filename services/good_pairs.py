"""How well the matcher finds pairs that are known to be good: last year's, or those of a file."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session, col, select

from matchmaking.affinity import AffinityScorer
from matchmaking.affinity_side import pack_side
from matchmaking.evaluation import Query, Ranking, evaluate_queries
from matchmaking.evaluation_run import whole_text
from matchmaking.lexical import TfIdf
from models import Edition, Meeting, MeetingReview, Profile
from models.database import SessionMaker
from services.edition_calibration import calibration_of, weighing_of
from services.encoded_people import encoded_people
from services.errors import ServiceError
from services.participants import participants
from services.persons import persons
from services.rounds import find_round, pairings_of

USEFUL = 3
"""From this answer on, of 1 to 4, a person found a meeting useful."""
_BLOCK = 200
Pairs = Sequence[tuple[int, int]]
Progress = Callable[[int, int], None]
ScoreRows = Callable[[NDArray[np.int64]], NDArray[np.floating]]


class NoGoodPairs(ServiceError):
    """None of the pairs names two people who take part on two sides."""

    code = "no-good-pairs"


@dataclass(frozen=True, slots=True)
class _Field:
    """Both sides of an edition, as the matcher and as plain word counts see them."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    scorer: AffinityScorer
    texts: tuple[list[str], list[str]]


def pairs_of_round(session: Session, edition: Edition) -> list[tuple[int, int]]:
    """List the pairs of an edition's newest finished round, by profile ids.

    Raises
    ------
    NotFound
        When it has none.
    """
    rows = pairings_of(session, find_round(session, edition))
    return [(row.left_id, row.right_id) for row in rows]


def pairs_of_meetings(session: Session, edition: Edition) -> list[tuple[int, int]]:
    """List the pairs whose meeting took place and was found useful by one of the two at least."""
    query = (
        select(Meeting.left_id, Meeting.right_id)
        .join(MeetingReview, col(MeetingReview.meeting_id) == Meeting.id)
        .where(
            Meeting.edition_id == edition.id,
            col(MeetingReview.met).is_(True),
            col(MeetingReview.useful) >= USEFUL,
        )
        .order_by(col(Meeting.left_id), col(Meeting.right_id))
        .distinct()
    )
    return [(left, right) for left, right in session.exec(query)]


def score_good_pairs(
    sessions: SessionMaker, given: Mapping[str, Any], progress: Progress
) -> Mapping[str, Any]:
    """Rank everybody of the other side for everybody in a pair, and see where the partners stand.

    Parameters
    ----------
    given
        ``edition_id``, whose participants are the candidates, and ``pairs`` of profile ids.

    Returns
    -------
    The figures of the affinity, of a random order and of plain TF-IDF, and the numbers of people
    and pairs that they are of.

    Raises
    ------
    NoGoodPairs
    """
    with sessions() as session:
        field = _read(session, session.get_one(Edition, given["edition_id"]))
    places = _places(field, given["pairs"])
    if not places:
        raise NoGoodPairs("No pair names one participant of either side: look at the pairs.")
    words = _words(field)
    methods: dict[str, tuple[ScoreRows, ScoreRows]] = {
        "affinity": _affinity(field.scorer),
        "random": (
            lambda rows: np.zeros((len(rows), len(field.right))),
            lambda columns: np.zeros((len(columns), len(field.left))),
        ),
        "tfidf": words,
    }
    found: dict[str, Any] = {}
    for step, (name, method) in enumerate(methods.items()):
        progress(step, len(methods))
        found[name] = asdict(_ranking(method, places))
    return {**found, "people": [len(field.left), len(field.right)], "pairs": len(places)}


def _read(session: Session, edition: Edition) -> _Field:
    calibration, weighing = calibration_of(edition), weighing_of(edition)
    ids, packed, texts = [], [], []
    for side in ("left", "right"):
        profiles: Sequence[Profile] = participants(session, edition.id, side)
        here = [profile.id for profile in profiles]
        known = persons(session, profiles)
        encoded = encoded_people(session, calibration.plan, here, weighing)
        ids.append(tuple(here))
        packed.append(pack_side((encoded[one] for one in here), calibration.plan))
        texts.append([whole_text(known[one]) for one in here])
    scorer = AffinityScorer(packed[0], packed[1], calibration)
    return _Field(ids[0], ids[1], scorer, (texts[0], texts[1]))


def _places(field: _Field, pairs: Pairs) -> list[tuple[int, int]]:
    """Find the pairs' places; somebody may have left since, or stand on the other side."""
    row = {one: place for place, one in enumerate(field.left)}
    column = {one: place for place, one in enumerate(field.right)}
    found = {
        (row[left], column[right])
        for one, other in pairs
        for left, right in ((one, other), (other, one))
        if left in row and right in column
    }
    return sorted(found)


def _affinity(scorer: AffinityScorer) -> tuple[ScoreRows, ScoreRows]:
    rows, columns = (np.arange(size) for size in scorer.shape)
    return (
        lambda some: scorer.score(some, columns),
        lambda some: scorer.score(rows, some).T,
    )


def _words(field: _Field) -> tuple[ScoreRows, ScoreRows]:
    terms = TfIdf.fit([*field.texts[0], *field.texts[1]])
    left, right = (terms.transform(texts) for texts in field.texts)
    return (
        lambda some: (left[some] @ right.T).toarray(),
        lambda some: (right[some] @ left.T).toarray(),
    )


def _ranking(method: tuple[ScoreRows, ScoreRows], places: Sequence[tuple[int, int]]) -> Ranking:
    forth = _queries(method[0], places)
    back = _queries(method[1], [(right, left) for left, right in places])
    return evaluate_queries(chain(forth, back))


def _queries(rows: ScoreRows, places: Sequence[tuple[int, int]]) -> Iterator[Query]:
    wanted: dict[int, set[int]] = {}
    for one, other in places:
        wanted.setdefault(one, set()).add(other)
    askers = sorted(wanted)
    for start in range(0, len(askers), _BLOCK):
        some = askers[start : start + _BLOCK]
        scores = rows(np.array(some, np.int64))
        for asker, row in zip(some, scores, strict=True):
            yield Query(row, wanted[asker])
