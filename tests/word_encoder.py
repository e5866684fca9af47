"""An encoder that needs no weights: texts that share words are near each other."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache

import numpy as np
from sqlalchemy import Engine
from sqlmodel import Session, select

from matchmaking.encoder_plan import DEFAULT_PLAN
from matchmaking.encoders import FloatMatrix
from models import Profile
from models.database import make_sessions
from services.encoding import write_all_passages
from services.encoding_run import encode_stale
from services.shared_encoders import SharedEncoders

DIMENSIONS = {"minilm": 384, "use-multilingual": 512, "words": 256}
"""As the real ones, so that the shipped calibration fits."""
_NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SYNONYMS = {"양자": "quantum", "광자": "photon", "칩": "chip", "측정": "measurement"}


class WordEncoder:
    """Adds up one fixed direction for each word; a few Korean words mean the same as English."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.dimension = DIMENSIONS.get(name, 64)
        self.read: list[str] = []

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        """Return a unit row for each text, and remember what was read."""
        self.read += texts
        rows = np.array([self._row(text) for text in texts], np.float32)
        return rows.reshape(len(texts), self.dimension)

    def _row(self, text: str) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        words = [SYNONYMS.get(word, word) for word in text.lower().replace(".", " ").split()]
        parts = (_direction(word, self.dimension) for word in words)
        total = sum(parts, start=np.zeros(self.dimension))
        length = float(np.linalg.norm(total))
        return total / length if length else np.eye(self.dimension)[0]


def word_encoders() -> tuple[SharedEncoders, dict[str, WordEncoder]]:
    """Make the default plan's encoders out of words, and give them to look into."""
    made: dict[str, WordEncoder] = {}

    def load(name: str) -> WordEncoder:
        made[name] = WordEncoder(name)
        return made[name]

    return SharedEncoders(DEFAULT_PLAN, load), made


def encode_everybody(session: Session) -> None:
    """Do what the worker does after profiles were saved."""
    write_all_passages(session, session.exec(select(Profile)).all())
    session.commit()
    engine = session.get_bind()
    assert isinstance(engine, Engine)
    encode_stale(make_sessions(engine), word_encoders()[0], lambda: _NOW)


@lru_cache(10_000)
def _direction(word: str, dimension: int) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "little")
    return np.random.default_rng(seed).standard_normal(dimension)
