"""The real encoders, loaded once: a test that asks for one carries the mark ``encoder``."""

from collections.abc import Sequence

import numpy as np
import pytest

from matchmaking.encoder_plan import MINILM, USE_MULTILINGUAL
from matchmaking.encoders import Encoder, FloatMatrix, load_encoder


class Remembering:
    """An encoder that reads every text once in all tests together."""

    def __init__(self, encoder: Encoder) -> None:
        self.name, self.dimension = encoder.name, encoder.dimension
        self.encoder = encoder
        self._known: dict[str, FloatMatrix] = {}

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(zip(new, self.encoder.encode(new), strict=True))
        rows = [self._known[text] for text in texts]
        return np.array(rows, np.float32).reshape(len(texts), self.dimension)


@pytest.fixture(scope="session")
def minilm() -> Encoder:
    return Remembering(load_encoder(MINILM))


@pytest.fixture(scope="session")
def multilingual() -> Encoder:
    return Remembering(load_encoder(USE_MULTILINGUAL))
