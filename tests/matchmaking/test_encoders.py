import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from matchmaking.encoders import Encoder, SentenceEncoder, load_encoder
from matchmaking.errors import EncoderMissing
from matchmaking.passages import split_text

ROOT = Path(__file__).parents[2]
TECHNICAL = (
    "A 38.5TOPS/W 0.0023mm2 HfZrO2/IGZO FeFET-based in-memory-computing macro with 8b/4b MACs, "
    "sub-10nm gate-all-around nanosheets and InGaAs HEMTs; (Ba,Sr)TiO3 varactors at 4.2K. "
    "Electroencephalography-driven neuromorphic photoplethysmography outperforms "
    "polytetrafluoroethylene-encapsulated microelectromechanical transducers. "
)


class ModelOfTenLetters:
    """Reads ten letters; its vector counts how many a and b it has seen."""

    max_seq_length = 12

    def tokenizer(self, text: str, **_: object) -> dict[str, list[int]]:
        return {"input_ids": [0] * (len(text) + 2)}

    def encode(self, texts: list[str], **_: object) -> Any:
        seen = np.array([[t[:10].count("a"), t[:10].count("b")] for t in texts], float) + 1e-6
        return seen / np.linalg.norm(seen, axis=1, keepdims=True)


@pytest.fixture
def short_sighted() -> Encoder:
    return SentenceEncoder("short", ModelOfTenLetters())  # type: ignore[arg-type]  # a double


@pytest.mark.parametrize("text", ["aaaaaaaa bbbbbbbb", "a" * 16 + "b" * 16])
def test_a_text_beyond_the_models_limit_is_read_to_its_end(
    short_sighted: Encoder, text: str
) -> None:
    vector = short_sighted.encode([text])[0]
    assert vector == pytest.approx([0.5**0.5, 0.5**0.5], abs=1e-3)


def test_long_and_short_texts_keep_their_places(short_sighted: Encoder) -> None:
    vectors = short_sighted.encode(["aaa", "aaaaaaaa bbbbbbbb", "bbb"])
    assert vectors.shape == (3, short_sighted.dimension)
    assert vectors.dtype == np.float32
    assert vectors.argmax(axis=1)[[0, 2]].tolist() == [0, 1]


def test_no_texts_give_no_rows(short_sighted: Encoder) -> None:
    assert short_sighted.encode([]).shape == (0, 2)


def test_importing_the_rules_does_not_import_torch() -> None:
    code = (
        "import sys, matchmaking.encoders, matchmaking.encoder_multilingual;"
        "sys.exit('torch' in sys.modules or 'sentence_transformers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0  # noqa: S603 - our own interpreter


@pytest.mark.encoder
def test_minilm_gives_unit_rows_and_knows_what_is_near(minilm: Encoder) -> None:
    vectors = minilm.encode(
        ["spiking neural network chip", "neuromorphic processor", "quantum key distribution"]
    )
    assert vectors.shape == (3, 384) == (3, minilm.dimension)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2


@pytest.mark.encoder
def test_a_korean_title_finds_its_english_sense(multilingual: Encoder) -> None:
    english = [
        "superconducting qubit readout",
        "ferroelectric FeFET synapse",
        "hybrid bonding of chiplets",
        "optical phased array for lidar",
    ]
    query = multilingual.encode(["강유전체 FeFET 시냅스 소자"])
    vectors = multilingual.encode(english)
    assert vectors.shape == (4, 512)
    assert english[int((vectors @ query[0]).argmax())] == "ferroelectric FeFET synapse"


@pytest.mark.encoder
def test_no_passage_is_longer_than_minilm_reads(minilm: Encoder) -> None:
    model = minilm.encoder._model  # type: ignore[attr-defined]  # its tokeniser is asked here
    for part in split_text(TECHNICAL * 20):
        tokens = model.tokenizer(part, truncation=False)["input_ids"]
        assert len(tokens) <= model.max_seq_length


@pytest.mark.encoder
def test_the_end_of_a_long_text_counts_for_minilm(minilm: Encoder) -> None:
    end = "Entanglement distribution with trapped ions."
    long, without, topic = minilm.encode([TECHNICAL * 8 + end * 20, TECHNICAL * 8, end])
    assert long @ topic > without @ topic + 0.1


@pytest.mark.encoder
def test_loading_leaves_the_environment_as_it_was(minilm: Encoder) -> None:
    before = dict(os.environ)
    load_encoder("minilm")
    assert dict(os.environ) == before


@pytest.mark.encoder
def test_an_encoder_that_is_not_here_is_refused_with_a_remedy() -> None:
    with pytest.raises(EncoderMissing, match="give a folder, or allow its download"):
        load_encoder("no-such/encoder")
