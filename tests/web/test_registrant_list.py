"""The list of participants: in the columns of an import, complete enough to be brought in again."""

import csv
import io
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlmodel import Session, select

from models import Account, AuditEntry, Edition, Profile
from services.imports_files import profile_rows
from services.imports_profiles import import_profiles
from services.visibility_parts import set_levels
from tests.factories import Factory

SignIn = Callable[[Account], FlaskClient]
PAGE = "/editions/jeju/people/list"
FIRST = (
    {
        "id": "a",
        "name": "=cmd|' /C calc'!A0",
        "email": "a@tud.example",
        "country": "DE",
        "organisation": "TU Dresden",
        "career_stage": "postdoc",
        "fields": ["quantum"],
        "topics": ["FeFET", "스핀"],
        "research": "- one\n- two; =three",
        "offers": ["a clean room"],
        "needs": ["a; b", "c"],
        "publications": [{"title": "한글 논문; 하나", "year": 2024, "authors": ["Kim"]}],
        "least_partners": 1,
        "exclude": ["b"],
    },
    {"id": "b", "name": "Kim Seo-yeon", "name_native": "김서연", "country": "KR"},
)


@pytest.fixture
def edition(make: Factory, session: Session, tmp_path: Path, now: datetime) -> Edition:
    """Make an edition with two people of a file and one who joined by themselves."""
    edition = make.edition(slug="jeju")
    make.field("quantum")
    lines = "\n".join(json.dumps(one) for one in FIRST)
    bring(session, edition, lines.encode(), tmp_path / "first.jsonl", now)
    account = make.account()
    given = {"account_id": account.id, "email": "own@example.org", "research": "Mine."}
    make.profile(edition, source_key="own", **given)
    return edition


def bring(session: Session, edition: Edition, data: bytes, path: Path, now: datetime) -> list[int]:
    path.write_bytes(data)
    rows = profile_rows(path)
    report = import_profiles(session, rows, source="jeju", now=now, edition=edition)
    session.commit()
    assert report.errors == ()
    return [report.added, report.updated, report.unchanged]


@pytest.fixture
def organiser(sign_in: SignIn, make: Factory) -> FlaskClient:
    return sign_in(make.account("organiser"))


def take(client: FlaskClient, kind: str = "csv", **given: str) -> bytes:
    answer = client.post(PAGE, data={"who": "", "kind": kind} | given)
    assert answer.status_code == 200
    name = f'attachment; filename="ieum-jeju-people.{kind}"'
    assert answer.headers["Content-Disposition"] == name
    data: bytes = answer.data
    return data


def people(data: bytes) -> dict[str, dict[str, str]]:
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return {row["id"]: row for row in rows}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_list_that_is_brought_in_again_changes_nothing(
    organiser: FlaskClient,
    edition: Edition,
    session: Session,
    tmp_path: Path,
    now: datetime,
    kind: str,
) -> None:
    data = take(organiser, kind, who="jeju", addresses="yes")
    assert bring(session, edition, data, tmp_path / f"again.{kind}", now) == [0, 0, 2]


def test_everybody_stands_in_it_with_what_they_show(
    organiser: FlaskClient, edition: Edition, session: Session
) -> None:
    found = people(take(organiser))
    assert set(found) == {"a", "b", "own"}
    assert (found["own"]["research"], found["b"]["name_native"]) == ("Mine.", "김서연")
    own = session.exec(select(Profile).where(Profile.source_key == "own")).one()
    set_levels(session, own, {"research": "nobody"})
    session.commit()
    assert people(take(organiser))["own"]["research"] == ""


def test_bad_names_come_out_harmless(organiser: FlaskClient, edition: Edition) -> None:
    assert people(take(organiser))["a"]["name"] == "'=cmd|' /C calc'!A0"
    sheet = load_workbook(io.BytesIO(take(organiser, "xlsx"))).worksheets[0]
    assert ("=cmd|' /C calc'!A0", "s") in {(cell.value, cell.data_type) for cell in sheet["B"]}


def test_addresses_are_those_of_who_agreed_and_taking_them_is_written_down(
    organiser: FlaskClient, edition: Edition, session: Session
) -> None:
    assert "email" not in people(take(organiser))["a"]
    found = people(take(organiser, addresses="yes"))
    assert (found["a"]["email"], found["own"]["email"]) == ("a@tud.example", "")
    entry = session.exec(select(AuditEntry)).one()
    assert (entry.act, entry.subject, entry.subject_id) == ("exported", "edition", edition.id)
    assert entry.after["format"] == "csv"


def test_gender_and_exclusions_stand_in_no_list(organiser: FlaskClient, edition: Edition) -> None:
    assert not {"gender", "exclude"} & set(people(take(organiser, addresses="yes"))["a"])


def test_the_page_offers_each_file_and_is_led_to_from_the_participants(
    organiser: FlaskClient, edition: Edition
) -> None:
    assert "From the file “jeju”, not confirmed yet" in organiser.get(PAGE).text
    assert f'href="{PAGE}"' in organiser.get("/editions/jeju/people").text


def test_a_text_that_no_cell_holds_leads_to_the_csv(
    organiser: FlaskClient, edition: Edition, session: Session
) -> None:
    own = session.exec(select(Profile).where(Profile.source_key == "own")).one()
    own.research = "가" * 40_000
    session.add(own)
    session.commit()
    answer = organiser.post(PAGE, data={"who": "", "kind": "xlsx"}, follow_redirects=True)
    assert "research in row" in answer.text
    assert len(people(take(organiser))["own"]["research"]) == 40_000


def test_a_file_that_there_is_not_is_refused(organiser: FlaskClient, edition: Edition) -> None:
    assert organiser.post(PAGE, data={"who": "other", "kind": "csv"}).status_code == 422
