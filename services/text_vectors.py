"""Vectors of texts that are no profile's: calls, and the roles that coordinators look for.

A text is cut into passages when it is read, and a passage's vector is found by the hash of its
text. So nothing has to be kept in step: a new text has no vector until the worker has read it, and
one that nobody has any more is dropped.
"""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session, col, delete, select

from matchmaking.affinity_side import EncodedPassage, EncodedPerson
from matchmaking.encoder_plan import EncoderPlan
from matchmaking.passages import Passage, passages_of
from matchmaking.profile import Person
from models import TextVector
from models.database import SessionMaker
from services.shared_encoders import BATCH, SharedEncoders

_CHUNK = 500
Key = tuple[str, str]


def encoded_texts(
    session: Session, plan: EncoderPlan, texts: Sequence[Person]
) -> tuple[EncodedPerson, ...]:
    """Give texts, each as a person's, with the vectors that there are; in their order.

    A passage that waits for an encoder is left out, as with people.
    """
    passages = [passages_of(text) for text in texts]
    known = _known(session, {passage.text_hash for group in passages for passage in group})
    return tuple(
        EncodedPerson(text.key, tuple(_encoded(group, plan, known)))
        for text, group in zip(texts, passages, strict=True)
    )


def encode_texts(
    sessions: SessionMaker,
    encoders: SharedEncoders,
    read: Callable[[Session], Sequence[Person]],
    cancelled: Callable[[], bool] = lambda: False,
) -> int:
    """Encode what has no vector, and drop the vectors of texts that are gone.

    Parameters
    ----------
    read
        Reads all texts that there are, each as a person's.

    Returns
    -------
    How many readings were made.
    """
    with sessions() as session:
        texts = read(session)
        drop_unused(session, texts)
        missing = _missing(session, encoders.plan, texts)
        session.commit()
    done = 0
    for start in range(0, len(missing), BATCH):
        if cancelled():
            break
        done += _write(sessions, encoders, missing[start : start + BATCH])
    return done


def drop_unused(session: Session, texts: Iterable[Person]) -> None:
    """Drop the vectors of all texts but these."""
    kept = {passage.text_hash for text in texts for passage in passages_of(text)}
    gone = [one for one in session.exec(select(TextVector.text_hash).distinct()) if one not in kept]
    for start in range(0, len(gone), _CHUNK):
        some = gone[start : start + _CHUNK]
        session.exec(delete(TextVector).where(col(TextVector.text_hash).in_(some)))


def _missing(
    session: Session, plan: EncoderPlan, texts: Sequence[Person]
) -> list[tuple[str, Passage]]:
    """List who has to read what, one encoder after the other."""
    passages = {passage.text_hash: passage for text in texts for passage in passages_of(text)}
    known = _known(session, passages)
    return [
        (encoder, passage)
        for encoder in plan.names
        for passage in passages.values()
        if encoder in plan.encoders_of(passage) and (passage.text_hash, encoder) not in known
    ]


def _write(
    sessions: SessionMaker, encoders: SharedEncoders, some: Sequence[tuple[str, Passage]]
) -> int:
    readings: dict[Key, NDArray[np.float32]] = {}
    for name in dict.fromkeys(encoder for encoder, _ in some):
        wanted = [passage for encoder, passage in some if encoder == name]
        rows = encoders.encode(name, [passage.text for passage in wanted])
        readings |= {(one.text_hash, name): row for one, row in zip(wanted, rows, strict=True)}
    with sessions() as session:
        for (text_hash, encoder), row in readings.items():
            data = row.astype("<f4").tobytes()
            session.merge(TextVector(text_hash=text_hash, encoder=encoder, vector=data))
        session.commit()
    return len(readings)


def _known(session: Session, hashes: Iterable[str]) -> dict[Key, NDArray[np.float32]]:
    found: dict[Key, NDArray[np.float32]] = {}
    wanted = sorted(hashes)
    for start in range(0, len(wanted), _CHUNK):
        some = wanted[start : start + _CHUNK]
        for row in session.exec(select(TextVector).where(col(TextVector.text_hash).in_(some))):
            found[row.text_hash, row.encoder] = np.frombuffer(row.vector, "<f4")
    return found


def _encoded(
    passages: Iterable[Passage], plan: EncoderPlan, known: dict[Key, NDArray[np.float32]]
) -> Iterable[EncodedPassage]:
    for passage in passages:
        vectors = {
            name: known[passage.text_hash, name]
            for name in plan.encoders_of(passage)
            if (passage.text_hash, name) in known
        }
        if vectors:
            yield EncodedPassage(passage, vectors)
