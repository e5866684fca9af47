"""The organiser's whole way: from last year's edition to a schedule that was planned again.

One story, told twice: with a handful of people, and slowly with 600 of them, two days and 20
tables. The worker is a process of its own, the mail server a real one, and what came of each step
is read from the database or by other programs.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from app import create_app
from models import Edition, Meeting, Pairing, Participation, Profile, Round
from models.database import reading
from seed import DemoForum
from tests.e2e.hand import Hand
from tests.e2e.list_readers import READERS, Pairs
from tests.e2e.people_book import address, flawed_rows, write_book
from tests.e2e.running_worker import Inbox, mail_server, worker
from tests.e2e.test_desk import WIDE
from tests.e2e.test_main_job import password_of, sign_in
from web.config import Settings

pytestmark = [pytest.mark.browser]
LIVE = ("planned", "proposed", "accepted")
LAST_HOUR = 3
SIDES = {"left": "Europe", "right": "Korea"}
A_QUARTER_OF_AN_HOUR = 15 * 60


@dataclass(frozen=True)
class Size:
    """How large the edition of a story is; tables and hours leave a few pairs without a meeting."""

    people: int
    errors: int
    days: int
    until: str
    tables: int
    cancelled: int


SMALL = Size(people=24, errors=3, days=1, until="11:40", tables=4, cancelled=2)
LARGE = Size(people=600, errors=12, days=2, until="17:20", tables=20, cancelled=30)


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def app(engine: Engine, tmp_path: Path, inbox: Inbox) -> Iterator[Flask]:
    """Make the application as in service, beside its worker, with a mail server to send by."""
    with mail_server(inbox) as port:
        settings = Settings(
            instance_dir=tmp_path / "instance",
            database_url=engine.url.render_as_string(),
            mail_server="127.0.0.1",
            mail_port=port,
        )
        made = create_app(settings)
        with worker(settings):
            yield made


@dataclass
class Desk:
    """A hand at the desk of the new edition, and the database beside it, which is only read."""

    hand: Hand
    engine: Engine
    slug: str = ""

    def edition(self, session: Session) -> Edition:
        return session.exec(select(Edition).where(Edition.slug == self.slug)).one()

    def pairs(self, number: int) -> set[tuple[int, int]]:
        """Read the pairs of a round."""
        with reading(self.engine)() as session:
            query = select(Pairing.left_id, Pairing.right_id).join(Round)
            of = self.edition(session).id
            found = session.exec(query.where(Round.edition_id == of, Round.number == number))
            return {(left, right) for left, right in found}

    def round(self, number: int) -> Round:
        with reading(self.engine)() as session:
            of = self.edition(session).id
            query = select(Round).where(Round.edition_id == of, Round.number == number)
            return session.exec(query).one()

    def meetings(self) -> list[Meeting]:
        """Read the meetings that stand, in any state but a cancelled one."""
        with reading(self.engine)() as session:
            query = select(Meeting).where(
                Meeting.edition_id == self.edition(session).id, col(Meeting.state).in_(LIVE)
            )
            return list(session.exec(query))

    def people(self) -> dict[int, str]:
        """Read who takes part: their names by id."""
        with reading(self.engine)() as session:
            query = select(Profile.id, Profile.name).join(Participation)
            of = self.edition(session).id
            found = session.exec(query.where(Participation.edition_id == of))
            return dict(found.all())


def clone(desk: Desk, size: Size) -> None:
    hand = desk.hand
    hand.click(hand.page.get_by_role("link", name="Organise", exact=True))
    hand.go(re.compile("demo edition"))
    hand.go("Clone")
    desk.slug = hand.main.get_by_label("Short name").input_value()
    hand.press("Make the draft")
    hand.said("The edition is made")
    hand.stage("Rules", "Dates")
    hand.write("Hour", "18:00", LAST_HOUR)
    hand.press("Save")
    hand.said("Saved.")
    hand.go("Programme")
    first = date.fromisoformat(hand.main.get_by_label("Day", exact=True).first.input_value())
    for place in range(hand.main.get_by_label("Day", exact=True).count()):
        day, stays = first + timedelta(days=place), place < size.days
        hand.write("Day", day.isoformat() if stays else "", place)
        if stays:
            hand.write("From", "09:00", place)
            hand.write("Until", size.until, place)
            hand.write("Breaks", "12:00-13:00" if size.until > "13" else "", place)
    hand.write("Number of tables", str(size.tables))
    hand.press("Save")
    hand.said("Saved.")


def bring_people_in(desk: Desk, size: Size, folder: Path) -> None:
    """Have a file refused as a whole, by row and column, and the mended one taken in."""
    hand = desk.hand
    hand.stage("People", "From a file")
    hand.choose_file(write_book(folder / "people.xlsx", size.people, size.errors))
    hand.press("Check the file")
    hand.sees(f"There are {size.errors} problems in people.xlsx, and nothing was changed.")
    rows = hand.main.get_by_role("table", name="Problems in the file").locator("tbody tr")
    told = [rows.nth(place).locator("td").all_inner_texts() for place in range(rows.count())]
    flaws = flawed_rows(size.people, size.errors)
    assert [(int(row), column) for row, column, _ in told] == [
        (row, flaw.column) for row, flaw in flaws.items()
    ]
    for (*_, sentence), flaw in zip(told, flaws.values(), strict=True):
        assert flaw.said in sentence
    assert desk.people() == {}

    hand.choose_file(write_book(folder / "people.xlsx", size.people))
    hand.press("Check it again")
    hand.sees("Nothing has been changed yet.")
    assert desk.people() == {}
    hand.press("Bring them in")
    hand.sees(f"{size.people} people were taken in.")
    assert len(desk.people()) == size.people


def open_and_close(desk: Desk) -> None:
    hand = desk.hand
    hand.overview()
    hand.press("Open it")
    hand.said("The edition is open")
    hand.press("Close registration now")
    hand.said("Registration is closed")


def run(desk: Desk, number: int) -> None:
    """Start a round and watch it until the worker has paired everybody."""
    hand = desk.hand
    hand.stage("Run")
    hand.write("Most partners", "3")
    hand.press("Start the round")
    hand.sees("pairs with a total affinity of")
    paired = desk.round(number)
    assert paired.gap is not None
    assert paired.gap < 1e-6
    assert paired.seconds is not None
    assert paired.seconds < 10


def decide(desk: Desk) -> None:
    """Pin one pair of the round and one that it did not make, forbid another; pair again."""
    hand, people, before = desk.hand, desk.people(), desk.pairs(1)
    kept, forbidden = (_row(hand, place) for place in (0, 2))
    hand.press(_about("Pin", kept))
    hand.said("The two are pinned")
    hand.press(_about("Forbid", forbidden))
    hand.said("The pair is forbidden")
    stranger = _strangers(before, people)
    hand.stage("Rules", "Pins and forbidden pairs")
    for side, name in zip(("left", "right"), stranger, strict=True):
        hand.write(f"Somebody from {SIDES[side]}", name)
    hand.press("Find them")
    for name in stranger:
        hand.click(hand.main.get_by_role("radio", name=re.compile(rf"^{name}\b")))
    hand.press("Decide this")
    hand.said("The two are pinned")
    run(desk, 2)
    names = {(people[left], people[right]) for left, right in desk.pairs(2)}
    assert {kept, stranger} <= names
    assert forbidden not in names


def _about(label: str, names: tuple[str, str]) -> re.Pattern[str]:
    return re.compile(rf"^{label}\s*: {', '.join(names)}$")


def _row(hand: Hand, place: int) -> tuple[str, str]:
    """Read the two names in a row of the round's pairs."""
    row = hand.main.get_by_role("table", name="Pairs of this round").locator("tbody tr").nth(place)
    left, right = re.findall(r"Person \d+", row.locator("form").inner_text())[:2]
    return left, right


def _strangers(pairs: set[tuple[int, int]], people: dict[int, str]) -> tuple[str, str]:
    """Find two whom the round did not bring together."""
    lefts, rights = ({pair[place] for pair in pairs} for place in (0, 1))
    return next(
        (people[left], people[right])
        for left in sorted(lefts)
        for right in sorted(rights)
        if (left, right) not in pairs
    )


def schedule(desk: Desk, size: Size) -> None:
    hand, pairs = desk.hand, desk.pairs(2)
    hand.stage("Schedule")
    hand.press("Plan the meetings of round 2")
    hand.said("Nobody is told before you announce them.")
    days = hand.main.get_by_role("navigation", name="Days").get_by_role("link")
    expect(days).to_have_count(size.days)
    meetings = desk.meetings()
    assert {(one.left_id, one.right_id) for one in meetings} <= pairs
    nobody_in_two_places(meetings, size)
    hand.go("Pairs without a meeting")
    hand.sees(f"{len(pairs) - len(meetings)} pairs have no meeting.")


def nobody_in_two_places(meetings: list[Meeting], size: Size) -> None:
    """Count who sits where when, whatever planned it."""
    seats = Counter((who, one.starts_at) for one in meetings for who in (one.left_id, one.right_id))
    tables = Counter((one.table_number, one.starts_at) for one in meetings)
    assert set(seats.values()) == set(tables.values()) == {1}
    assert {one.table_number for one in meetings} <= set(range(1, size.tables + 1))
    assert len({one.starts_at.date() for one in meetings}) == size.days
    assert len({one.ends_at - one.starts_at for one in meetings}) == 1


def publish(desk: Desk) -> None:
    hand = desk.hand
    hand.stage("Publish")
    hand.press("Publish this round")
    hand.said("Round 2 is published")
    hand.stage("Schedule")
    hand.go("Announce the planned meetings")
    hand.press(re.compile("^Announce .* meetings$"))
    hand.said("are announced")


def take_lists_home(desk: Desk) -> None:
    """Each of the five files is opened by another program, and tells the published pairs."""
    hand, people = desk.hand, desk.people()
    pairs = {(people[left], people[right]) for left, right in desk.pairs(2)}
    met = {(people[one.left_id], people[one.right_id]) for one in desk.meetings()}
    hand.stage("Publish", "Match list")
    found: dict[str, Pairs] = {}
    for label, read in READERS.items():
        with hand.page.expect_download() as download:
            hand.go(label)
        found[label] = read(Path(download.value.path()).read_bytes())
    assert found == {label: met if "ICS" in label else pairs for label in READERS}


def mail_everybody(desk: Desk, size: Size, inbox: Inbox) -> None:
    hand = desk.hand
    hand.overview("Mailings")
    hand.go("Your matches are published")
    subjects = [
        hand.main.get_by_label(f"Subject in {language}").input_value().partition("}")[2]
        for language in ("English", "Korean")
    ]
    hand.press("Save, and see it")
    hand.press(f"Send it to {size.people} people")
    hand.sees(f"{size.people} people have got it.")
    assert inbox.about(*subjects) == {address(one): 1 for one in range(size.people)}


def cancel(desk: Desk, size: Size) -> set[int]:
    """Take people out, ticked one by one; gives who is gone."""
    hand, before = desk.hand, desk.people()
    hand.stage("People")
    for place in range(size.cancelled):
        hand.click(hand.main.get_by_role("checkbox", name="Choose Person").nth(place))
    hand.press("Take them out")
    hand.sees(f"Take {size.cancelled} people out?")
    hand.press("Take them out")
    hand.said(f"{size.cancelled} people are taken out.")
    gone = set(before) - set(desk.people())
    assert len(gone) == size.cancelled
    return gone


def plan_again(desk: Desk, size: Size, gone: set[int]) -> None:
    """Do what the page says would be done: so many stay, move, go and come."""
    hand = desk.hand
    before = {one.id: (one.starts_at, one.table_number) for one in desk.meetings()}
    hand.stage("Schedule", "Plan again")
    told = {
        term: hand.figure(term)
        for term in ("Stay where they are", "Move", "Go", "Are planned anew")
    }
    hand.press("Do this")
    hand.said("Done.")
    meetings = desk.meetings()
    after = {one.id: (one.starts_at, one.table_number) for one in meetings}
    both = before.keys() & after.keys()
    assert told == {
        "Stay where they are": sum(before[one] == after[one] for one in both),
        "Move": sum(before[one] != after[one] for one in both),
        "Go": len(before.keys() - after.keys()),
        "Are planned anew": len(after.keys() - before.keys()),
    }
    assert told["Are planned anew"] > 0
    assert told["Move"] <= size.cancelled
    assert not any(one.left_id in gone or one.right_id in gone for one in meetings)
    nobody_in_two_places(meetings, size)


def tell(desk: Desk, size: Size, inbox: Inbox, folder: Path) -> None:
    clone(desk, size)
    bring_people_in(desk, size, folder)
    open_and_close(desk)
    run(desk, 1)
    decide(desk)
    schedule(desk, size)
    publish(desk)
    take_lists_home(desk)
    mail_everybody(desk, size, inbox)
    gone = cancel(desk, size)
    plan_again(desk, size, gone)
    assert desk.hand.seconds < A_QUARTER_OF_AN_HOUR


@WIDE
def test_the_desk_from_a_clone_to_a_schedule_that_is_planned_again(
    page: Page, engine: Engine, forum: DemoForum, inbox: Inbox, tmp_path: Path
) -> None:
    sign_in(page, *password_of(forum, "organiser"))
    tell(Desk(Hand(page), engine), SMALL, inbox, tmp_path)


@WIDE
@pytest.mark.slow
def test_the_desk_with_600_people_two_days_and_20_tables(
    page: Page, engine: Engine, forum: DemoForum, inbox: Inbox, tmp_path: Path
) -> None:
    sign_in(page, *password_of(forum, "organiser"))
    tell(Desk(Hand(page), engine), LARGE, inbox, tmp_path)
