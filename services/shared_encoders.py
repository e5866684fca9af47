"""Encoders that two kinds of work share: long work in batches, and short questions in between."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Lock

import numpy as np

from matchmaking.encoder_plan import EncoderPlan
from matchmaking.encoders import Encoder, FloatMatrix, load_encoder
from matchmaking.passages import Kind, Passage, has_hangul, normalised

BATCH = 8


class SharedEncoders:
    """Encoders of one plan, used by one thread at a time; a question waits for one batch at most.

    A tokeniser is not safe in two threads at once. Three locks give a question the next turn: long
    work passes ``_line``, then ``_next``, then takes ``_work``; a question skips the line and holds
    ``_next`` while it waits, so that long work cannot overtake it.

    Parameters
    ----------
    plan
        Which encoder reads which passage.
    load
        Makes an encoder of its name, at its first use.
    """

    def __init__(self, plan: EncoderPlan, load: Callable[[str], Encoder] = load_encoder) -> None:
        self.plan = plan
        self._load = load
        self._loaded: dict[str, Encoder] = {}
        self._line, self._next, self._work = Lock(), Lock(), Lock()

    def load_all(self) -> None:
        """Load what the plan names, so that the first question need not wait for it."""
        with self._turn():
            for name in self.plan.names:
                self._encoder(name)

    def encode(self, name: str, texts: Sequence[str]) -> FloatMatrix:
        """Encode one batch of long work: (len(texts), dimension) rows of unit length."""
        with self._line, self._turn():
            return self._encoder(name).encode(texts)

    def encode_question(self, text: str) -> Mapping[str, FloatMatrix]:
        """Encode a text by each encoder that reads its language, ahead of long work; a row each."""
        passage = Passage(Kind.RESEARCH, 0, 0, normalised(text), has_hangul(text), 1.0)
        with self._turn():
            return {
                name: self._encoder(name).encode([passage.text])
                for name in self.plan.encoders_of(passage)
            }

    def reader(self, name: str) -> Encoder:
        """Give one encoder for long work, in batches that let questions in between."""
        return _Reader(self, name)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        with self._next:
            self._work.acquire()
        try:
            yield
        finally:
            self._work.release()

    def _encoder(self, name: str) -> Encoder:
        if name not in self._loaded:
            self._loaded[name] = self._load(name)
        return self._loaded[name]


class _Reader:
    """One of the shared encoders, for a rule that takes an encoder."""

    def __init__(self, shared: SharedEncoders, name: str) -> None:
        self._shared = shared
        self._name = name

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimension(self) -> int:
        return int(self._shared.encode(self._name, ["length"]).shape[1])

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        batches = [list(texts[at : at + BATCH]) for at in range(0, len(texts), BATCH)]
        if not batches:
            return np.zeros((0, self.dimension), np.float32)
        return np.vstack([self._shared.encode(self._name, some) for some in batches])
