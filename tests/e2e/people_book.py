"""A workbook of registrants as an organiser gets it, with errors in it and mended."""

from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

_WORDS = ("neuromorphic", "bonding", "photonics", "qubits", "hafnium", "spintronics")
COLUMNS = ("id", "name", "name_native", "country", "email", "organisation", "research")


@dataclass(frozen=True)
class Flaw:
    """What is wrong in a cell, and what the check says of it."""

    column: str
    value: str
    said: str


FLAWS = (
    Flaw("country", "Deutschland", "is no country's code"),
    Flaw("email", "somebody at example.org", "is no e-mail address"),
    Flaw("name", "", "There is no value"),
    Flaw("country", "US", "is on neither side of the edition"),
    Flaw("id", "=A2", "The cell holds a formula"),
    Flaw("id", "person-0", "stands in line 2 already"),
)


def person(number: int) -> dict[str, str]:
    """Make up a registrant; every second one works in Korea."""
    korean = bool(number % 2)
    word, other = _WORDS[number % 6], _WORDS[(number // 6) % 6]
    return {
        "id": f"person-{number}",
        "name": f"Person {number}",
        "name_native": f"김서연 {number}" if korean else "",
        "country": "KR" if korean else "DE",
        "email": address(number),
        "organisation": f"University {number}",
        "research": f"We work on {word} and {other}, in group {number}.",
    }


def address(number: int) -> str:
    """Give the mail address of a registrant."""
    return f"person{number}@people.example.org"


def flawed_rows(count: int, flaws: int) -> dict[int, Flaw]:
    """Tell in which rows of the sheet something is wrong; its header is row 1."""
    step = count // flaws
    return {2 + step * (place + 1) - 1: FLAWS[place % len(FLAWS)] for place in range(flaws)}


def write_book(path: Path, count: int, flaws: int = 0) -> Path:
    """Write a workbook of so many people, with so many cells that need mending."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(list(COLUMNS))
    for number in range(count):
        sheet.append(list(person(number).values()))
    for row, flaw in (flawed_rows(count, flaws) if flaws else {}).items():
        sheet.cell(row, COLUMNS.index(flaw.column) + 1).value = flaw.value or None
    book.save(path)
    return path
