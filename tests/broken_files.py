"""Files of profiles that are broken, each in one way, and what the import must say of them."""

import io
import json
import zipfile
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook

PERSON = {"id": "a", "name": "Ana Demo", "country": "DE"}


@dataclass(frozen=True)
class Broken:
    """A file's name and bytes, and where the problem is: line, field, code."""

    what: str
    name: str
    data: bytes
    line: int
    field: str
    code: str


def jsonl(*rows: object) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def csv(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\r\n".join((*lines, "")).encode(encoding)


def xlsx(*rows: tuple[Any, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        assert book.active is not None
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def person(**values: object) -> dict[str, object]:
    return PERSON | values


def _row(what: str, field: str, code: str, **values: object) -> Broken:
    data = jsonl(person(id="first"), person(**values))
    return Broken(what, "people.jsonl", data, 2, field, code)


def _zip_without_workbook() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("letter.txt", "Dear colleague")
    return file.getvalue()


HEADER = "id,name,country"
KOREAN = "a,김서연,KR"
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)

WHOLE_FILES: list[Broken] = [
    Broken("empty", "p.csv", b"", 1, "", "no-rows"),
    Broken("only a header", "p.csv", csv(HEADER), 1, "", "no-rows"),
    Broken("only blank lines", "p.jsonl", b"\n \n", 1, "", "no-rows"),
    Broken("UTF-16", "p.csv", csv(HEADER, KOREAN, encoding="utf-16"), 1, "", "utf-16"),
    Broken("UTF-16, no mark", "p.csv", csv(HEADER).decode().encode("utf-16-le"), 1, "", "nul-byte"),
    Broken("CP949", "p.csv", csv(HEADER, KOREAN, encoding="cp949"), 2, "", "cp949"),
    Broken("EUC-KR", "p.csv", csv(HEADER, KOREAN, encoding="euc-kr"), 2, "", "cp949"),
    Broken("Latin-1", "p.csv", csv(HEADER, "a,José,ES", encoding="latin-1"), 2, "", "not-utf-8"),
    Broken("NUL bytes", "p.csv", csv(HEADER, "a,An\0a,DE"), 2, "", "nul-byte"),
    Broken("HTML", "p.csv", b"<!DOCTYPE html><html><body>", 1, "", "web-page"),
    Broken("HTML below blank lines", "p.jsonl", b"\n\n<html>", 3, "", "web-page"),
    Broken("a missing column", "p.csv", csv("id,name", "a,Ana"), 1, "", "missing-column"),
    Broken("no header", "p.csv", csv("a,Ana,DE"), 1, "", "missing-column"),
    Broken("a column twice", "p.csv", csv("id,name,Name,country"), 1, "", "column-twice"),
    Broken(
        "an open quotation mark", "p.csv", csv(HEADER, 'a,"Ana,DE', "b,Bo,FR"), 2, "", "bad-csv"
    ),
    Broken("an open mark in the header", "p.csv", csv('id,name,country,"x'), 1, "", "bad-csv"),
    Broken("too many cells", "p.csv", csv(HEADER, "a,Demo, Ana,DE"), 2, "", "too-many-cells"),
    Broken("a JSON array", "p.json", json.dumps([PERSON]).encode(), 1, "", "json-array"),
    Broken("broken JSON", "p.jsonl", jsonl(PERSON) + b'{"id": "b",}\n', 2, "", "bad-json"),
    Broken("endless nesting", "p.jsonl", b'{"id": ' + b"[" * 200_000, 1, "", "bad-json"),
    Broken("an endless number", "p.jsonl", b'{"id": ' + b"9" * 9_000, 1, "", "bad-json"),
    Broken("JSON, no object", "p.jsonl", jsonl(PERSON, "Ana"), 2, "", "not-an-object"),
    Broken("no zip", "p.xlsx", b"id;name;country\n", 1, "", "not-a-workbook"),
    Broken("a zip of letters", "p.xlsx", _zip_without_workbook(), 1, "", "not-a-workbook"),
    Broken("half a workbook", "p.xlsx", xlsx(("id",))[:900], 1, "", "not-a-workbook"),
    Broken("old Excel", "p.xls", OLD_OFFICE, 1, "", "old-or-locked-workbook"),
    Broken("a locked workbook", "p.xlsx", OLD_OFFICE, 1, "", "old-or-locked-workbook"),
    Broken("packed", "p.jsonl.gz", b"\x1f\x8b\x08", 1, "", "packed-file"),
    Broken("a sheet without a column", "p.xlsx", xlsx(("id", "name")), 1, "", "missing-column"),
    Broken(
        "a formula",
        "p.xlsx",
        xlsx(("id", "name", "country"), ("a", '=CONCAT("A","na")', "DE")),
        2,
        "name",
        "formula",
    ),
]

ROWS: list[Broken] = [
    _row("no id", "id", "missing", id=""),
    _row("an id twice", "id", "id-twice", id="first"),
    _row("a number for an id", "id", "not-text", id=7),
    _row("no name", "name", "missing", name=None),
    _row("no country", "country", "missing", country=""),
    _row("an unknown country", "country", "unknown-country", country="Germany"),
    _row("a country on no side", "country", "country-on-no-side", country="US"),
    _row("a list for a name", "name", "not-text", name=["Ana"]),
    _row("half a letter", "name", "control-character", name="\ud800"),
    _row("a long name", "name", "too-long", name="x" * 201),
    _row("a long research text", "research", "too-long", research="x" * 200_001),
    _row("a bad address", "email", "bad-email", email="ana at example.org"),
    _row("a wrong ORCID iD", "orcid", "bad-orcid", orcid="0000-0002-1825-0098"),
    _row("a wrong ROR id", "ror", "bad-ror", ror="https://ror.org/abc"),
    _row("a short PIC", "pic", "bad-pic", pic="12345678"),
    _row("an unknown type", "organisation_type", "not-one-of", organisation_type="guild"),
    _row("an unknown stage", "career_stage", "not-one-of", career_stage="wizard"),
    _row("an unknown field", "fields", "not-one-of", fields=["alchemy"]),
    _row("a text for a list", "topics", "not-a-list", topics="memristors"),
    _row("numbers in a list", "offers", "not-a-list", offers=[1, 2]),
    _row("too many entries", "needs", "too-many-items", needs=[str(n) for n in range(201)]),
    _row("half a partner", "least_partners", "not-whole", least_partners=1.5),
    _row("yes for a number", "most_partners", "not-whole", most_partners=True),
    _row("minus one", "least_partners", "out-of-range", least_partners=-1),
    _row(
        "least above most", "least_partners", "least-above-most", least_partners=4, most_partners=3
    ),
    _row("excludes oneself", "exclude", "excludes-oneself", exclude=["a"]),
    _row(
        "publications in a text", "publications", "publications-not-a-list", publications="A title"
    ),
    _row(
        "no title",
        "publications",
        "publication-without-title",
        publications=[{"title": "One"}, {"year": 2020}],
    ),
    _row(
        "a year in words",
        "publications",
        "bad-year",
        publications=[{"title": "One", "year": "last"}],
    ),
    _row(
        "a year too early",
        "publications",
        "out-of-range",
        publications=[{"title": "One", "year": 20}],
    ),
    _row(
        "a wrong DOI", "publications", "bad-doi", publications=[{"title": "One", "doi": "doi.org"}]
    ),
    _row(
        "a negative weight",
        "publications",
        "bad-weight",
        publications=[{"title": "One", "weight": -1}],
    ),
    _row(
        "authors in a text",
        "publications",
        "authors-not-a-list",
        publications=[{"title": "One", "authors": "Kim, Lee"}],
    ),
]
