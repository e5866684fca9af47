"""What a profile says, as plain values by the field names of the formats.

An import compares these values with a file's, and the form with what was typed; both write through
``write_content``, so that a change means the same whichever door it came through.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, insert
from sqlmodel import Session, SQLModel, col, select

from models import Exclusion, Profile, ProfileField, Publication, Statement
from services.imports_works import WorkRecord
from services.publications_replacing import replace_works

COLUMNS = {
    "name": "name",
    "name_native": "name_native",
    "email": "email",
    "phone": "phone",
    "orcid": "orcid",
    "country": "country",
    "organisation": "organisation_name",
    "organisation_id": "organisation_id",
    "organisation_type": "organisation_type",
    "career_stage": "career_stage",
    "gender": "gender",
    "topics": "topics",
    "languages": "languages",
    "research": "research",
    "least_partners": "least_partners",
    "most_partners": "most_partners",
}
"""The column of each field that is one."""

READ_BY_ENCODERS = frozenset({"research", "offers", "needs", "publications", "topics", "fields"})
"""Fields whose change makes the passages stale."""

_TABLES = ("fields", "offers", "needs", "publications", "exclude")
_LISTS = frozenset({"topics", "languages"})
_STATEMENTS = {"offers": "offer", "needs": "need"}
Content = Mapping[str, Any]


def empty_content() -> Content:
    """Return what a profile says before its owner has said anything."""
    blank = blank_columns()
    columns = {field: _plain(field, blank[name]) for field, name in COLUMNS.items()}
    return {**columns, **dict.fromkeys(_TABLES, ())}


def blank_columns() -> dict[str, Any]:
    """Return the columns of a profile that have a value by default, but for its id."""
    known = Profile.model_fields
    return {
        name: field.get_default(call_default_factory=True)
        for name, field in known.items()
        if name != "id" and not field.is_required()
    }


def contents(session: Session, profiles: Sequence[Profile]) -> dict[int, Content]:
    """Read what some hundred profiles say, in four queries."""
    ids = [profile.id for profile in profiles]
    if not ids:
        return {}
    fields, statements = _fields(session, ids), _statements(session, ids)
    works, exclusions = _works(session, ids), _exclusions(session, ids)
    return {
        profile.id: {
            **{field: _plain(field, getattr(profile, name)) for field, name in COLUMNS.items()},
            "fields": tuple(sorted(fields[profile.id])),
            "offers": tuple(statements[profile.id, "offer"]),
            "needs": tuple(statements[profile.id, "need"]),
            "publications": tuple(works[profile.id]),
            "exclude": tuple(sorted(exclusions[profile.id])),
        }
        for profile in profiles
    }


def write_columns(profile: Profile, changes: Content) -> None:
    """Write the changed values that are columns of the profile itself."""
    for name, value in changed_columns(changes).items():
        setattr(profile, name, value)


def changed_columns(changes: Content) -> dict[str, Any]:
    """Return the changed values that are columns of the profile itself, by column."""
    return {
        name: list(changes[field]) if field in _LISTS else changes[field]
        for field, name in COLUMNS.items()
        if field in changes
    }


def write_lists(session: Session, changes: Mapping[int, Content]) -> None:
    """Write the changed lists of many profiles, by profile id, each list as a whole."""
    for name, kind in _STATEMENTS.items():
        of_kind = col(Statement.kind) == kind
        owners = _clear(session, Statement, changes, name, of_kind)
        _insert(session, Statement, (_statement_rows(o, kind, changes[o][name]) for o in owners))
    owners = _clear(session, ProfileField, changes, "fields")
    _insert(session, ProfileField, (_field_rows(o, changes[o]["fields"]) for o in owners))
    works = {o: said["publications"] for o, said in changes.items() if "publications" in said}
    if works:
        replace_works(session, works)


def _plain(field: str, value: Any) -> Any:  # noqa: ANN401 - each column has its own type
    return tuple(value) if field in _LISTS else value


def _clear(
    session: Session,
    table: type[SQLModel],
    changes: Mapping[int, Content],
    field: str,
    *also: Any,  # noqa: ANN401 - conditions of SQLAlchemy
) -> list[int]:
    owners = [owner for owner, content in changes.items() if field in content]
    if owners:
        owned = table.metadata.tables[str(table.__tablename__)].c.profile_id.in_(owners)
        session.execute(delete(table).where(owned, *also))
    return owners


def _insert(
    session: Session, table: type[SQLModel], rows: Iterable[Collection[dict[str, Any]]]
) -> None:
    flat = [row for some in rows for row in some]
    if flat:
        session.execute(insert(table), flat)


def _statement_rows(owner: int, kind: str, texts: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {"profile_id": owner, "kind": kind, "position": position, "text": text}
        for position, text in enumerate(texts)
    ]


def _field_rows(owner: int, slugs: Sequence[str]) -> list[dict[str, Any]]:
    return [{"profile_id": owner, "field_slug": slug} for slug in slugs]


def _fields(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    query = select(ProfileField).where(col(ProfileField.profile_id).in_(ids))
    found: dict[int, list[str]] = defaultdict(list)
    for row in session.exec(query):
        found[row.profile_id].append(row.field_slug)
    return found


def _statements(session: Session, ids: Sequence[int]) -> dict[tuple[int, str], list[str]]:
    query = select(Statement.profile_id, Statement.kind, Statement.text).where(
        col(Statement.profile_id).in_(ids)
    )
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for owner, kind, text in session.exec(query.order_by(col(Statement.position))):
        found[owner, kind].append(text)
    return found


def _works(session: Session, ids: Sequence[int]) -> dict[int, list[WorkRecord]]:
    query = select(Publication).where(col(Publication.profile_id).in_(ids))
    found: dict[int, list[WorkRecord]] = defaultdict(list)
    for row in session.exec(query.order_by(col(Publication.position))):
        record = WorkRecord(
            title=row.title,
            abstract=row.abstract,
            authors=tuple(row.authors),
            year=row.year,
            doi=row.doi,
            venue=row.venue,
            weight=row.weight,
        )
        found[row.profile_id].append(record)
    return found


def _exclusions(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    query = select(Exclusion.profile_id, Exclusion.other_key).where(
        col(Exclusion.profile_id).in_(ids), col(Exclusion.other_key).is_not(None)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for owner, key in session.exec(query):
        found[owner].append(str(key))
    return found
