"""Bringing people in by a page: understood and checked first, taken in by a second press."""

import csv
import io
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import Workbook
from sqlmodel import Session, select
from werkzeug.test import TestResponse

from models import (
    Account,
    AuditEntry,
    ColumnMapping,
    Participation,
    Profile,
    RegistrantFile,
    RegistrantFileContent,
)
from services.jobs import beat
from services.registrant_file_run import run_waiting_files
from tests.conftest import NOW
from tests.factories import Factory
from web.registrant_work import file_work
from web.routes.editions import people_import

GOOD = "id,name,country\na,Ana,DE\nb,김서연,KR\n"
BAD = "id,name,country\na,Ana,Atlantis\nb,,KR\nc,Cem,DE\n"
FOREIGN = "Nr;First name;Last name;Land;Einrichtung;Shoe\n7;Ana;Silva;DE;TU;38\n"
ADDRESS = "/editions/demo/people/import"


@pytest.fixture
def browser(make: Factory, sign_in: Callable[[Account], FlaskClient]) -> FlaskClient:
    make.edition(slug="demo")
    return sign_in(make.account("organiser"))


def check(browser: FlaskClient, data: str | bytes, name: str = "people.csv") -> TestResponse:
    raw = data.encode() if isinstance(data, str) else data
    return browser.post(ADDRESS, data={"file": (io.BytesIO(raw), name)})


def seen(browser: FlaskClient, answer: TestResponse) -> str:
    return browser.get(answer.location, follow_redirects=True).text


def people(session: Session) -> list[str]:
    found = list(session.exec(select(Profile.name).order_by(Profile.source_key)))
    session.commit()
    return found


def test_a_good_file_is_previewed_and_nothing_is_changed_yet(
    browser: FlaskClient, session: Session
) -> None:
    page = seen(browser, check(browser, GOOD))

    assert "The file is in order" in page
    assert "people.csv" in page
    assert ">Ana<" in page
    assert people(session) == []


def test_the_second_press_takes_the_people_in_and_forgets_the_file(
    browser: FlaskClient, session: Session
) -> None:
    address = check(browser, GOOD).location

    page = browser.post(f"{address}/take", follow_redirects=True).text

    assert "2 people were taken in." in page
    assert people(session) == ["Ana", "김서연"]
    assert len(session.exec(select(Participation)).all()) == 2
    assert session.exec(select(RegistrantFileContent)).all() == []
    row = session.exec(select(RegistrantFile)).one()
    assert "Ana" not in str(row.report)
    entry = session.exec(select(AuditEntry)).one()
    assert (entry.act, entry.after["added"]) == ("imported", 2)


def test_pressing_twice_takes_in_once(browser: FlaskClient, session: Session) -> None:
    address = check(browser, GOOD).location
    for _ in range(2):
        browser.post(f"{address}/take")

    assert session.exec(select(AuditEntry.act)).all() == ["imported"]


def test_problems_are_told_by_row_and_column_beside_what_the_other_rows_would_do(
    browser: FlaskClient, session: Session
) -> None:
    answer = check(browser, BAD)
    page = seen(browser, answer)

    assert "There are 2 problems in people.csv" in page
    assert "“Atlantis” is no country&#39;s code" in page
    assert "2 rows need mending. Of the others: 1 new" in page
    table = browser.get(f"{answer.location}/errors.csv")
    assert table.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(table.data.decode("utf-8-sig"))))
    assert rows[0][:2] == ["Row", "Column"]
    assert [row[:2] for row in rows[1:]] == [["2", "country"], ["3", "name"]]
    browser.post(f"{answer.location}/take")
    assert people(session) == []


def test_foreign_columns_are_asked_about_once_and_remembered(
    browser: FlaskClient, session: Session
) -> None:
    first = check(browser, FOREIGN).location
    page = browser.get(first, follow_redirects=True).text
    assert "What the columns mean" in page
    assert page.count("selected") == 6
    chosen = {"c0": "id", "c1": "name", "c2": "name", "c3": "country", "c4": "organisation"}

    answer = browser.post(f"{first}/columns", data={**chosen, "c5": "-"})
    browser.post(f"{answer.location}/take")

    assert people(session) == ["Ana Silva"]
    again = seen(browser, check(browser, FOREIGN.replace("DE", "Atlantis")))
    assert "The file needs mending" in again
    assert "<td>Land</td>" in again


def test_likely_meanings_are_chosen_already(browser: FlaskClient) -> None:
    page = seen(browser, check(browser, FOREIGN))

    for value in ("id", "name", "country", "organisation", "-"):
        assert f'selected value="{value}"' in page


def test_columns_without_what_everybody_needs_are_sent_back(
    browser: FlaskClient, session: Session
) -> None:
    first = check(browser, FOREIGN).location
    none = dict.fromkeys(("c1", "c2", "c3", "c4", "c5"), "-")

    answer = browser.post(f"{first}/columns", data={**none, "c0": "id"})
    twice = browser.post(f"{first}/columns", data={**none, "c0": "id", "c3": "id", "c1": "name"})

    assert (answer.status_code, twice.status_code) == (422, 422)
    assert "choose a column for: Name, Country" in answer.text
    assert session.exec(select(ColumnMapping)).all() == []


def test_lists_of_one_edition_keep_their_ids_apart(browser: FlaskClient, session: Session) -> None:
    for name in ("", "NRF"):
        data = {"file": (io.BytesIO(GOOD.encode()), "a.csv"), "listed_as": name}
        address = browser.post(ADDRESS, data=data).location
        browser.post(f"{address}/take")

    assert set(session.exec(select(Profile.source))) == {"demo", "demo:NRF"}


def test_a_workbook_of_600_with_12_errors_is_mended_and_taken_in(
    browser: FlaskClient, session: Session
) -> None:
    def workbook(*, mended: bool) -> bytes:
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.append(["id", "name", "country", "email"])
        for number in range(600):
            wrong = not mended and number % 50 == 0
            sheet.append([f"p{number}", f"P {number}", "XX" if wrong else "KR", ""])
        file = io.BytesIO()
        book.save(file)
        return file.getvalue()

    page = seen(browser, check(browser, workbook(mended=False), "people.xlsx"))
    assert "There are 12 problems" in page
    assert "Of the others: 588 new" in page

    address = check(browser, workbook(mended=True), "people.xlsx").location
    page = browser.post(f"{address}/take", follow_redirects=True).text
    assert "600 people were taken in." in page
    assert len(people(session)) == 600


def test_a_large_file_is_left_to_the_worker_and_its_page_waits(
    browser: FlaskClient,
    session: Session,
    app: Flask,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(people_import, "AT_ONCE", 10)
    beat(session, NOW)
    session.commit()

    address = check(browser, GOOD).location
    assert "The file is being checked" in browser.get(address).text
    part = browser.get(address, headers={"HX-Request": "true"})
    assert "<h1" not in part.text

    with app.app_context():
        run_waiting_files(file_work(note_progress=False))
    assert browser.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert "The file is in order" in browser.get(address).text


def test_without_a_worker_a_large_file_is_worked_through_at_once(
    browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people_import, "AT_ONCE", 10)

    assert "The file is in order" in seen(browser, check(browser, GOOD))


def test_a_file_that_is_discarded_is_gone(browser: FlaskClient, session: Session) -> None:
    address = check(browser, GOOD).location
    assert "people.csv" in browser.get(ADDRESS).text

    browser.post(f"{address}/discard")

    assert browser.get(address).status_code == 404
    assert session.exec(select(RegistrantFileContent)).all() == []


def test_what_is_no_table_is_told_beside_the_field(browser: FlaskClient) -> None:
    for answer in (browser.post(ADDRESS, data={}), check(browser, b"\x1f\x8bxx")):
        assert answer.status_code == 422
        assert "field-error" in answer.text


def test_only_organisers_of_the_edition_bring_people_in(
    browser: FlaskClient, make: Factory, sign_in: Callable[[Account], FlaskClient]
) -> None:
    address = check(browser, GOOD).location
    make.edition(slug="other")
    # Another edition's address does not lead to this edition's file.
    assert browser.get(address.replace("demo", "other")).status_code == 404
    other = sign_in(make.account())
    assert other.get(address).status_code == 403
    assert other.post(f"{address}/take").status_code == 403
