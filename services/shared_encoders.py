"""Encoders that two kinds of work share: long work in batches, and short questions in between."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Lock

from matchmaking.encoder_plan import EncoderPlan
from matchmaking.encoders import Encoder, FloatMatrix, load_encoder


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
        """Encode a text by every encoder of the plan, ahead of long work; a row each."""
        with self._turn():
            return {name: self._encoder(name).encode([text]) for name in self.plan.names}

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
