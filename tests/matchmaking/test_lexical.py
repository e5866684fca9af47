import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.lexical import TfIdf, tokens


def test_words_and_neighbouring_words_are_terms() -> None:
    assert tokens("A Spiking chip, a CHIP!") == [
        "spiking",
        "chip",
        "chip",
        "spiking chip",
        "chip chip",
    ]


def test_korean_words_are_terms_too() -> None:
    assert tokens("강유전체 소자") == ["강유전체", "소자", "강유전체 소자"]


def test_weights_are_as_in_the_hand_computed_example() -> None:
    # two texts; "chip" stands in both, "spiking" in one
    model = TfIdf.fit(["spiking chip", "chip"])
    row = model.transform(["spiking chip chip"]).toarray()[0]
    rare, common = np.log(3 / 2) + 1, 1.0
    # "spiking", 2 x "chip" and "spiking chip"; "chip chip" is unknown
    length = np.sqrt(rare**2 + (2 * common) ** 2 + rare**2)
    weights = {term: row[column] for term, column in model.columns.items()}
    assert weights == pytest.approx(
        {"chip": 2 * common / length, "spiking": rare / length, "spiking chip": rare / length}
    )


def test_a_text_of_unknown_words_is_an_empty_row() -> None:
    rows = TfIdf.fit(["spiking chip"]).transform(["quantum", "", "chip"])
    assert rows.toarray().sum(axis=1).tolist() == [0, 0, 1]


@given(st.lists(st.text(alphabet="abc ", max_size=30), min_size=1, max_size=6))
def test_rows_have_unit_length_and_a_text_is_nearest_to_itself(texts: list[str]) -> None:
    rows = TfIdf.fit(texts).transform(texts)
    cosines = (rows @ rows.T).toarray()
    own = np.diag(cosines)
    assert [round(value, 6) for value in own.tolist()] == [float(value > 0) for value in own]
    assert (cosines <= 1 + 1e-9).all()
