import numpy as np
import pytest

from matchmaking.encoder_words import DIMENSION, WordsEncoder, words_encoder, words_of

RANKS = {"the": 1, "of": 2, "device": 3000, "memory": 1500}


@pytest.fixture
def encoder() -> WordsEncoder:
    return WordsEncoder(RANKS)


def test_words_are_compared_without_case_signs_and_plural() -> None:
    assert words_of("The FeFET-based Memories, 3 gates & glass_bus!") == [
        "the",
        "fefet",
        "based",
        "memorie",
        "gate",
        "glass",
        "bus",
    ]


def test_texts_of_the_same_words_have_the_same_vector(encoder: WordsEncoder) -> None:
    one, other = encoder.encode(["memory of devices", "Device of: memory"])
    assert one == pytest.approx(other)


def test_rows_have_unit_length_and_a_text_without_words_is_zero(encoder: WordsEncoder) -> None:
    rows = encoder.encode(["memristor memory", "3 %", ""])
    assert rows.shape == (3, DIMENSION) == (3, encoder.dimension)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1).tolist() == pytest.approx([1, 0, 0])


def test_a_rare_word_in_common_counts_more_than_a_frequent_one(encoder: WordsEncoder) -> None:
    asked, rare, frequent = encoder.encode(
        ["the memristor", "a memristor of memory", "the reservoir of memory"]
    )
    assert asked @ rare > asked @ frequent + 0.3


def test_texts_without_a_common_word_are_about_orthogonal(encoder: WordsEncoder) -> None:
    words = [f"word{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(200)]
    rows = encoder.encode([" ".join(words[i : i + 10]) for i in range(0, 200, 10)])
    cosines = (rows @ rows.T)[~np.eye(20, dtype=bool)]
    assert abs(cosines.mean()) < 0.02
    assert cosines.std() < 0.1


def test_the_same_word_has_the_same_place_on_any_machine(encoder: WordsEncoder) -> None:
    row = encoder.encode(["qubit"])[0]
    assert np.flatnonzero(row).tolist() == [46, 175]
    assert encoder.encode([]).shape == (0, DIMENSION)


def test_the_shipped_ranks_know_frequent_words_from_rare_ones() -> None:
    both, rare, frequent = words_encoder().encode(["the memristor", "memristor", "the"])
    assert both @ rare > 5 * abs(both @ frequent)
