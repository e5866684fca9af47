"""A match list as a file: whole, harmless, and the same bytes each time."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.export import (
    Match,
    MatchedPerson,
    MatchList,
    columns,
    harmless,
    table_to_csv,
    to_csv,
    to_json,
)

SEO_YEON = MatchedPerson("kr-1", "Kim Seo-yeon", "김서연", "KAIST", "KR")
LENA = MatchedPerson("eu-1", "=cmd|' /C calc'!A0", "", "TU Dresden, Chair\nof Circuits", "DE")
LIST = MatchList("demo", 3, (Match(LENA, SEO_YEON, 0.73456789, "strong"),))


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_row_has_both_people_in_both_scripts() -> None:
    header, row = read(to_csv(LIST))
    cells = dict(zip(header, row, strict=True))
    assert tuple(header) == columns()
    assert (cells["edition"], cells["round"]) == ("demo", "3")
    assert (cells["right_name"], cells["right_name_native"]) == ("Kim Seo-yeon", "김서연")
    assert cells["left_organisation"] == "TU Dresden, Chair\nof Circuits"
    assert cells["score"] == "0.734568"


def test_csv_begins_with_the_mark_that_tells_excel_the_encoding() -> None:
    assert to_csv(LIST).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("opener", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", " ="])
def test_a_cell_that_could_be_a_formula_is_marked_as_text(opener: str) -> None:
    assert harmless(opener + "1+1") == "'" + opener + "1+1"


@pytest.mark.parametrize("text", ["", "김서연", "O'Brien", "a=b", "3D integration", "'quoted'"])
def test_ordinary_text_is_left_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_numbers_are_not_marked() -> None:
    assert read(table_to_csv(("n",), [(-1.5,)])) == [["n"], ["-1.5"]]


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_no_cell_that_is_read_back_opens_a_formula_and_none_loses_text(cells: list[str]) -> None:
    clean = [cell.replace("\x00", "").encode("utf-8", "ignore").decode() for cell in cells]
    header = [str(number) for number in range(len(clean))]
    back = read(table_to_csv(header, [clean]))
    # A row of nothing but one empty cell is written as a quoted empty cell.
    (row,) = back[1:]
    assert [
        cell.removeprefix("'") if raw != cell else cell
        for raw, cell in zip(clean, row, strict=True)
    ] == clean
    assert not any(cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


def test_json_holds_the_edition_the_round_and_the_pairs() -> None:
    whole = json.loads(to_json(LIST))
    assert set(whole) == {"edition", "round", "pairs"}
    (pair,) = whole["pairs"]
    assert pair["left"]["name"] == "=cmd|' /C calc'!A0"
    assert pair["right"]["name_native"] == "김서연"
    assert pair["score"] == 0.734568


def test_korean_stays_readable_in_json() -> None:
    assert "김서연".encode() in to_json(LIST)


def test_the_same_list_gives_the_same_bytes() -> None:
    assert to_csv(LIST) == to_csv(LIST)
    assert to_json(LIST) == to_json(LIST)


def test_an_empty_list_still_has_its_header() -> None:
    assert read(to_csv(MatchList("demo", 1, ()))) == [list(columns())]
