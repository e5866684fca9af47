"""Organisations from the registry into the table: all of a dump or nothing."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, insert, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from models import Organisation, OrganisationName
from services.imports_report import OrganisationReport, Problem, UnreadableFile
from services.imports_ror import OrganisationRecord
from services.organisation_groups import link_to_parents
from services.organisation_names import chunks, fold

_CHUNK = 500
_COLUMNS = ("name", "name_native", "country", "city", "type")


def import_organisations(
    session: Session, records: Iterable[OrganisationRecord]
) -> OrganisationReport:
    """Add what is new and update what changed, by ROR id.

    What was known besides stays: further names, the Union's code, links, and a type other than
    "other", because the registry has no word for a research and technology organisation. An
    organisation is linked to the parents that are in the table when all of the dump is.

    Returns
    -------
    OrganisationReport
        With ``errors``, the caller rolls back.
    """
    counts: Counter[str] = Counter()
    parents: dict[str, tuple[str, ...]] = {}
    try:
        for chunk in chunks(records, _CHUNK):
            counts += _write(session, list({record.ror: record for record in chunk}.values()))
            parents |= {record.ror: record.parents for record in chunk if record.parents}
    except UnreadableFile as error:
        return OrganisationReport(errors=(error.problem,))
    if not counts:
        return OrganisationReport(errors=(Problem(0, "", "no-rows"),))
    link_to_parents(session, parents)
    return OrganisationReport(counts["added"], counts["updated"], counts["unchanged"])


def _write(session: Session, records: Sequence[OrganisationRecord]) -> Counter[str]:
    known = _known(session, records)
    changed: set[str] = set()
    for record in records:
        row = known.get(record.ror)
        if row is not None and _update(session, row, record):
            changed.add(record.ror)
    new = [record for record in records if record.ror not in known]
    ids = {ror: row.id for ror, row in known.items()} | _insert(session, new)
    changed |= _write_names(session, records, ids) & known.keys()
    added, updated = len(new), len(changed)
    return Counter(added=added, updated=updated, unchanged=len(records) - added - updated)


def _known(session: Session, records: Sequence[OrganisationRecord]) -> dict[str, Row[Any]]:
    # Bare rows, not objects: 100,000 of these would pile up in the session.
    table = Organisation.metadata.tables["organisation"].c
    rors = [record.ror for record in records]
    query = select_columns(table.id, table.ror, *(table[name] for name in _COLUMNS))
    return {row.ror: row for row in session.execute(query.where(table.ror.in_(rors)))}


def _columns(record: OrganisationRecord) -> dict[str, str]:
    return {name: getattr(record, name) for name in _COLUMNS}


def _update(session: Session, row: Row[Any], record: OrganisationRecord) -> bool:
    wanted = {key: value for key, value in _columns(record).items() if value}
    if row.type != "other":
        wanted.pop("type")
    changed = {key: value for key, value in wanted.items() if getattr(row, key) != value}
    if changed:
        session.execute(
            update(Organisation).where(col(Organisation.id) == row.id).values(**changed)
        )
    return bool(changed)


def _insert(session: Session, records: Sequence[OrganisationRecord]) -> dict[str, int]:
    if not records:
        return {}
    rows = [{"ror": record.ror, **_columns(record)} for record in records]
    answer = session.execute(
        insert(Organisation).returning(col(Organisation.ror), col(Organisation.id)), rows
    )
    return {str(ror): int(row_id) for ror, row_id in answer}


def _write_names(
    session: Session, records: Sequence[OrganisationRecord], ids: dict[str, int]
) -> set[str]:
    """Add the names that are missing; tell of which organisations."""
    query = select(OrganisationName.organisation_id, OrganisationName.name).where(
        col(OrganisationName.organisation_id).in_(ids.values())
    )
    known: dict[int, set[str]] = defaultdict(set)
    for organisation_id, name in session.exec(query):
        known[organisation_id].add(name)
    rows: list[dict[str, Any]] = []
    for record in records:
        owner = ids[record.ror]
        for name, kind in record.names.items():
            if name not in known[owner]:
                values = {"name": name, "folded": fold(name), "kind": kind}
                rows.append({"organisation_id": owner, **values})
    if rows:
        session.execute(insert(OrganisationName), rows)
    changed = {row["organisation_id"] for row in rows}
    return {ror for ror, row_id in ids.items() if row_id in changed}
