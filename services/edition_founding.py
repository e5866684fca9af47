"""Making an edition: a new one, one after the pattern of an earlier one, and unmaking a draft."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func
from sqlmodel import Session, col, select

from matchmaking.free_time import Span
from models import Edition, EditionCountry, EditionField, Participation, Round
from services.audit import Subject, record
from services.edition_dates import ORDER, DatesOutOfOrder, moved
from services.editions import DRAFT, edition_fields, sides
from services.errors import ServiceError
from services.programme import halves_of, read_programme
from services.programme_editing import make_programme
from services.roles import ORGANISER, grant

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_LONGEST_SLUG = 60
# As many weeks as a year has, so that a Tuesday stays a Tuesday.
_YEAR_DAYS = 364
_KEPT = (
    *("text_en", "text_ko", "left_name_en", "left_name_ko", "right_name_en", "right_name_ko"),
    *("left_zone", "right_zone", "least_partners", "most_partners", "least_early_career"),
    *("least_newcomers", "capacity_left", "capacity_right", "list_visibility"),
)


class BadSlug(ServiceError):
    """A short name that cannot stand in an address: small letters, digits and hyphens only."""

    code = "bad-slug"


class SlugTaken(ServiceError):
    """Another edition has this short name."""

    code = "slug-taken"


class NotADraft(ServiceError):
    """An edition that is shown already; only drafts can be deleted."""

    code = "not-a-draft"


class PeopleTakePart(ServiceError):
    """A draft that has people, or rounds of people who left; ``count`` of them."""

    code = "people-take-part"

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} people or rounds would be lost with it")
        self.count = count


@dataclass(frozen=True, slots=True)
class Naming:
    """What an edition is called: in its address, and in both languages."""

    slug: str
    name_en: str
    name_ko: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a clone would be called, and the day on which it would begin."""

    naming: Naming
    first_day: date


def found_edition(
    session: Session, naming: Naming, starts: datetime, ends: datetime, now: datetime, actor_id: int
) -> Edition:
    """Make a draft; whoever makes it organises it.

    Registration opens now and closes two weeks before the forum, or half way to it; both dates are
    proposals.

    Raises
    ------
    BadSlug, SlugTaken
    DatesOutOfOrder
        When it would begin in the past, or end before it begins.
    """
    _check(session, naming)
    if starts <= now:
        raise DatesOutOfOrder("starts_at")
    if ends <= starts:
        raise DatesOutOfOrder("ends_at")
    closes = max(starts - timedelta(days=14), now + (starts - now) / 2)
    edition = Edition(
        slug=naming.slug,
        name_en=naming.name_en,
        name_ko=naming.name_ko,
        opens_at=min(now, closes - timedelta(days=1)),
        closes_at=min(closes, starts),
        starts_at=starts,
        ends_at=ends,
        created_at=now,
    )
    session.add(edition)
    session.flush()
    _hand_over(session, edition, "created", now, actor_id)
    return edition


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
    _check(session, naming)
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
    _hand_over(session, edition, "cloned", now, actor_id, source.slug)
    return edition


def propose_clone(source: Edition, now: datetime) -> Proposal:
    """Propose a name and a first day: the same weekday a year later, as often as it takes."""
    day = first_day_of(source)
    years = 1
    while day + timedelta(days=years * _YEAR_DAYS) <= now.date():
        years += 1
    later = day + timedelta(days=years * _YEAR_DAYS)
    naming = Naming(
        slug=_with_year(source.slug, day.year, later.year, "-")[:_LONGEST_SLUG],
        name_en=_with_year(source.name_en, day.year, later.year, " "),
        name_ko=_with_year(source.name_ko, day.year, later.year, " ") if source.name_ko else "",
    )
    return Proposal(naming, later)


def first_day_of(edition: Edition) -> date:
    """Give the day on which a forum begins, on the left side's calendar."""
    return edition.starts_at.astimezone(ZoneInfo(edition.left_zone)).date()


def delete_draft(session: Session, edition: Edition) -> None:
    """Delete a draft that nobody takes part in, with all that belongs to it.

    Raises
    ------
    NotADraft, PeopleTakePart
    """
    session.refresh(edition, with_for_update=True)
    if edition.state != DRAFT:
        raise NotADraft(f"{edition.slug} is shown already; take it back to a draft first")
    if count := _people_and_rounds(session, edition.id):
        raise PeopleTakePart(count)
    session.delete(edition)
    session.flush()


def _people_and_rounds(session: Session, edition_id: int) -> int:
    people = select(func.count()).where(Participation.edition_id == edition_id)
    rounds = select(func.count()).where(col(Round.edition_id) == edition_id)
    return int(session.exec(people).one()) + int(session.exec(rounds).one())


def _check(session: Session, naming: Naming) -> None:
    if len(naming.slug) > _LONGEST_SLUG or not _SLUG.fullmatch(naming.slug):
        raise BadSlug(f"{naming.slug!r} is no short name; use small letters, digits and hyphens")
    if session.exec(select(Edition.id).where(Edition.slug == naming.slug)).first() is not None:
        raise SlugTaken(f"there is an edition {naming.slug} already")


def _hand_over(
    session: Session, edition: Edition, act: str, now: datetime, actor_id: int, source: str = ""
) -> None:
    grant(session, actor_id, ORGANISER, edition.id)
    after = {"slug": edition.slug} | ({"source": source} if source else {})
    about = Subject("edition", edition.id)
    record(session, edition.id, act, about, now, actor_id=actor_id, after=after)


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
