"""Texts as bags of words and word pairs, weighted by how rare they are (TF-IDF).

Public: ``tokens(text)``, ``TfIdf.fit(texts)``, ``TfIdf.transform(texts)``.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array

_WORD = re.compile(r"\w\w+")


def tokens(text: str) -> list[str]:
    """Return a text's words of two letters or more in lower case, and its pairs of neighbours."""
    words = _WORD.findall(text.lower())
    return words + [f"{first} {second}" for first, second in pairwise(words)]


@dataclass(frozen=True, slots=True)
class TfIdf:
    """Weights of terms, fixed by the texts they were fitted on (Salton and Buckley, 1988).

    Parameters
    ----------
    columns
        The column of each term.
    rarity
        ln((1 + texts) / (1 + texts with the term)) + 1, by column.
    """

    columns: dict[str, int]
    rarity: np.ndarray[tuple[int], np.dtype[np.float64]]

    @classmethod
    def fit(cls, texts: Iterable[str]) -> "TfIdf":
        """Count in how many texts each term stands."""
        bags = [set(tokens(text)) for text in texts]
        counts = Counter(term for bag in bags for term in sorted(bag))
        seen = np.fromiter(counts.values(), np.float64, len(counts))
        columns = {term: column for column, term in enumerate(counts)}
        return cls(columns, np.log((1 + len(bags)) / (1 + seen)) + 1)

    def transform(self, texts: Sequence[str]) -> csr_array:
        """Return (len(texts), terms) rows of unit length; unknown terms are left out."""
        values: list[float] = []
        places: list[int] = []
        starts = [0]
        for text in texts:
            bag = Counter(self.columns[term] for term in tokens(text) if term in self.columns)
            weights = np.array(list(bag.values())) * self.rarity[list(bag)] if bag else np.zeros(0)
            values.extend((weights / (np.linalg.norm(weights) or 1.0)).tolist())
            places.extend(bag)
            starts.append(len(places))
        return csr_array((values, places, starts), shape=(len(texts), len(self.columns)))
