"""The encoding benchmark reads what it says, and says what it could not measure."""

import importlib
from collections.abc import Sequence

import numpy as np
import pytest

from benchmarks import encoding
from benchmarks.encoding import (
    SHIPPED,
    NotHere,
    english_texts,
    likeness,
    lines,
    onnx,
    own_work,
    speed,
)
from matchmaking.encoders import FloatMatrix
from matchmaking.profile import Person, Work


class Letters:
    """Counts letters: texts of the same letters are the same."""

    name = "letters"
    dimension = 26

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        rows = np.zeros((len(texts), 26), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for letter in text.lower():
                if "a" <= letter <= "z":
                    row[ord(letter) - ord("a")] += 1
        rows /= np.maximum(1e-9, np.linalg.norm(rows, axis=1, keepdims=True))
        return rows


PEOPLE = [
    Person("1", research="aaa bbb", publications=(Work("aab", "bb"),), offers=("an offer",)),
    Person("2", research="ccc ddd", publications=(Work("ccd", "dd"),)),
    Person("3", research="한국어 연구", publications=(Work("aaa bbb"),)),
]


def test_texts_are_of_research_and_publications_without_hangul_each_once_and_not_too_many() -> None:
    texts = english_texts(PEOPLE, most=10)
    assert not [text for text in texts if "offer" in text or "한" in text]
    assert len(texts) == len(set(texts))
    assert english_texts(PEOPLE, most=2) == texts[:2]


def test_likeness_is_the_mean_cosine_of_the_same_texts() -> None:
    one = np.eye(2, dtype=np.float32)
    assert likeness(one, one) == 1.0
    assert likeness(one, np.array([[1, 0], [1, 0]], np.float32)) == 0.5


def test_own_work_is_one_when_everybody_s_own_publication_is_nearest() -> None:
    assert own_work(Letters(), PEOPLE[:2]) == 1.0
    crossed = [
        Person("1", research="aaa", publications=(Work("ccc"),)),
        Person("2", research="ccc", publications=(Work("aaa"),)),
    ]
    assert own_work(Letters(), crossed) == 0.5


def test_speed_is_positive_and_the_number_of_threads_is_put_back() -> None:
    torch = pytest.importorskip("torch")
    before = torch.get_num_threads()
    took = speed(Letters(), ["one text"] * 50, threads=2)
    assert took.cpu > 0
    assert took.clock > 0
    assert torch.get_num_threads() == before


def test_a_package_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ImportError(f"No module named {name!r}")

    monkeypatch.setattr(importlib, "import_module", absent)
    with pytest.raises(NotHere, match="onnx"):
        onnx()


def test_what_could_not_be_measured_stands_in_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    ways = [(SHIPPED, Letters()), ("MiniLM, ONNX", "NOT MEASURED: x"), ("words", Letters())]
    monkeypatch.setattr(encoding, "ways", lambda: iter(ways))
    table = list(lines(PEOPLE, ["some text", "another"] * 20, [], seeds=1))
    assert [line.split(" | ")[:2] for line in table] == [
        [f"| {SHIPPED}", "1"],
        [f"| {SHIPPED}", "2"],
        ["| MiniLM, ONNX", "NOT MEASURED: x"],
        ["| words", "1"],
    ]
    assert {line.count("|") for line in table} == {11}
    assert "| 1.0000 |" in table[0]
