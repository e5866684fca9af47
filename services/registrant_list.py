"""The participants of an edition as a list in the columns of an import of profiles.

A list of the people of one file who have not confirmed yet can be corrected and brought in again.
Gender and exclusions stand in no list: they are shown to nobody.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from matchmaking.export_text import LIST_MARK, Cell
from models import Edition, Organisation, Participation, Profile
from services.audit import Subject, record
from services.consents_reading import CONTACT, consented
from services.imports_works import WorkRecord
from services.listed_people import organisers_of
from services.organisation_names import chunks
from services.profile_content import Content, contents
from services.visibility import visible_in
from services.visibility_parts import PARTS, Part, shown_parts

_CHUNK = 400
_EMAIL = "email"
COLUMNS: tuple[str, ...] = (
    *("id", "name", "name_native", _EMAIL, "orcid", "country", "organisation", "ror", "pic"),
    *("organisation_type", "career_stage", "fields", "topics", "languages", "research"),
    *("offers", "needs", "publications", "least_partners", "most_partners"),
)
"""The columns, in their order; without addresses ``email`` is missing, so that none is emptied."""

_PART_OF: dict[str, Part] = {
    "career_stage": "career",
    "languages": "career",
    "fields": "topics",
    "topics": "topics",
    "research": "research",
    "offers": "exchange",
    "needs": "exchange",
    "publications": "publications",
}
_NEVER_HIDDEN = frozenset({"name", "name_native", "country", "organisation", "organisation_type"})


def registrant_columns(*, addresses: bool) -> tuple[str, ...]:
    """Name the columns of a list, with addresses or without."""
    return tuple(name for name in COLUMNS if addresses or name != _EMAIL)


def sources_of(session: Session, edition_id: int) -> Sequence[str]:
    """List the files (by their source) of which people take part who have not confirmed yet."""
    query = (
        select(Profile.source)
        .join(Participation, col(Participation.profile_id) == Profile.id)
        .where(Participation.edition_id == edition_id, col(Profile.confirmed_at).is_(None))
        .distinct()
    )
    return session.exec(query.order_by(col(Profile.source))).all()


def registrant_rows(
    session: Session, edition: Edition, *, source: str = "", addresses: bool = False
) -> Iterator[tuple[Cell, ...]]:
    """Give a row for each participant, by name; six queries for each four hundred.

    Parameters
    ----------
    source
        Only people of this file who have not confirmed yet; empty for everybody.
    addresses
        Whether to tell them, of those who agreed to it and of those whom an organiser brought.
    """
    query = (
        select(Profile.id)
        .join(Participation, col(Participation.profile_id) == Profile.id)
        .where(Participation.edition_id == edition.id)
        .order_by(col(Profile.name), col(Profile.id))
    )
    if source:
        query = query.where(Profile.source == source, col(Profile.confirmed_at).is_(None))
    names = registrant_columns(addresses=addresses)
    for some in chunks(session.exec(query).all(), _CHUNK):
        found = _read(session, edition, some)
        for one in some:
            yield tuple(found[one][name] for name in names)


def note_registrant_list(
    session: Session, edition_id: int, kind: str, now: datetime, *, actor_id: int | None
) -> None:
    """Write down that somebody took the list of participants with addresses home."""
    told = {"format": kind, "columns": list(COLUMNS)}
    subject = Subject("edition", edition_id)
    record(session, edition_id, "exported", subject, now, actor_id=actor_id, after=told)


def _read(session: Session, edition: Edition, ids: Sequence[int]) -> dict[int, dict[str, Cell]]:
    visible = visible_in(edition.id, organisers_of(edition))
    query = (
        select_columns(Profile, Organisation, consented(CONTACT), visible)
        .join(Organisation, isouter=True)
        .where(col(Profile.id).in_(ids))
    )
    rows = session.execute(query).all()
    said = contents(session, [row[0] for row in rows])
    shown = shown_parts(session, organisers_of(edition), ids)
    return {
        profile.id: {
            "id": profile.source_key,
            "ror": organisation.ror if organisation else None,
            "pic": organisation.pic if organisation else None,
            **_cells(said[profile.id], shown[profile.id] if seen else frozenset()),
            _EMAIL: profile.email if mail else "",
        }
        for profile, organisation, mail, seen in rows
    }


def _cells(said: Content, shown: frozenset[Part]) -> dict[str, Cell]:
    return {
        name: _cell(said[name]) if _tells(name, shown) else None for name in COLUMNS if name in said
    }


def _tells(name: str, shown: frozenset[Part]) -> bool:
    if name in _NEVER_HIDDEN:
        return True
    # What belongs to no part is shown to whoever sees the profile at all.
    return _PART_OF[name] in shown if name in _PART_OF else bool(shown & set(PARTS))


def _cell(value: Any) -> Cell:  # noqa: ANN401 - each column has its own type
    if not isinstance(value, tuple):
        number: Cell = value
        return number
    if value and isinstance(value[0], WorkRecord):
        return json.dumps([_work(one) for one in value], ensure_ascii=False)
    if any(LIST_MARK in item for item in value) or (value and value[0].startswith("[")):
        return json.dumps(value, ensure_ascii=False)
    return LIST_MARK.join(value)


def _work(one: WorkRecord) -> dict[str, Any]:
    """Write a publication, what is empty or usual left out."""
    values = {name: getattr(one, name) for name in WorkRecord.__dataclass_fields__}
    values["authors"] = list(one.authors)
    usual = {"weight": 1.0}
    return {k: v for k, v in values.items() if v not in (None, "", []) and v != usual.get(k)}
