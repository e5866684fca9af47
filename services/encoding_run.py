"""Encode what is stale, in small batches that are committed one by one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session, col, select

from matchmaking.encoder_plan import EncoderPlan
from models import Passage, PassageVector
from models.database import SessionMaker
from services.encoding import is_stale, passage_value, stale
from services.index_version import note_change
from services.jobs import JobState, report
from services.shared_encoders import BATCH, SharedEncoders

JOB = "encoding"
# What a kill can cost at most.
CHUNK = 32

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Reading:
    """One passage as one encoder has read it."""

    passage_id: int
    encoder: str
    text_hash: str
    vector: NDArray[np.float32]


def encode_stale(
    sessions: SessionMaker,
    encoders: SharedEncoders,
    clock: Callable[[], datetime],
    *,
    progress: Progress = lambda _done, _of: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> int:
    """Encode every stale passage; repeatable, and cheap when there is none.

    Parameters
    ----------
    progress
        Is told how many passages are done, and of how many.
    cancelled
        Is asked after each batch; what is done by then stays done.

    Returns
    -------
    How many passages were encoded.
    """
    plan = encoders.plan
    with sessions() as session:
        of = stale(session, plan)
    if not of:
        return 0
    done = 0
    try:
        for chunk in _chunks(sessions, plan, cancelled):
            readings = _read(_missing(sessions, plan, chunk), encoders)
            done += len(chunk)
            of = max(of, done)
            with sessions() as session:
                _write(session, chunk, readings)
                report(session, JOB, JobState("running", done, of), clock())
                session.commit()
            progress(done, of)
    except Exception as error:
        _finish(sessions, JobState("failed", done, of, str(error)), clock())
        raise
    _finish(sessions, JobState("idle", done, of), clock())
    return done


def _chunks(
    sessions: SessionMaker, plan: EncoderPlan, cancelled: Callable[[], bool]
) -> Iterator[Sequence[Passage]]:
    """Walk through what is stale by id; again from the start until nothing is found at all."""
    last = 0
    while not cancelled():
        query = (
            select(Passage)
            .where(is_stale(plan), col(Passage.id) > last)
            .order_by(col(Passage.id))
            .limit(CHUNK)
        )
        with sessions() as session:
            chunk = session.exec(query).all()
        if not chunk and not last:
            return
        last = chunk[-1].id if chunk else 0
        if chunk:
            yield chunk


def _missing(
    sessions: SessionMaker, plan: EncoderPlan, chunk: Sequence[Passage]
) -> dict[str, list[Passage]]:
    """Find which encoder has not read which passage, short texts first."""
    ids = [row.id for row in chunk]
    columns = (PassageVector.passage_id, PassageVector.encoder, PassageVector.text_hash)
    with sessions() as session:
        there = set(session.exec(select(*columns).where(col(PassageVector.passage_id).in_(ids))))
    missing: dict[str, list[Passage]] = {name: [] for name in plan.names}
    for row in sorted(chunk, key=lambda row: len(row.text)):
        for name in plan.encoders_of(passage_value(row)):
            if (row.id, name, row.text_hash) not in there:
                missing[name].append(row)
    return missing


def _read(missing: dict[str, list[Passage]], encoders: SharedEncoders) -> list[_Reading]:
    readings: list[_Reading] = []
    for name, rows in missing.items():
        for start in range(0, len(rows), BATCH):
            some = rows[start : start + BATCH]
            vectors = encoders.encode(name, [row.text for row in some])
            readings += [
                _Reading(row.id, name, row.text_hash, vector)
                for row, vector in zip(some, vectors, strict=True)
            ]
    return readings


def _write(session: Session, chunk: Sequence[Passage], readings: Sequence[_Reading]) -> None:
    """Write the vectors of passages that still say the same; the others come again."""
    note_change(session, {row.profile_id for row in chunk})
    ids = [row.id for row in chunk]
    # The lock keeps a passage from being deleted between this look and the commit.
    fresh = dict(
        session.exec(
            select(Passage.id, Passage.text_hash)
            .where(col(Passage.id).in_(ids))
            .with_for_update(read=True, key_share=True)
        ).all()
    )
    rows = session.exec(select(PassageVector).where(col(PassageVector.passage_id).in_(ids)))
    known = {(row.passage_id, row.encoder): row for row in rows}
    for reading in readings:
        if fresh.get(reading.passage_id) != reading.text_hash:
            continue
        row = known.get((reading.passage_id, reading.encoder)) or PassageVector(
            passage_id=reading.passage_id, encoder=reading.encoder, text_hash="", vector=b""
        )
        row.text_hash = reading.text_hash
        row.vector = reading.vector.astype("<f4").tobytes()
        session.add(row)
    session.flush()


def _finish(sessions: SessionMaker, state: JobState, now: datetime) -> None:
    with sessions() as session:
        report(session, JOB, state, now)
        session.commit()
