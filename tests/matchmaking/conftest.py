"""The real encoders, loaded once: a test that asks for one carries the mark ``encoder``."""

import pytest
from hypothesis import settings

from matchmaking.encoder_plan import MINILM, USE_MULTILINGUAL
from matchmaking.encoders import Encoder, load_encoder

# a busy machine is no failure
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="session")
def minilm() -> Encoder:
    return load_encoder(MINILM)


@pytest.fixture(scope="session")
def multilingual() -> Encoder:
    return load_encoder(USE_MULTILINGUAL)
