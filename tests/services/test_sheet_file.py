"""Workbooks, opened again by another program."""

import io
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from matchmaking.export_text import Cell
from services.sheet_file import CELL_LIMIT, Sheet, TextTooLong, write_workbook

MADE = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
EVIL = ("=cmd|' /C calc'!A0", "\tTab", "+1", "@SUM(A1)", "http://example.org", "{=1+1}")


def workbook(*rows: Sequence[Cell], header: Sequence[str] = ("a", "b")) -> bytes:
    file = io.BytesIO()
    write_workbook(file, [Sheet("명단", header, rows)], title="Liste", made_at=MADE)
    return file.getvalue()


def opened(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data)).worksheets[0]


@pytest.mark.parametrize("text", [*EVIL, "김서연", "=김", "  two  spaces ", "line\nbreak"])
def test_people_s_text_comes_back_whole_and_as_text(text: str) -> None:
    cell = opened(workbook((text, 1)))["A2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.hyperlink is None


def test_what_could_be_a_formula_stays_text_when_somebody_edits_the_cell() -> None:
    sheet = opened(workbook((EVIL[0], "plain")))
    assert sheet["A2"].quotePrefix
    assert not sheet["B2"].quotePrefix


def test_the_header_is_row_one_frozen_and_filtered() -> None:
    sheet = opened(workbook(("x", 1), ("y", 2)))
    assert [cell.value for cell in sheet[1]] == ["a", "b"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B3"
    assert sheet.title == "명단"


def test_dates_are_dates_and_numbers_numbers() -> None:
    sheet = opened(workbook((datetime(2026, 12, 1, 9, 30), 0.5)))
    assert sheet["A2"].is_date
    assert sheet["A2"].value == datetime(2026, 12, 1, 9, 30)
    assert sheet["B2"].value == 0.5


def test_columns_are_as_wide_as_their_text_within_reason() -> None:
    sheet = opened(workbook(("김서연" * 5, "x" * 300)))
    assert 30 <= sheet.column_dimensions["A"].width <= 40
    assert 60 <= sheet.column_dimensions["B"].width <= 62


def test_an_empty_list_still_has_its_header() -> None:
    assert [cell.value for cell in opened(workbook())[1]] == ["a", "b"]


def test_a_text_that_no_cell_holds_is_refused_by_its_place() -> None:
    with pytest.raises(TextTooLong, match="b in row 3 has more than 32767 characters") as caught:
        workbook(("x", "y"), ("x", "가" * (CELL_LIMIT + 1)))
    assert (caught.value.row, caught.value.column) == (3, "b")


def test_another_process_writes_the_same_bytes() -> None:
    code = (
        "import sys; from tests.services.test_sheet_file import workbook;"
        "sys.stdout.buffer.write(workbook(('=김', 1.5)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)  # noqa: S603 - our own code
    assert run.stdout == workbook(("=김", 1.5))
