import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from matchmaking import calibration_default
from matchmaking.calibration import Calibration, default_calibration
from matchmaking.calibration_default import main, read_people
from matchmaking.encoder_words import words_encoder
from matchmaking.encoders import Encoder, FloatMatrix
from matchmaking.profile import Person, Work

SEED = Path(__file__).parents[2] / "seed"
SEED_FILES = (SEED / "people_europe.jsonl", SEED / "people_korea.jsonl")


def profiles(path: Path, rows: Sequence[dict[str, object]]) -> Path:
    path.write_text("\n\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")
    return path


def test_texts_are_read_and_all_else_is_left(tmp_path: Path) -> None:
    path = profiles(
        tmp_path / "people.jsonl",
        [
            {
                "id": "a",
                "name": "Nobody needs this",
                "country": "DE",
                "research": "Chips.",
                "publications": [
                    {"title": "First", "abstract": "Abstract", "weight": 2, "year": 2020},
                    {"title": "Second"},
                ],
                "offers": ["one"],
                "needs": ["two", "three"],
            },
            {"id": "b"},
        ],
    )
    assert read_people(path) == [
        Person(
            "a",
            research="Chips.",
            publications=(Work("First", "Abstract", weight=2), Work("Second")),
            offers=("one",),
            needs=("two", "three"),
        ),
        Person("b"),
    ]


class RandomReader:
    """Gives every text a direction of its own."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.dimension = 6

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        rows = np.array([self._row(text) for text in texts], np.float32)
        return rows.reshape(len(texts), self.dimension)

    def _row(self, text: str) -> FloatMatrix:
        seed = int.from_bytes(f"{self.name}{text}".encode()[-8:], "little")
        row = np.random.default_rng(seed).normal(size=self.dimension)
        unit: FloatMatrix = (row / np.linalg.norm(row)).astype(np.float32)
        return unit


def test_the_command_writes_a_calibration_of_the_files_that_it_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sides = [
        profiles(
            tmp_path / f"{name}.jsonl",
            [
                {
                    "id": f"{name}{i}",
                    "research": f"{name} research {i}",
                    "offers": [f"{name} offer {i}"],
                    "needs": [f"{name} need {i}"],
                }
                for i in range(21)
            ],
        )
        for name in ("left", "right")
    ]
    target = tmp_path / "made.json"
    monkeypatch.setattr(calibration_default, "load_encoder", RandomReader)
    monkeypatch.setattr(calibration_default, "TARGET", target)
    main(*sides)
    made = Calibration.from_json(target.read_text("utf-8"))
    assert made.source == "left.jsonl with right.jsonl"
    assert len(made.scores) == 101
    assert len(made.centres.work.english) == 12


@pytest.mark.slow
@pytest.mark.encoder
def test_the_shipped_calibration_is_what_its_command_makes_of_the_demo_people(
    minilm: Encoder,
    multilingual: Encoder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loaded = {"minilm": minilm, "use-multilingual": multilingual, "words": words_encoder()}
    monkeypatch.setattr(calibration_default, "load_encoder", loaded.__getitem__)
    monkeypatch.setattr(calibration_default, "TARGET", tmp_path / "made.json")
    main(*SEED_FILES)
    made = Calibration.from_json((tmp_path / "made.json").read_text("utf-8"))
    shipped = default_calibration()
    # another processor rounds the last bits otherwise
    assert made.scores == pytest.approx(shipped.scores, abs=5e-3)
    assert made.centres.work.english == pytest.approx(shipped.centres.work.english, abs=1e-3)
    assert made.expertise.at == pytest.approx(shipped.expertise.at, abs=5e-3)
    assert made.mixed.slope == pytest.approx(shipped.mixed.slope, abs=5e-3)
