"""People from a file into profiles: all of them or none.

No account is made and no mail goes out. Imported profiles are seen by organisers only, and take
part in the edition's rounds, until the people confirm them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import insert, update
from sqlmodel import Session, col

from models import Edition, Participation, Profile
from services.encoding import write_all_passages
from services.errors import ServiceError
from services.exclusions import resolve_exclusions, write_exclusions
from services.fields import remember_fields
from services.imports_planning import Plan, Planner, of_source
from services.imports_reading import ReadFile, read_people
from services.imports_record import PersonRecord
from services.imports_report import CHANGES_LIMIT, Change, ImportReport, Problem
from services.imports_rows import Row
from services.index_version import note_change
from services.organisation_names import chunks
from services.places import give_places
from services.places_free import free_places
from services.profile_content import (
    READ_BY_ENCODERS,
    blank_columns,
    changed_columns,
    write_columns,
    write_lists,
)

VISIBILITY = "organisers"
OWN_SOURCE = "account"
SOURCE_LIMIT = 60
Progress = Callable[[int, int], None]
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
    return take_people(session, read, source=source, now=now, edition=edition, dry_run=dry_run)


def take_people(
    session: Session,
    read: ReadFile,
    *,
    source: str,
    now: datetime,
    edition: Edition | None = None,
    dry_run: bool = False,
    progress: Progress = lambda _done, _of: None,
) -> ImportReport:
    """Add and update the people of a file that was read, or tell what that would do.

    Of a file with problems, a dry run tells what its other rows would do; the problems are in the
    report.

    Parameters
    ----------
    progress
        Told how many of how many people are done; it may raise to stop.

    Raises
    ------
    ValueError
        When people of a file with problems are to be written.
    """
    if read.problems and not dry_run:
        raise ValueError("a file with problems is not taken in")
    free = free_places(session, edition) if dry_run and edition is not None else None
    act = _Import(session, source, now, edition, dry_run, Planner(session, source, edition, free))
    if not dry_run:
        remember_fields(session)
    done = 0
    for chunk in chunks(read.records, _CHUNK):
        act.take(chunk)
        done += len(chunk)
        progress(done, len(read.records))
    if not dry_run:
        resolve_exclusions(session)
        session.flush()
    return act.report(read)


class SourceNotUsable(ServiceError):
    """A name that no source can have; "account" marks profiles that people began themselves."""

    code = "source-not-usable"


@dataclass
class _Import:
    """One import under way."""

    session: Session
    source: str
    now: datetime
    edition: Edition | None
    dry_run: bool
    planner: Planner
    counts: Counter[str] = field(default_factory=Counter)
    changes: list[Change] = field(default_factory=list)
    waiting: int = 0

    def report(self, read: ReadFile) -> ImportReport:
        return ImportReport(
            added=self.counts["added"],
            updated=self.counts["updated"],
            unchanged=self.counts["unchanged"],
            kept=tuple(self.planner.kept),
            ignored=read.ignored,
            errors=read.problems,
            waiting=self.waiting + self.planner.waiting,
            changes=tuple(self.changes),
        )

    def take(self, records: Sequence[PersonRecord]) -> None:
        plans = self.planner.plans(records)
        self.counts["unchanged"] += len(records) - len(plans)
        for plan in plans:
            self._note(plan)
        if not self.dry_run:
            self._write([plan for plan in plans if plan.verdict != "unchanged"])

    def _note(self, plan: Plan) -> None:
        verdict = plan.verdict
        self.counts[verdict] += 1
        if verdict != "unchanged" and len(self.changes) < CHANGES_LIMIT:
            name = plan.record.values.get("name") or plan.record.key
            fields = () if plan.is_new else tuple(sorted(plan.changes.keys() - {"organisation_id"}))
            self.changes.append(Change(plan.record.line, name, verdict, fields, plan.joins))

    def _write(self, plans: Sequence[Plan]) -> None:
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
        self._invite_anew([plan for plan in plans if "email" in plan.changes])
        if moved := [
            plan for plan in plans if plan.profile is not None and "country" in plan.changes
        ]:
            # the sides that are kept in memory know their people by it
            note_change(self.session, [written[plan.record.key].id for plan in moved])

    def _invite_anew(self, plans: Sequence[Plan]) -> None:
        """Forget that people were invited whose address was another one then."""
        ids = [plan.profile.id for plan in plans if plan.profile and not plan.profile.account_id]
        if ids:
            nothing = {"invite_asked_at": None, "invited_at": None}
            here = col(Participation.profile_id).in_(ids)
            self.session.execute(update(Participation).where(here).values(nothing))

    def _insert(self, plans: Sequence[Plan]) -> dict[str, Profile]:
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
        return {row.source_key: row for row in self.session.exec(of_source(self.source, keys))}

    def _join(self, ids: Sequence[int]) -> None:
        if self.edition is not None and ids:
            self.waiting += len(give_places(self.session, self.edition, ids, self.now))
