"""A long table as PDF: whole, tagged, in both scripts, and the same bytes each time."""

import io
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from web.pdf_lines import Line, TableColumn, TableDocument
from web.pdf_table import write_table

STATIC = Path(__file__).parents[2] / "static"
EVIL = "=cmd|' /C calc'!A0"


def document(**given: Any) -> TableDocument:
    values: dict[str, Any] = {
        "title": "Match list, 매칭 명단 & more",
        "language": "en",
        "lede": ["Round 3."],
        "columns": [TableColumn("Europe", 2), TableColumn("Korea", 2)],
        "made_at": datetime(2026, 12, 1, 8, 0, tzinfo=UTC),
        "page_label": lambda number: f"Page {number}",
    }
    return TableDocument(**values | given)


def written(count: int = 2) -> bytes:
    file = io.BytesIO()
    row = [
        [Line(EVIL), Line("TU Dresden, Šťastná", quiet=True)],
        [Line("김서연 꿰뚫는 뷁", language="ko"), Line("x" * 200, quiet=True)],
    ]
    write_table(file, document(), (row for _ in range(count)), STATIC)
    return file.getvalue()


def read(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data), strict=True)


def root_of(reader: PdfReader) -> Any:
    return reader.root_object


def text(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def elements(reader: PdfReader, kind: str) -> list[Any]:
    """Gather the elements of a kind from the tree of tags."""
    found, waiting = [], [root_of(reader)["/StructTreeRoot"]["/K"].get_object()]
    while waiting:
        one = waiting.pop()
        found += [one] if one["/S"] == f"/{kind}" else []
        kids = one.get("/K", [])
        waiting += [kid.get_object() for kid in kids] if isinstance(kids, list) else []
    return found


def test_every_row_is_whole_in_both_scripts() -> None:
    said = text(read(written()))
    assert said.count(EVIL) == 2
    assert said.count("김서연 꿰뚫는 뷁") == 2
    assert "Šťastná" in said
    assert said.replace(" ", "").count("x" * 200) == 2


def test_it_tells_its_title_language_and_date() -> None:
    reader = read(written())
    assert reader.metadata is not None
    assert reader.metadata.title == "Match list, 매칭 명단 & more"
    assert reader.metadata.creation_date == datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
    root = root_of(reader)
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en", True)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "매칭 명단 &amp; more" in metadata


def test_a_screen_reader_finds_a_heading_and_a_table_with_heads() -> None:
    reader = read(written(3))
    assert len(elements(reader, "H1")) == 1
    assert len(elements(reader, "TH")) == 2
    assert [head["/A"]["/Scope"] for head in elements(reader, "TH")] == ["/Column"] * 2
    assert len(elements(reader, "TR")) == 4
    assert len(elements(reader, "TD")) == 6


def test_every_tagged_piece_is_found_from_its_page_again() -> None:
    reader = read(written(60))
    tree = root_of(reader)["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    assert len(reader.pages) > 2
    assert tree[::2] == list(range(len(reader.pages)))
    for page, listed in zip(reader.pages, tree[1::2], strict=True):
        for mark, element in enumerate(listed.get_object()):
            assert element.get_object()["/K"] == mark
            assert element.get_object()["/Pg"].get_object() == page.get_object()


def test_every_page_repeats_the_heads_and_bears_its_number() -> None:
    reader = read(written(60))
    for number, page in enumerate(reader.pages, start=1):
        said = page.extract_text()
        assert "Europe" in said
        assert f"Page {number}" in said
    assert text(reader).count(EVIL) == 60


def test_all_its_fonts_are_embedded_and_every_glyph_has_its_meaning() -> None:
    page: Any = read(written()).pages[0]
    fonts = page["/Resources"]["/Font"]
    assert len(fonts) > 1
    for font in (one.get_object() for one in fonts.values()):
        assert "/ToUnicode" in font
        inner = font["/DescendantFonts"][0].get_object()
        assert inner["/FontDescriptor"]["/FontFile2"].get_object().get_data()


def test_a_sign_that_no_font_has_is_told_beside_what_stands_for_it() -> None:
    file = io.BytesIO()
    write_table(file, document(columns=[TableColumn("a", 1)]), [[[Line("\U0001f600 x")]]], STATIC)
    page = read(file.getvalue()).pages[0].get_contents()
    assert page is not None
    assert b"/ActualText<FEFFD83DDE0000200078>" in page.get_data()


def test_a_table_without_rows_is_still_a_page() -> None:
    reader = read(written(0))
    assert len(reader.pages) == 1
    assert "Round 3." in text(reader)


@pytest.mark.slow
def test_another_process_writes_the_same_bytes() -> None:
    code = (
        "import sys; from tests.web.test_pdf_table import written;"
        "sys.stdout.buffer.write(written())"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)  # noqa: S603 - our own code
    assert run.stdout == written()


def test_the_same_rows_give_the_same_bytes() -> None:
    assert written() == written()
