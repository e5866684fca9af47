"""The board on the pages: planned, moved by a plain form, undone, announced, planned again."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, col, select

from models import Account, Mail, Meeting, Profile
from tests.conftest import Queries
from tests.factories import Factory
from tests.services.meeting_example import MeetingExample, meeting_example
from tests.services.test_board import people
from tests.services.test_round_schedule import busy, done_round

SignIn = Callable[[Account], FlaskClient]
Counting = Callable[[], AbstractContextManager[Queries]]


@pytest.fixture
def example(make: Factory) -> MeetingExample:
    return meeting_example(make)


@pytest.fixture
def organiser(sign_in: SignIn, make: Factory) -> FlaskClient:
    return sign_in(make.account("organiser"))


def address(example: MeetingExample, part: str = "") -> str:
    return f"/organise/{example.edition.slug}/schedule{part}"


def plan(organiser: FlaskClient, example: MeetingExample, *pairs: tuple[Profile, Profile]) -> int:
    """Plan the meetings of a round; gives the number of the first."""
    done_round(example, *pairs)
    text = organiser.post(address(example, "/plan"), follow_redirects=True).text
    assert "planned. Nobody is told before you announce" in text
    number = example.make.session.exec(select(Meeting.id).order_by(col(Meeting.id))).first()
    example.make.session.commit()
    assert number is not None
    return number


def move(
    organiser: FlaskClient, example: MeetingExample, number: int, slot: int, seen: int = 0
) -> str:
    return organiser.post(
        address(example, f"/meetings/{number}/move"),
        data={"start": example.slot(slot).isoformat(), "table": "2", "seen": str(seen)},
        follow_redirects=True,
    ).text


def test_an_edition_without_a_programme_or_a_round_says_what_is_missing(
    organiser: FlaskClient, example: MeetingExample, make: Factory
) -> None:
    bare = make.edition()
    assert "No slots yet" in organiser.get(f"/organise/{bare.slug}/schedule").text
    assert "There is no finished round yet." in organiser.get(address(example)).text
    assert organiser.get(address(example, "/unplaced")).status_code == 404


def test_the_board_shows_slots_tables_and_both_clocks(
    organiser: FlaskClient, example: MeetingExample
) -> None:
    left, right = people(example)
    plan(organiser, example, (left, right))

    text = organiser.get(address(example)).text

    assert left.name in text
    assert right.name in text
    assert "1 meeting is planned, 0 are proposed, 0 are agreed." in text
    assert re.search(r"10:00</time> <span class=\"board-theirs\">18:00", text)
    assert text.count("data-table=") == 7  # of 4 slots and 2 tables, those that are free


def test_a_meeting_is_moved_by_a_plain_form_and_that_is_undone(
    organiser: FlaskClient, example: MeetingExample, session: Session
) -> None:
    number = plan(organiser, example, people(example))
    page = organiser.get(address(example, f"/meetings/{number}")).text
    assert "2 tables are free" in page
    assert 'name="seen" value="0"' in page

    text = move(organiser, example, number, 2)

    assert "Moved." in text
    row = session.get_one(Meeting, number)
    assert (row.starts_at, row.table_number) == (example.slot(2), 2)
    session.commit()
    fields = dict(re.findall(r'name="(start|seen|table)" value="([^"]+)"', text.split("Undo")[0]))
    organiser.post(address(example, f"/meetings/{number}/move"), data=fields)
    session.expire_all()
    assert session.get_one(Meeting, number).starts_at == example.slot(0)


def test_what_is_in_the_way_is_said_and_nothing_moves(
    organiser: FlaskClient, example: MeetingExample, session: Session
) -> None:
    left, right = people(example)
    number = plan(organiser, example, (left, right))
    busy(example, right, 1, 1)

    assert (
        f"{right.name} said that they are busy then."
        in organiser.get(address(example, f"/meetings/{number}")).text
    )
    text = move(organiser, example, number, 1)
    assert "The meeting stays where it is." in text
    assert f"{right.name} said that they are busy then." in text
    assert "The board has changed in the meantime" in move(organiser, example, number, 2, 7)
    bad = organiser.post(
        address(example, f"/meetings/{number}/move"), data={"start": "soon"}, follow_redirects=True
    )
    assert "The board has changed in the meantime" in bad.text
    assert session.get_one(Meeting, number).starts_at == example.slot(0)


def test_announcing_asks_first_and_then_writes_to_both(
    organiser: FlaskClient, example: MeetingExample, session: Session
) -> None:
    plan(organiser, example, people(example))
    page = organiser.get(address(example, "/announce")).text
    assert "Announce 1 meeting" in page
    assert "The round behind them is not published" in page
    assert session.exec(select(Mail)).all() == []
    session.commit()

    text = organiser.post(address(example, "/announce"), follow_redirects=True).text

    assert "1 meeting is announced." in text
    assert len(session.exec(select(Mail)).all()) == 2


def test_taking_off_and_clearing(
    organiser: FlaskClient, example: MeetingExample, session: Session
) -> None:
    number = plan(organiser, example, people(example), people(example))
    text = organiser.post(
        address(example, f"/meetings/{number}/remove"), follow_redirects=True
    ).text
    assert "Nobody had been told of it." in text
    text = organiser.post(address(example, "/clear"), follow_redirects=True).text
    assert "1 planned meeting was taken off the board." in text
    assert session.exec(select(Meeting)).all() == []


def test_a_pair_without_a_meeting_is_placed_by_hand(
    organiser: FlaskClient, example: MeetingExample, session: Session
) -> None:
    left, right = people(example)
    number = plan(organiser, example, (left, right))
    organiser.post(address(example, f"/meetings/{number}/remove"))

    text = organiser.get(address(example, "/unplaced")).text
    assert "There is a slot and a table for them." in text
    page = address(example, f"/pairs/{left.id}/{right.id}")
    assert organiser.get(address(example, f"/pairs/{right.id}/{left.id}")).status_code == 404
    assert "Plan this meeting" in organiser.get(page).text
    start = example.slot(3).isoformat()
    text = organiser.post(page, data={"start": start}, follow_redirects=True).text
    assert "The meeting is planned." in text
    assert "Every pair has a meeting" in organiser.get(address(example, "/unplaced")).text
    assert session.exec(select(Meeting.starts_at)).one() == example.slot(3)


def test_planning_again_shows_first_and_does_only_that(
    organiser: FlaskClient, example: MeetingExample, session: Session
) -> None:
    left, right = people(example)
    plan(organiser, example, (left, right))
    assert "Nothing would change" in organiser.get(address(example, "/replan")).text
    busy(example, left, 0, 0)

    text = organiser.get(address(example, "/replan")).text
    assert "It is proven that no fewer meetings could move." in text
    found = re.search(r'name="digest" value="(\w+)"', text)
    assert found is not None
    assert (
        "The board has changed in the meantime"
        in organiser.post(
            address(example, "/replan"), data={"digest": "other"}, follow_redirects=True
        ).text
    )
    text = organiser.post(
        address(example, "/replan"), data={"digest": found[1]}, follow_redirects=True
    ).text
    assert "Done." in text
    assert session.exec(select(Meeting.starts_at)).one() == example.slot(1)


def test_without_tables_the_board_is_a_list(
    organiser: FlaskClient, make: Factory, session: Session
) -> None:
    example = meeting_example(make, tables=None)
    left, right = people(example)
    plan(organiser, example, (left, right))
    text = organiser.get(address(example)).text
    assert 'class="board-list"' in text
    assert left.name in text
    row = session.exec(select(Meeting)).one()
    assert row.table_number is None


@pytest.mark.parametrize("size", [1, 4])
def test_the_board_takes_the_same_queries_for_1_and_for_8_meetings(
    organiser: FlaskClient, example: MeetingExample, count_queries: Counting, size: int
) -> None:
    lefts = [example.person("DE") for _ in range(size)]
    rights = [example.person("KR") for _ in range(size)]
    plan(organiser, example, *((one, other) for one in lefts for other in rights))
    organiser.get(address(example))
    with count_queries() as queries:
        assert organiser.get(address(example)).status_code == 200
    assert queries.total == 14
