"""The outcome of an edition on its page, and as a report for the funder in both languages."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from pypdf import PdfReader

from models import Account
from tests.factories import Factory
from tests.services.test_outcome import Past

SignIn = Callable[[Account], FlaskClient]
PAGE = "/organise/busan/outcome/"


@pytest.fixture
def past(make: Factory, now: datetime) -> Past:
    """Make a forum of 8 couples who met; 3 people are students, and one couple is funded."""
    start = now - timedelta(days=240)
    ends = {"starts_at": start, "ends_at": start + timedelta(days=1)}
    edition = make.edition(slug="busan", name_ko="부산 포럼", state="over", **ends)
    past = Past(make, edition)
    meetings = past.couples(6, career_stage="postdoc") + past.couples(2, career_stage="student")
    for meeting in meetings:
        past.review(meeting, meeting.left_id, 4, "proposal")
        past.outcome(meeting, meeting.left_id, 6, "talking")
    past.outcome(meetings[0], meetings[0].right_id, 6, "funded")
    make.session.commit()
    return past


@pytest.fixture
def organiser(sign_in: SignIn, make: Factory) -> FlaskClient:
    return sign_in(make.account("organiser"))


def sheets(data: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = load_workbook(io.BytesIO(data))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def test_the_page_tells_numbers_method_and_what_is_not_told(
    organiser: FlaskClient, past: Past
) -> None:
    page = organiser.get(PAGE).text
    assert "From registration to funding" in page
    assert "fewer than five people are behind a number" in page
    assert "is counted only of people who agreed to be counted in statistics" in page
    assert "Person" not in page


def test_the_page_offers_the_report_in_both_languages(organiser: FlaskClient, past: Past) -> None:
    page = organiser.get(PAGE).text
    for ending in ("en.pdf", "ko.pdf", "en.xlsx", "ko.xlsx"):
        assert f'href="{PAGE}report-{ending}" download' in page


def test_an_edition_without_people_says_what_will_stand_there(
    organiser: FlaskClient, make: Factory
) -> None:
    make.edition(slug="busan")
    assert "Nothing to count yet" in organiser.get(PAGE).text


def test_the_workbook_has_a_sheet_for_each_table_and_hides_what_is_small(
    organiser: FlaskClient, past: Past
) -> None:
    answer = organiser.get(f"{PAGE}report-en.xlsx")
    name = "ieum-busan-outcome-en.xlsx"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    found = sheets(answer.data)
    funnel = dict(found["From registration to funding"][1:])
    assert (funnel["Registered"], funnel["Met somebody"], funnel["Found it useful"]) == (16, 16, 8)
    assert funnel["Funded"] == "–"
    stages = {row[0]: row[1:] for row in found["By career stage"]}
    assert stages["Student"] == ("–",) * 8
    assert stages["Postdoctoral researcher"][0] == "–"
    assert any("counted in statistics" in str(row[0]) for row in found["Method"])


def test_the_pdf_is_tagged_and_says_the_same(organiser: FlaskClient, past: Past) -> None:
    reader = PdfReader(io.BytesIO(organiser.get(f"{PAGE}report-en.pdf").data))
    said = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    assert "Registered 16" in said
    assert "Funded –" in said
    assert "How it was counted" in said
    root: Any = reader.root_object
    assert root["/MarkInfo"]["/Marked"].value is True


def test_the_report_is_korean_for_whoever_asks_for_korean(
    organiser: FlaskClient, past: Past
) -> None:
    reader = PdfReader(io.BytesIO(organiser.get(f"{PAGE}report-ko.pdf").data))
    said = " ".join(page.extract_text() for page in reader.pages)
    assert "부산 포럼" in said
    assert "등록" in said
    assert "등록" in str(sheets(organiser.get(f"{PAGE}report-ko.xlsx").data))


def test_the_same_moment_gives_the_same_workbook(organiser: FlaskClient, past: Past) -> None:
    first, second = (organiser.get(f"{PAGE}report-en.xlsx").data for _ in range(2))
    assert first == second
