"""The schedule as a PDF: a page for each person, each table of a day, or each day."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from flask import current_app
from sqlmodel import Session

from matchmaking.free_time import Span
from models import Edition
from services.programme import programme_of
from services.schedule_sheets import SheetMeeting, all_meetings, people_with_sheets, person_sheets
from web.board_page import day_of
from web.locale import speaking
from web.sheet_pdf import many_pages_pdf

Progress = Callable[[int, int], None]
_AT_ONCE = 20


def read_sheets(session: Session, edition: Edition, kind: str) -> Sequence[Any]:
    """Read what stands on the sheets for people, tables or days."""
    if kind == "people":
        return person_sheets(session, edition, people_with_sheets(session, edition))
    meetings = all_meetings(session, edition)
    return list(_by_table(edition, meetings) if kind == "tables" else _by_day(edition, meetings))


def sheets_pdf(
    edition: Edition,
    kind: str,
    sheets: Sequence[Any],
    language: str,
    progress: Progress = lambda _done, _of: None,
) -> bytes:
    """Write sheets of one kind as a PDF, some at a time.

    Parameters
    ----------
    progress
        Is told how many of how many sheets are made.

    Raises
    ------
    PdfToolMissing
    """
    static = Path(str(current_app.static_folder))
    parts: list[str] = []
    template = current_app.jinja_env.get_template(f"sheets/schedule_{kind}.html")
    # Without any, one page says so.
    for start in range(0, max(len(sheets), 1), _AT_ONCE):
        with speaking(language):
            some = sheets[start : start + _AT_ONCE]
            parts.append(template.render(edition=edition, sheets=some, language=language))
    count = len(sheets)
    return many_pages_pdf(parts, static, lambda done: progress(min(done * _AT_ONCE, count), count))


def _by_table(
    edition: Edition, meetings: Sequence[SheetMeeting]
) -> Iterator[tuple[int, date, list[SheetMeeting]]]:
    """Give each table's meetings of each day; a table that nobody sits at has no sheet."""
    found: dict[tuple[int, date], list[SheetMeeting]] = {}
    for one in meetings:
        if one.table is not None:
            found.setdefault((one.table, day_of(edition, one.start)), []).append(one)
    for (table, day), some in sorted(found.items(), key=lambda item: item[0]):
        yield table, day, some


def _by_day(
    edition: Edition, meetings: Sequence[SheetMeeting]
) -> Iterator[tuple[date, list[tuple[Span, list[SheetMeeting]]]]]:
    """Give each day's slots with who meets in them."""
    days: dict[date, dict[Span, list[SheetMeeting]]] = {}
    for slot in programme_of(edition).slots:
        days.setdefault(day_of(edition, slot.start), {}).setdefault(slot, [])
    for one in meetings:
        slot = Span(one.start, one.end)
        days.setdefault(day_of(edition, one.start), {}).setdefault(slot, []).append(one)
    for day, slots in sorted(days.items()):
        yield day, [(slot, some) for slot, some in sorted(slots.items()) if some]
