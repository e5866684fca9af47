"""Making a new edition, a draft that its maker organises."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, select

from models import Edition
from services.audit import Subject, record
from services.edition_dates import DatesOutOfOrder
from services.errors import ServiceError
from services.roles import ORGANISER, grant

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_SLUG = 60


class BadSlug(ServiceError):
    """A short name that cannot stand in an address: small letters, digits and hyphens only."""

    code = "bad-slug"


class SlugTaken(ServiceError):
    """Another edition has this short name."""

    code = "slug-taken"


@dataclass(frozen=True, slots=True)
class Naming:
    """What an edition is called: in its address, and in both languages."""

    slug: str
    name_en: str
    name_ko: str = ""


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
    check_naming(session, naming)
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
    hand_over(session, edition, "created", now, actor_id)
    return edition


def check_naming(session: Session, naming: Naming) -> None:
    """Refuse a short name that cannot be, or that another edition has."""
    if len(naming.slug) > LONGEST_SLUG or not _SLUG.fullmatch(naming.slug):
        raise BadSlug(f"{naming.slug!r} is no short name; use small letters, digits and hyphens")
    if session.exec(select(Edition.id).where(Edition.slug == naming.slug)).first() is not None:
        raise SlugTaken(f"there is an edition {naming.slug} already")


def hand_over(
    session: Session, edition: Edition, act: str, now: datetime, actor_id: int, source: str = ""
) -> None:
    """Let whoever made an edition organise it, and write that down."""
    grant(session, actor_id, ORGANISER, edition.id)
    after = {"slug": edition.slug} | ({"source": source} if source else {})
    about = Subject("edition", edition.id)
    record(session, edition.id, act, about, now, actor_id=actor_id, after=after)
