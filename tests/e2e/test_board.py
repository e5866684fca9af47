"""The board of meetings by hand: dragged, moved by keyboard, moved without scripts, refused."""

from datetime import datetime

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import Meeting
from models.database import reading
from seed import DemoForum
from tests.e2e.accessibility import violations
from tests.e2e.board_life import plan_three_meetings
from tests.e2e.test_main_job import password_of, sign_in

pytestmark = [pytest.mark.browser]
BOARD = "/organise/demo/schedule"
# High enough that both ends of a drag are in sight.
HIGH = pytest.mark.parametrize("page", [(1280, 1400)], indirect=True, ids=["high"])


@pytest.fixture
def meetings(session: Session) -> tuple[Meeting, Meeting]:
    """Plan a board; gives the two meetings of one person, in different slots."""
    one = plan_three_meetings(session)[0].id
    found = session.exec(select(Meeting).where(Meeting.left_id == one).order_by("starts_at")).all()
    session.commit()
    first, second = found
    assert first.starts_at != second.starts_at
    return first, second


def on_board(page: Page, meeting: Meeting) -> Locator:
    return page.locator(f"#m{meeting.id}")


def free_cell(page: Page, start: datetime, table: int) -> Locator:
    return page.locator(f"td[data-start='{start.isoformat()}'][data-table='{table}']")


def place_of(engine: Engine, meeting: Meeting) -> tuple[datetime, int | None]:
    with reading(engine)() as session:
        row = session.get_one(Meeting, meeting.id)
        return row.starts_at, row.table_number


@HIGH
def test_a_meeting_is_dragged_to_another_table_and_back_by_undo(
    page: Page, engine: Engine, forum: DemoForum, meetings: tuple[Meeting, Meeting]
) -> None:
    first, _second = meetings
    before = place_of(engine, first)
    sign_in(page, *password_of(forum, "organiser"))
    page.goto(BOARD)
    assert violations(page) == []
    on_board(page, first).drag_to(free_cell(page, first.starts_at, 7))
    expect(page.get_by_role("status").get_by_text("Moved.")).to_be_visible()
    assert place_of(engine, first) == (first.starts_at, 7)

    page.get_by_role("button", name="Undo").click()
    expect(on_board(page, first)).to_be_visible()
    assert place_of(engine, first) == before


@HIGH
def test_a_meeting_dragged_to_where_somebody_is_busy_stays_and_it_says_who(
    page: Page, engine: Engine, forum: DemoForum, meetings: tuple[Meeting, Meeting]
) -> None:
    first, second = meetings
    before = place_of(engine, first)
    sign_in(page, *password_of(forum, "organiser"))
    page.goto(BOARD)
    name = on_board(page, first).locator(".board-who").first.inner_text()
    on_board(page, first).drag_to(free_cell(page, second.starts_at, 7))
    refusal = page.get_by_role("status").get_by_text("The meeting stays where it is.")
    expect(refusal).to_contain_text(name)
    assert place_of(engine, first) == before


def test_a_meeting_is_moved_by_keyboard(
    page: Page, engine: Engine, forum: DemoForum, meetings: tuple[Meeting, Meeting]
) -> None:
    """The slot in which the person is busy cannot be chosen, and says why."""
    first, second = meetings
    sign_in(page, *password_of(forum, "organiser"))
    page.goto(BOARD)
    on_board(page, first).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Move the meeting")).to_be_visible()
    assert violations(page) == []
    busy = page.locator(f"input[name=start][value='{second.starts_at.isoformat()}']")
    expect(busy).to_be_disabled()
    page.locator("input[name=start]:checked").focus()
    page.keyboard.press("ArrowDown")
    chosen = datetime.fromisoformat(page.locator("input[name=start]:checked").input_value())
    assert chosen not in (first.starts_at, second.starts_at)
    page.get_by_role("textbox", name="Table").focus()
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").get_by_text("Moved.")).to_be_visible()
    assert place_of(engine, first) == (chosen, 5)


def test_a_meeting_is_moved_without_scripts(
    browser: Browser, site: str, engine: Engine, forum: DemoForum, meetings: tuple[Meeting, Meeting]
) -> None:
    first, _second = meetings
    context = browser.new_context(
        base_url=site, viewport={"width": 390, "height": 844}, java_script_enabled=False
    )
    page = context.new_page()
    sign_in(page, *password_of(forum, "organiser"))
    page.goto(BOARD)
    on_board(page, first).click()
    page.get_by_role("textbox", name="Table").fill("9")
    page.get_by_role("button", name="Move the meeting").click()
    expect(page.get_by_role("status").get_by_text("Moved.")).to_be_visible()
    assert place_of(engine, first) == (first.starts_at, 9)
    context.close()
