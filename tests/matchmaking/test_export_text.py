"""Tables as text: whole, harmless, and the same bytes each time."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.export_json import json_pieces
from matchmaking.export_text import Cell, as_written, csv_pieces, harmless

OPENERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", " =")


def written(header: Sequence[str], *rows: Sequence[Cell]) -> str:
    return b"".join(csv_pieces(header, rows)).decode("utf-8-sig")


def read(text: str, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_csv_begins_with_the_mark_that_tells_excel_the_encoding() -> None:
    assert b"".join(csv_pieces(("n",), ())).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("opener", OPENERS)
def test_a_cell_that_could_be_a_formula_is_marked_as_text(opener: str) -> None:
    assert harmless(opener + "1+1") == "'" + opener + "1+1"


@pytest.mark.parametrize("text", ["", "김서연", "O'Brien", "a=b", "3D integration", "'quoted'"])
def test_ordinary_text_is_left_as_it_is(text: str) -> None:
    assert harmless(text) == text
    assert as_written(text) == text


@given(st.text(alphabet=" '=+-@\t\r\n＝a가;,\""))
def test_a_mark_can_always_be_taken_away_again(text: str) -> None:
    assert as_written(harmless(text)) == text
    assert not harmless(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.lists(st.text(alphabet="=;,\t'\"@+-a가 "), min_size=2, max_size=4))
def test_nothing_within_a_cell_begins_another_whatever_the_separator(cells: list[str]) -> None:
    text = written([str(number) for number in range(len(cells))], cells)
    for delimiter in ",;\t":
        for cell in read(text, delimiter)[1]:
            assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t"))
    assert [as_written(cell) for cell in read(text)[1]] == cells


def test_numbers_are_numbers_and_moments_are_such_as_spreadsheets_read() -> None:
    text = written(("n", "t", "x"), (-1.5, datetime(2026, 12, 1, 9, 5), None))
    assert text.splitlines()[1] == '-1.5,"2026-12-01 09:05",""'


def test_a_long_table_comes_in_pieces() -> None:
    pieces = list(csv_pieces(("n",), ((number,) for number in range(1000))))
    assert len(pieces) > 3
    assert len(read(b"".join(pieces).decode("utf-8-sig"))) == 1001


@pytest.mark.parametrize("items", [[], [{"name": "김서연"}], [1, 2, 3]])
def test_json_in_pieces_is_one_object_in_which_korean_can_be_read(items: list[object]) -> None:
    data = b"".join(json_pieces({"edition": "데모", "round": 3}, "pairs", items))
    assert json.loads(data) == {"edition": "데모", "round": 3, "pairs": items}
    assert "데모".encode() in data
