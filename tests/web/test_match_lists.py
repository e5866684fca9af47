"""An organiser takes a round's match list home, in every format and with the columns they chose."""

import csv
import io
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import Account, AccountRole, AuditEntry, Edition, Meeting, Pairing, Profile, Round
from models.database import make_sessions
from tests.factories import Factory
from tests.services.round_example import forum, run

SignIn = Callable[[Account], FlaskClient]
EVIL = "=cmd|' /C calc'!A0"
PAGE = "/organise/jeju/rounds/1/match-list"
KINDS = ("csv", "xlsx", "json", "pdf", "ics")


@pytest.fixture
def edition(make: Factory, engine: Engine, session: Session, now: datetime) -> Edition:
    """Make a finished round of three pairs, with a bad name, a tab and Korean in it."""
    edition, left, right = forum(make)
    left[0].name, left[1].organisation_name = EVIL, "\tTab & Co"
    right[0].name_native, right[0].email = "김서연", "kim@kaist.example"
    session.add_all([*left, *right])
    session.commit()
    run(session, make_sessions(engine), edition, now)
    session.commit()
    return edition


@pytest.fixture
def organiser(sign_in: SignIn, make: Factory) -> FlaskClient:
    return sign_in(make.account("organiser"))


@pytest.fixture
def scheduled(session: Session, edition: Edition, now: datetime) -> Edition:
    """Give every pair a meeting, the first of them agreed."""
    for number, pair in enumerate(session.exec(select(Pairing).order_by("id"))):
        start = edition.starts_at + number * timedelta(minutes=20)
        row = Meeting(
            uid=f"meeting-{number}",
            edition_id=edition.id,
            round_id=pair.round_id,
            left_id=pair.left_id,
            right_id=pair.right_id,
            starts_at=start,
            ends_at=start + timedelta(minutes=20),
            state="proposed" if number else "accepted",
            table_number=None if number else 7,
            created_at=now,
            changed_at=now,
        )
        session.add(row)
    session.commit()
    return edition


def fetch(client: FlaskClient, kind: str) -> bytes:
    answer = client.get(f"{PAGE}.{kind}")
    assert answer.status_code == 200
    name = f'attachment; filename="ieum-jeju-round-1.{kind}"'
    assert answer.headers["Content-Disposition"] == name
    data: bytes = answer.data
    return data


def as_csv(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def as_sheet(data: bytes) -> list[dict[str, Any]]:
    rows = load_workbook(io.BytesIO(data)).worksheets[0].iter_rows()
    names = [str(cell.value) for cell in next(rows)]
    return [dict(zip(names, [cell.value for cell in row], strict=True)) for row in rows]


def audited(session: Session) -> list[AuditEntry]:
    found = list(session.exec(select(AuditEntry)))
    session.expunge_all()
    session.commit()
    return found


def in_database(session: Session) -> list[tuple[str, str, float]]:
    people = {one.id: one.source_key for one in session.exec(select(Profile))}
    pairs = session.exec(select(Pairing)).all()
    found = [(people[p.left_id], people[p.right_id], round(p.score, 6)) for p in pairs]
    session.commit()
    return sorted(found)


def test_csv_and_workbook_hold_the_pairs_of_the_database(
    organiser: FlaskClient, edition: Edition, session: Session
) -> None:
    known = in_database(session)
    table = as_csv(fetch(organiser, "csv"))
    sheet = as_sheet(fetch(organiser, "xlsx"))
    assert [(r["left_id"], r["right_id"], float(r["score"])) for r in table] == known
    assert [(r["left_id"], r["right_id"], r["score"]) for r in sheet] == known
    assert table[0].keys() == sheet[0].keys()


def test_json_holds_the_edition_the_round_and_the_pairs(
    organiser: FlaskClient, edition: Edition, session: Session
) -> None:
    whole = json.loads(fetch(organiser, "json"))
    assert (whole["edition"], whole["round"]) == ("jeju", 1)
    pairs = [(p["left"]["id"], p["right"]["id"], p["score"]) for p in whole["pairs"]]
    assert pairs == in_database(session)


def test_bad_names_tabs_and_korean_come_out_harmless_and_whole(
    organiser: FlaskClient, edition: Edition
) -> None:
    table = as_csv(fetch(organiser, "csv"))
    assert (table[0]["left_name"], table[1]["left_organisation"]) == ("'" + EVIL, "'\tTab & Co")
    sheet = as_sheet(fetch(organiser, "xlsx"))
    assert (sheet[0]["left_name"], sheet[1]["left_organisation"]) == (EVIL, "\tTab & Co")
    assert {row["right_name_native"] for row in (*table, *sheet)} == {"", None, "김서연"}
    reader = PdfReader(io.BytesIO(fetch(organiser, "pdf")))
    said = " ".join(page.extract_text() for page in reader.pages)
    assert EVIL in said
    assert "김서연" in said
    assert "Tab & Co" in said


def test_the_calendar_has_every_meeting_of_the_round(
    organiser: FlaskClient, scheduled: Edition, session: Session
) -> None:
    events = Calendar.from_ical(fetch(organiser, "ics").decode()).walk("VEVENT")
    known = session.exec(select(Meeting).order_by("id")).all()
    assert [event["UID"] for event in events] == [f"{one.uid}-list@ieum" for one in known]
    assert [event.decoded("DTSTART") for event in events] == [one.starts_at for one in known]
    assert [event["STATUS"] for event in events] == ["CONFIRMED", "TENTATIVE", "TENTATIVE"]
    assert events[0]["LOCATION"] == "Table 7"
    assert "in Brussels" in str(events[0]["DESCRIPTION"])
    assert "in Seoul" in str(events[0]["DESCRIPTION"])


def test_the_lists_tell_when_a_pair_meets_on_both_clocks(
    organiser: FlaskClient, scheduled: Edition
) -> None:
    agreed = next(r for r in as_sheet(fetch(organiser, "xlsx")) if r["meeting_table"] == 7)
    assert agreed["meeting_state"] == "accepted"
    assert agreed["meeting_start_left"] == datetime(2026, 12, 23, 10, 0)
    assert agreed["meeting_start_right"] == datetime(2026, 12, 23, 18, 0)
    reader = PdfReader(io.BytesIO(fetch(organiser, "pdf")))
    said = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    assert "10:00 in Brussels" in said
    assert "18:00 in Seoul" in said


def test_without_a_schedule_the_page_says_what_to_do(
    organiser: FlaskClient, edition: Edition
) -> None:
    answer = organiser.get(f"{PAGE}.ics", follow_redirects=True)
    assert answer.request.path == PAGE
    assert "No pair of this round has a meeting yet." in answer.text
    assert 'href="/organise/jeju/rounds/1/meetings"' in answer.text
    assert "match-list.ics" not in answer.text


def test_the_round_s_page_has_every_format_one_press_away(
    organiser: FlaskClient, scheduled: Edition
) -> None:
    page = organiser.get("/organise/jeju/rounds/1").text
    for kind in KINDS:
        assert f'href="{PAGE}.{kind}" download' in page
    assert f'href="{PAGE}"' in page


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_round_gives_the_same_bytes(
    organiser: FlaskClient, scheduled: Edition, kind: str
) -> None:
    assert fetch(organiser, kind) == fetch(organiser, kind)


def test_chosen_columns_are_ticked_again_and_hold_for_the_next_list(
    organiser: FlaskClient, edition: Edition
) -> None:
    kept = organiser.post(PAGE, data={"columns": ["topics", "name"]}, follow_redirects=True)
    assert "Your lists of this edition have these columns from now on." in kept.text
    assert kept.text.count(" checked") == 2
    assert list(as_csv(fetch(organiser, "csv"))[0]) == [
        *("edition", "round", "left_name", "left_topics", "right_name", "right_topics")
    ]


def test_a_column_that_there_is_not_is_refused(organiser: FlaskClient, edition: Edition) -> None:
    assert organiser.post(PAGE, data={"columns": ["phone"]}).status_code == 422


def test_addresses_are_taken_by_a_button_that_is_written_down(
    organiser: FlaskClient, edition: Edition, session: Session
) -> None:
    organiser.post(PAGE, data={"columns": ["name", "email"]})
    assert "right_email" not in as_csv(fetch(organiser, "csv"))[0]
    assert audited(session) == []
    answer = organiser.post(f"{PAGE}.csv")
    assert {row["right_email"] for row in as_csv(answer.data)} == {"", "kim@kaist.example"}
    (entry,) = audited(session)
    assert (entry.act, entry.subject) == ("exported", "round")
    assert entry.after == {"format": "csv", "columns": ["name", "email"]}
    assert "kim" not in str(entry.after)
    assert f'action="{PAGE}.csv"' in organiser.get(PAGE).text


def test_who_withdraws_is_gone_from_the_next_file(
    organiser: FlaskClient, edition: Edition, session: Session, make: Factory
) -> None:
    person = session.exec(select(Profile).where(Profile.source_key == "kr-0")).one()
    person.account_id = make.account().id
    session.add(person)
    session.commit()
    assert len(as_csv(fetch(organiser, "csv"))) == 2
    assert "1 pair is left out" in organiser.get(PAGE).text


def test_a_list_that_is_not_ready_leads_to_the_round(
    organiser: FlaskClient, edition: Edition, session: Session, now: datetime
) -> None:
    session.add(Round(edition_id=edition.id, number=2, state="running", created_at=now))
    session.commit()
    for address in (PAGE, f"{PAGE}.csv"):
        answer = organiser.get(address.replace("rounds/1", "rounds/2"))
        assert answer.location == "/organise/jeju/rounds/2"


def test_an_organiser_of_another_edition_gets_nothing(
    sign_in: SignIn, make: Factory, session: Session, edition: Edition
) -> None:
    account = make.account()
    other = make.edition()
    session.add(AccountRole(account_id=account.id, role="organiser", edition_id=other.id))
    session.commit()
    stranger = sign_in(account)
    assert stranger.get(f"{PAGE}.csv").status_code == 403
    assert stranger.post(f"{PAGE}.csv").status_code == 403


def test_in_korean_pdf_and_page_speak_korean(organiser: FlaskClient, scheduled: Edition) -> None:
    korean = {"Accept-Language": "ko"}
    reader = PdfReader(io.BytesIO(organiser.get(f"{PAGE}.pdf", headers=korean).data))
    assert str(reader.root_object["/Lang"]) == "ko"
    assert "유럽" in reader.pages[0].extract_text()
    assert "매칭 목록" in organiser.get(PAGE, headers=korean).text
