"""Making an edition after an earlier one: everything but its people, rounds and calls."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from matchmaking.free_time import Span
from models import Edition, EditionCountry, EditionField
from services.edition_dates import ORDER, moved
from services.edition_founding import LONGEST_SLUG, Naming, check_naming, hand_over
from services.editions import edition_fields, sides
from services.programme import halves_of, read_programme
from services.programme_editing import make_programme
from services.sessions_cloning import clone_sessions

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
# As many weeks as a year has, so that a Tuesday stays a Tuesday.
_YEAR_DAYS = 364
_KEPT = (
    *("text_en", "text_ko", "left_name_en", "left_name_ko", "right_name_en", "right_name_ko"),
    *("left_zone", "right_zone", "least_partners", "most_partners", "least_early_career"),
    *("least_newcomers", "capacity_left", "capacity_right", "list_visibility"),
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a clone would be called, and the day on which it would begin."""

    naming: Naming
    first_day: date


def clone_edition(
    session: Session,
    source: Edition,
    naming: Naming,
    first_day: date,
    now: datetime,
    actor_id: int,
) -> Edition:
    """Make a draft after an earlier edition: everything but its people, rounds and calls.

    Every date and slot moves by as many days as the first day does, on the left side's clock, or on
    the clock of the programme. Whom people met there they are not paired with again: that is read
    from the earlier edition itself.

    Raises
    ------
    BadSlug, SlugTaken
    """
    check_naming(session, naming)
    days = (first_day - first_day_of(source)).days
    kept: dict[str, Any] = {name: getattr(source, name) for name in _KEPT}
    dates = {name: moved(getattr(source, name), days, source.left_zone) for name in ORDER}
    edition = Edition(
        slug=naming.slug,
        name_en=naming.name_en,
        name_ko=naming.name_ko,
        **kept | dates,
        programme=_moved_programme(source, days),
        created_at=now,
    )
    session.add(edition)
    session.flush()
    for country, side in sorted(sides(session, source.id).items()):
        session.add(EditionCountry(edition_id=edition.id, country=country, side=side))
    for one in edition_fields(session, source.id):
        session.add(EditionField(edition_id=edition.id, field_slug=one.slug))
    session.flush()
    clone_sessions(session, source, edition, days, now)
    hand_over(session, edition, "cloned", now, actor_id, source.slug)
    return edition


def propose_clone(source: Edition, now: datetime) -> Proposal:
    """Propose a name and a first day: the same weekday a year later, as often as it takes."""
    day = first_day_of(source)
    years = 1
    while day + timedelta(days=years * _YEAR_DAYS) <= now.date():
        years += 1
    later = day + timedelta(days=years * _YEAR_DAYS)
    naming = Naming(
        slug=_with_year(source.slug, day.year, later.year, "-")[:LONGEST_SLUG],
        name_en=_with_year(source.name_en, day.year, later.year, " "),
        name_ko=_with_year(source.name_ko, day.year, later.year, " ") if source.name_ko else "",
    )
    return Proposal(naming, later)


def first_day_of(edition: Edition) -> date:
    """Give the day on which a forum begins, on the left side's calendar."""
    return edition.starts_at.astimezone(ZoneInfo(edition.left_zone)).date()


def _moved_programme(source: Edition, days: int) -> dict[str, object]:
    given = source.programme
    if not given:
        return {}
    clock = given.get("clock", "left")
    zone = getattr(source, f"{clock}_zone")
    halves = [
        Span(moved(one.start, days, zone), moved(one.end, days, zone)) for one in halves_of(given)
    ]
    programme = read_programme(given)
    minutes = int(programme.length.total_seconds() // 60)
    return make_programme(halves, minutes, programme.tables, programme.links, clock)


def _with_year(text: str, before: int, after: int, joint: str) -> str:
    """Write the new year in place of the old one, or at the end."""
    if _YEAR.search(text):
        return _YEAR.sub(lambda found: str(int(found.group()) + after - before), text)
    return f"{text}{joint}{after}"
