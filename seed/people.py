"""The demo people, from people_europe.jsonl and people_korea.jsonl."""

from collections.abc import Sequence
from datetime import datetime
from itertools import chain
from pathlib import Path

from sqlmodel import Session, select

from models import Edition, Profile
from services.errors import ServiceError
from services.imports_files import profile_rows
from services.imports_profiles import import_profiles

_FOLDER = Path(__file__).parent
_FILES = ("people_europe.jsonl", "people_korea.jsonl")


class SeedIsBroken(ServiceError):
    """The demo files do not pass the import that everybody's files go through."""

    code = "seed-is-broken"


def load_people(session: Session, edition: Edition, now: datetime) -> Sequence[Profile]:
    """Import the demo people, and let them have confirmed and published their profiles.

    Raises
    ------
    SeedIsBroken
        Naming the first line that the import refuses.
    """
    rows = chain.from_iterable(profile_rows(_FOLDER / name) for name in _FILES)
    report = import_profiles(session, rows, source=edition.slug, now=now, edition=edition)
    if report.errors:
        first = report.errors[0]
        raise SeedIsBroken(f"seed, line {first.line}, {first.field}: {first.code}")
    people = session.exec(
        select(Profile).where(Profile.source == edition.slug).order_by(Profile.source_key)
    ).all()
    for person in people:
        person.confirmed_at = person.published_at = now
        person.visibility = "participants"
    session.flush()
    return people
