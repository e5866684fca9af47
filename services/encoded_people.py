"""People with the vectors of their passages, read from the tables as the affinity takes them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session, col, select

from matchmaking.affinity_side import EncodedPassage, EncodedPerson
from matchmaking.encoder_plan import EncoderPlan
from matchmaking.passages import Kind
from matchmaking.passages import Passage as PassageValue
from matchmaking.weighing import AS_GIVEN, Weighing, weighed
from models import Passage, PassageVector

_CHUNK = 500
Vectors = dict[str, NDArray[np.float32]]


def encoded_people(
    session: Session,
    plan: EncoderPlan,
    profile_ids: Sequence[int],
    weighing: Weighing = AS_GIVEN,
) -> dict[int, EncodedPerson]:
    """Read people's passages with their fresh vectors, by profile id; one query for every 500.

    The texts themselves are left out: scoring needs none, and they are the larger part of a row.
    Somebody without an encoded passage comes with none. The key is the profile's id.

    Parameters
    ----------
    weighing
        The edition's (``edition_calibration.weighing_of``); the passages come with final weights.
    """
    found: dict[int, EncodedPerson] = {}
    ids = list(profile_ids)
    for start in range(0, len(ids), _CHUNK):
        some = ids[start : start + _CHUNK]
        passages = _passages(session, plan, some)
        people = {one: EncodedPerson(str(one), tuple(passages[one])) for one in some}
        found |= {one: weighed(person, weighing) for one, person in people.items()}
    return found


def _passages(
    session: Session, plan: EncoderPlan, profile_ids: list[int]
) -> defaultdict[int, list[EncodedPassage]]:
    vectors: dict[tuple[int, PassageValue], Vectors] = {}
    for owner, passage, encoder, vector in _rows(session, plan, profile_ids):
        vectors.setdefault((owner, passage), {})[encoder] = vector
    passages: defaultdict[int, list[EncodedPassage]] = defaultdict(list)
    for (owner, passage), known in vectors.items():
        passages[owner].append(EncodedPassage(passage, known))
    return passages


def _rows(
    session: Session, plan: EncoderPlan, profile_ids: list[int]
) -> Iterator[tuple[int, PassageValue, str, NDArray[np.float32]]]:
    query = (
        select(  # type: ignore[call-overload] # SQLModel types selects of up to four columns
            Passage.profile_id,
            Passage.kind,
            Passage.source_position,
            Passage.position,
            Passage.hangul,
            Passage.weight,
            Passage.year,
            Passage.key_work,
            PassageVector.encoder,
            PassageVector.vector,
        )
        .join(PassageVector, col(PassageVector.passage_id) == Passage.id)
        .where(
            col(Passage.profile_id).in_(profile_ids),
            col(PassageVector.encoder).in_(plan.names),
            PassageVector.text_hash == Passage.text_hash,
        )
        # The order of rows must not depend on the database: sums of floats depend on it.
        .order_by(Passage.profile_id, Passage.kind, Passage.source_position, Passage.position)
    )
    for owner, kind, source, position, *about, encoder, data in session.exec(query):
        passage = PassageValue(Kind(kind), source, position, "", *about)
        yield owner, passage, encoder, np.frombuffer(data, "<f4")
