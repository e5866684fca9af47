"""Match lists as other programs read them: who meets whom, out of each of the five formats."""

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from icalendar import Calendar
from openpyxl import load_workbook
from pypdf import PdfReader

Pairs = set[tuple[str, str]]
_PERSON = re.compile(r"Person \d+")


def from_csv(data: bytes) -> Pairs:
    """Read with the csv module."""
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
    return {(row["left_name"], row["right_name"]) for row in rows}


def from_xlsx(data: bytes) -> Pairs:
    """Read with openpyxl."""
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    header, *rows = sheet.iter_rows(values_only=True)
    left, right = header.index("left_name"), header.index("right_name")
    return {(str(row[left]), str(row[right])) for row in rows}


def from_json(data: bytes) -> Pairs:
    """Read with the json module."""
    found: dict[str, Any] = json.loads(data)
    return {(one["left"]["name"], one["right"]["name"]) for one in found["pairs"]}


def from_ics(data: bytes) -> Pairs:
    """Read with icalendar; only pairs that have a meeting are in it."""
    events = Calendar.from_ical(data).walk("VEVENT")
    return {_two(str(event["SUMMARY"])) for event in events}


def from_pdf(data: bytes) -> Pairs:
    """Read with pypdf: in the order of the text, a left name is followed by its right one."""
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    names = _PERSON.findall(text)
    return set(zip(names[::2], names[1::2], strict=True))


READERS: Mapping[str, Callable[[bytes], Pairs]] = {
    "CSV, for any spreadsheet": from_csv,
    "XLSX, for Excel": from_xlsx,
    "JSON, for programs": from_json,
    "PDF, for printing": from_pdf,
    "ICS, for calendars": from_ics,
}
"""By what the button says."""


def _two(text: str) -> tuple[str, str]:
    left, right = _PERSON.findall(text)
    return left, right
