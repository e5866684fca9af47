"""Adding, renaming, ordering and removing fields of research."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from models import EditionField, Field, ProfileField
from services.errors import NotFound, ServiceError
from services.fields import remember_fields

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


class BadSlug(ServiceError):
    """A short name with other signs than small letters, digits and single hyphens."""

    code = "bad-slug"


class FieldExists(ServiceError):
    """A short name that another field has."""

    code = "field-exists"


class FieldInUse(ServiceError):
    """A field that people or editions name; take it from them first."""

    code = "field-in-use"

    def __init__(self, profiles: int, editions: int) -> None:
        super().__init__(f"{profiles} profiles and {editions} editions name this field")
        self.profiles = profiles
        self.editions = editions


@dataclass(frozen=True)
class FieldNames:
    """A field's short name, used in files and addresses, and its names for people."""

    slug: str
    name_en: str
    name_ko: str = ""


@dataclass(frozen=True)
class FieldLine:
    """A field in the list, with how many profiles and editions name it."""

    slug: str
    name_en: str
    name_ko: str
    profiles: int
    editions: int


def fields_in_use(session: Session) -> Sequence[FieldLine]:
    """List the fields in their order, in one query."""
    profiles = select(func.count()).where(ProfileField.field_slug == Field.slug).scalar_subquery()
    editions = select(func.count()).where(EditionField.field_slug == Field.slug).scalar_subquery()
    query = select(Field, profiles, editions).order_by(col(Field.position), Field.slug)
    return [
        FieldLine(row.slug, row.name_en, row.name_ko, of_profiles, of_editions)
        for row, of_profiles, of_editions in session.exec(query)
    ]


def add_field(session: Session, names: FieldNames) -> None:
    """Add a field at the end.

    Raises
    ------
    BadSlug, FieldExists
    """
    if not _SLUG.match(names.slug):
        raise BadSlug(f"{names.slug!r}: use small letters, digits and hyphens")
    remember_fields(session)
    if session.get(Field, names.slug) is not None:
        raise FieldExists(f"there is a field {names.slug!r} already")
    last = session.exec(select(func.max(Field.position))).one()
    position = 0 if last is None else last + 1
    session.add(Field(**vars(names), position=position))
    session.flush()


def find_field(session: Session, slug: str) -> Field:
    """Find a field by its short name.

    Raises
    ------
    NotFound
    """
    found = session.get(Field, slug)
    if found is None:
        raise NotFound(f"there is no field {slug!r}")
    return found


def rename_field(session: Session, names: FieldNames) -> None:
    """Give a field other names for people; the short name stays.

    Raises
    ------
    NotFound
    """
    row = find_field(session, names.slug)
    row.name_en, row.name_ko = names.name_en, names.name_ko
    session.flush()


def move_field(session: Session, slug: str, by: int) -> None:
    """Move a field up (-1) or down (1) among the others; at the end it stays.

    Raises
    ------
    NotFound
    """
    find_field(session, slug)
    rows = list(session.exec(select(Field).order_by(col(Field.position), Field.slug)))
    here = next(place for place, row in enumerate(rows) if row.slug == slug)
    there = min(max(0, here + by), len(rows) - 1)
    rows.insert(there, rows.pop(here))
    for position, row in enumerate(rows):
        row.position = position
    session.flush()


def remove_field(session: Session, slug: str) -> None:
    """Remove a field that nobody names.

    Raises
    ------
    NotFound, FieldInUse
    """
    row = find_field(session, slug)
    used = next(line for line in fields_in_use(session) if line.slug == slug)
    if used.profiles or used.editions:
        raise FieldInUse(used.profiles, used.editions)
    session.delete(row)
    session.flush()
