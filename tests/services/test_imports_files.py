"""JSON Lines, CSV and XLSX say the same thing in their own ways."""

import json
from pathlib import Path

import pytest

from services.imports_files import profile_rows
from services.imports_report import Problem
from services.imports_rows import Row
from tests.broken_files import xlsx

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


def _read(path: Path) -> list[Row]:
    found = list(profile_rows(path))
    assert not [item for item in found if isinstance(item, Problem)]
    return [item for item in found if isinstance(item, Row)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", BOM])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_table_may_have_any_usual_delimiter_mark_and_line_end(
    delimiter: str, mark: str, end: str, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    lines = [["id", "name", "country"], ["a", '"김, 서;연"', "KR"]]
    text = mark + "".join(delimiter.join(cells) + end for cells in lines)
    path.write_bytes(text.encode("utf-8"))

    assert _read(path) == [Row(2, {"id": "a", "name": "김, 서;연", "country": "KR"}, joined=True)]


def test_a_row_is_counted_where_it_begins_also_after_cells_of_several_lines(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text('\nid,name,country\na,"Ana\nMaria",PT\n\nb,Bo,DK\n', encoding="utf-8")

    assert [row.line for row in _read(path)] == [3, 6]


def test_names_of_columns_may_be_written_with_capitals_and_spaces(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("ID;Name;Country;Career stage\na;Ana;PT;postdoc\n", encoding="utf-8")

    assert _read(path)[0].values["career_stage"] == "postdoc"


def test_a_table_with_cells_missing_at_the_end_is_read(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("id,name,country,topics\na,Ana,PT\n", encoding="utf-8")

    assert _read(path)[0].values == {"id": "a", "name": "Ana", "country": "PT"}


def test_a_cell_may_be_as_long_as_a_research_text(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("id,name,country,research\na,Ana,PT," + "x" * 200_000, encoding="utf-8")

    assert _read(path)[0].values["research"] == "x" * 200_000


def test_json_lines_keep_lists_and_pass_over_blank_lines(tmp_path: Path) -> None:
    path = tmp_path / "people.jsonl"
    person = {"id": "a", "topics": ["x; y"], "research": "한국어"}
    path.write_text(f"{BOM}\n{json.dumps(person)}\n", encoding="utf-8")

    assert _read(path) == [Row(2, person, joined=False)]


def test_a_sheet_is_read_as_text_with_numbers_as_written(tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    header = ("id", "name", "country", "least_partners", None)
    path.write_bytes(xlsx(header, (7, "김서연", "KR", 3.0, None), (None, None), ("b", "Bo", "DK")))

    rows = _read(path)

    assert rows[0] == Row(
        2, {"id": "7", "name": "김서연", "country": "KR", "least_partners": "3"}, joined=True
    )
    assert rows[1].line == 4


def test_a_workbook_is_known_by_its_bytes_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "people.dat"
    path.write_bytes(xlsx(("id", "name", "country"), ("a", "Ana", "PT")))

    assert _read(path)[0].values["name"] == "Ana"


def test_a_file_without_a_telling_name_is_known_by_its_first_sign(tmp_path: Path) -> None:
    path = tmp_path / "people"
    path.write_text('{"id": "a"}\n', encoding="utf-8")

    assert _read(path)[0].joined is False
