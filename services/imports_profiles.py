"""People from a file into profiles: all of them or none.

No account is made and no mail goes out. Imported profiles are seen by organisers only, and take
part in the edition's rounds, until the people confirm them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models import Edition, Organisation, Participation, Profile
from services.encoding import write_all_passages
from services.errors import ServiceError
from services.exclusions import resolve_exclusions, write_exclusions
from services.fields import remember_fields
from services.imports_reading import ReadFile, read_people
from services.imports_record import PersonRecord
from services.imports_report import ImportReport, Kept, Problem
from services.imports_rows import Row
from services.index_version import note_change
from services.organisation_names import Mention, chunks, match
from services.profile_content import (
    READ_BY_ENCODERS,
    Content,
    blank_columns,
    changed_columns,
    contents,
    write_columns,
    write_lists,
)
from services.topics import known_words, stable_words

VISIBILITY = "organisers"
OWN_SOURCE = "account"
SOURCE_LIMIT = 60
_CHUNK = 400


def import_profiles(
    session: Session,
    rows: Iterable[Row | Problem],
    *,
    source: str,
    now: datetime,
    edition: Edition | None = None,
    dry_run: bool = False,
) -> ImportReport:
    """Add and update people; what they edited themselves since is kept.

    Parameters
    ----------
    rows
        From services/imports_files.py; read to the end before anything is written.
    source
        Whose keys the file's ids are: (source, id) names a person.
    edition
        Which the people take part in, and whose sides their countries must be on.
    dry_run
        Only tell what would happen.

    Returns
    -------
    ImportReport
        With ``errors`` nothing was written.

    Raises
    ------
    SourceNotUsable
    """
    if source == OWN_SOURCE or not 0 < len(source) <= SOURCE_LIMIT:
        raise SourceNotUsable(
            f"{source!r} cannot be a source: choose another name of 1 to {SOURCE_LIMIT} signs."
        )
    read = read_people(session, rows, edition)
    if read.problems:
        return ImportReport(ignored=read.ignored, errors=read.problems)
    act = _Import(session, source, now, edition, dry_run)
    if not dry_run:
        remember_fields(session)
    for chunk in chunks(read.records, _CHUNK):
        act.take(chunk)
    if not dry_run:
        resolve_exclusions(session)
        session.flush()
    return act.report(read)


class SourceNotUsable(ServiceError):
    """A name that no source can have; "account" marks profiles that people began themselves."""

    code = "source-not-usable"


@dataclass
class _Plan:
    """What is to be done for one person; somebody new has no profile yet."""

    profile: Profile | None
    record: PersonRecord
    changes: dict[str, Any]
    is_new: bool
    joins: bool = False


@dataclass
class _Import:
    """One import under way."""

    session: Session
    source: str
    now: datetime
    edition: Edition | None
    dry_run: bool
    counts: Counter[str] = field(default_factory=Counter)
    kept: list[Kept] = field(default_factory=list)

    def report(self, read: ReadFile) -> ImportReport:
        return ImportReport(
            added=self.counts["added"],
            updated=self.counts["updated"],
            unchanged=self.counts["unchanged"],
            kept=tuple(self.kept),
            ignored=read.ignored,
        )

    def take(self, records: Sequence[PersonRecord]) -> None:
        keys = [record.key for record in records]
        known = {row.source_key: row for row in self.session.exec(self._by_keys(keys))}
        present = contents(self.session, list(known.values()))
        wishes = self._wishes(records)
        plans = []
        for record, wish in zip(records, wishes, strict=True):
            profile = known.get(record.key)
            if profile is None:
                plans.append(_Plan(None, record, wish, is_new=True))
            else:
                changes = self._changes(profile, record, wish, present[profile.id])
                plans.append(_Plan(profile, record, changes, is_new=False))
        self._note_joining(plans)
        for plan in plans:
            self.counts[_verdict(plan)] += 1
        if not self.dry_run:
            self._write([plan for plan in plans if _verdict(plan) != "unchanged"])

    def _wishes(self, records: Sequence[PersonRecord]) -> list[dict[str, Any]]:
        """Return what the file wants, with the organisation found in the table."""
        mentions = [_mention(record.values) for record in records]
        meant = match(self.session, [mention for mention in mentions if mention is not None])
        unnamed = {meant[m] for m in mentions if m in meant and m is not None and not m.name}
        names = _organisation_names(self.session, unnamed)
        words = known_words(self.session)
        wishes = []
        for record, mention in zip(records, mentions, strict=True):
            wish = {key: v for key, v in record.values.items() if key not in ("ror", "pic")}
            if wish.get("topics"):
                wish["topics"] = stable_words(words, wish["topics"])
            if mention is not None:
                found = meant.get(mention)
                wish |= {"organisation_id": found}
                wish["organisation"] = mention.name or names.get(found or 0, "")
            wishes.append(wish)
        return wishes

    def _changes(
        self, profile: Profile, record: PersonRecord, wish: Content, present: Content
    ) -> dict[str, Any]:
        edited = set(profile.edited_fields)
        if profile.account_id is not None:
            # The address of somebody with an account is the one that they proved to own, and
            # their gender is kept with their own consent only.
            edited |= {"email", "gender"}
        if "organisation" in edited:
            edited.add("organisation_id")
        different = {name: value for name, value in wish.items() if value != present[name]}
        for name in sorted(different.keys() & edited):
            if name != "organisation_id":
                self.kept.append(Kept(record.line, name))
        return {name: value for name, value in different.items() if name not in edited}

    def _note_joining(self, plans: Sequence[_Plan]) -> None:
        """Let people join who have not decided for themselves; who left on their own stays out."""
        if self.edition is None:
            return
        known = [plan.profile.id for plan in plans if plan.profile is not None]
        query = select(Participation.profile_id).where(
            Participation.edition_id == self.edition.id, col(Participation.profile_id).in_(known)
        )
        present = set(self.session.exec(query))
        for plan in plans:
            plan.joins = plan.profile is None or (
                plan.profile.confirmed_at is None and plan.profile.id not in present
            )

    def _write(self, plans: Sequence[_Plan]) -> None:
        for plan in plans:
            if plan.profile is not None:
                write_columns(plan.profile, plan.changes)
                plan.profile.updated_at = self.now
        new = self._insert([plan for plan in plans if plan.is_new])
        written = {plan.record.key: plan.profile or new[plan.record.key] for plan in plans}
        changes = {written[plan.record.key].id: plan.changes for plan in plans}
        write_lists(self.session, changes)
        keys = {owner: some["exclude"] for owner, some in changes.items() if "exclude" in some}
        write_exclusions(self.session, keys, self.now)
        self._join([written[plan.record.key].id for plan in plans if plan.joins])
        stale = [plan.record.key for plan in plans if plan.changes.keys() & READ_BY_ENCODERS]
        write_all_passages(self.session, [written[key] for key in stale])
        if moved := [
            plan for plan in plans if plan.profile is not None and "country" in plan.changes
        ]:
            # the sides that are kept in memory know their people by it
            note_change(self.session, [written[plan.record.key].id for plan in moved])

    def _insert(self, plans: Sequence[_Plan]) -> dict[str, Profile]:
        """Add new profiles, by their keys. As bare rows: ten thousand objects take their time."""
        if not plans:
            return {}
        common = blank_columns() | {
            "source": self.source,
            "visibility": VISIBILITY,
            "created_at": self.now,
            "updated_at": self.now,
        }
        rows = [
            {**common, "source_key": plan.record.key, **changed_columns(plan.changes)}
            for plan in plans
        ]
        # Else rows would be sorted into one statement for each set of empty columns.
        together = insert(Profile).execution_options(render_nulls=True)
        self.session.execute(together, rows)
        keys = [plan.record.key for plan in plans]
        return {row.source_key: row for row in self.session.exec(self._by_keys(keys))}

    def _by_keys(self, keys: Sequence[str]) -> SelectOfScalar[Profile]:
        return select(Profile).where(
            Profile.source == self.source, col(Profile.source_key).in_(keys)
        )

    def _join(self, ids: Sequence[int]) -> None:
        if self.edition is not None and ids:
            row = {"edition_id": self.edition.id, "joined_at": self.now}
            self.session.execute(insert(Participation), [{**row, "profile_id": i} for i in ids])


def _verdict(plan: _Plan) -> str:
    if plan.is_new:
        return "added"
    return "updated" if plan.changes or plan.joins else "unchanged"


def _mention(values: Mapping[str, Any]) -> Mention | None:
    if not values.keys() & {"organisation", "ror", "pic"}:
        return None
    return Mention(
        name=values.get("organisation", ""),
        country=values["country"],
        ror=values.get("ror"),
        pic=values.get("pic"),
    )


def _organisation_names(session: Session, ids: set[int]) -> dict[int, str]:
    if not ids:
        return {}
    query = select(Organisation.id, Organisation.name).where(col(Organisation.id).in_(ids))
    return dict(session.exec(query).all())
