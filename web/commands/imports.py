"""People and organisations from files, from a terminal."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from sqlmodel import Session

from models import Edition
from services.editions import find_edition
from services.imports_columns import Columns, is_complete, remembered
from services.imports_files import header_of, profile_rows
from services.imports_organisations import import_organisations
from services.imports_profiles import import_profiles
from services.imports_report import ImportReport, OrganisationReport, Problem, UnreadableFile
from services.imports_ror import organisation_records
from web.clock import now
from web.commands.output import Answer, door
from web.database import new_session
from web.import_words import sentence
from web.jobs import wake_encoding

group = AppGroup("import", help="Take in people or organisations from a file.")
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_SOURCE = "import"


@dataclass(frozen=True)
class RowError:
    """A problem as other programs read it."""

    line: int
    field: str
    problem: str


@group.command("profiles")
@click.argument("file", type=_FILE)
@click.option("--edition", "slug", help="Let the people take part in this edition.")
@click.option("--source", help="Whose ids these are; the edition's short name by default.")
@click.option("--dry-run", is_flag=True, help="Only tell what would happen.")
@door
def profiles(file: Path, slug: str | None, source: str | None, dry_run: bool) -> Answer:
    """Add or update people: JSON Lines, CSV or XLSX; all of the file or nothing.

    Example: flask --app app import profiles people.csv --edition demo
    """
    with new_session() as session:
        edition = find_edition(session, slug) if slug else None
        list_name = source or slug or _SOURCE
        report = import_profiles(
            session,
            profile_rows(file, _columns(session, file, edition, list_name)),
            source=list_name,
            now=now(),
            edition=edition,
            dry_run=dry_run,
        )
        if not dry_run and not report.errors:
            session.commit()
            wake_encoding()
    return Answer(
        {
            "added": report.added,
            "updated": report.updated,
            "unchanged": report.unchanged,
            "kept": len(report.kept),
            "kept_values": report.kept,
            "ignored": report.ignored,
            "errors": _row_errors(report.errors),
        },
        _profiles_text(file, report, dry_run),
        holds=not report.errors,
    )


def _columns(session: Session, file: Path, edition: Edition | None, source: str) -> Columns:
    """Give what foreign columns mean, as it was once said on a page for the edition and source.

    A file that has the columns of docs/formats.md is read by them alone.
    """
    if edition is None:
        return {}
    try:
        with file.open("rb") as opened:
            names = header_of(opened, file.name).names
    except (UnreadableFile, OSError):
        return {}  # reading the rows says what is wrong
    return {} if is_complete(names) else remembered(session, edition.id, source)


@group.command("organisations")
@click.argument("file", type=_FILE)
@door
def organisations(file: Path) -> Answer:
    """Add or update organisations from a dump of ROR: JSON, or JSON in gzip or zip.

    Example: flask --app app import organisations v2.0-ror-data.zip
    """
    with new_session() as session:
        report = import_organisations(session, organisation_records(file))
        if not report.errors:
            session.commit()
    counts: dict[str, Any] = {name: getattr(report, name) for name in _COUNTS}
    return Answer(
        {**counts, "errors": _row_errors(report.errors)},
        _counted(file, report) if not report.errors else _told(file, report.errors),
        holds=not report.errors,
    )


_COUNTS = ("added", "updated", "unchanged")


def _row_errors(problems: tuple[Problem, ...]) -> list[RowError]:
    return [RowError(p.line, p.field, sentence(p.code, p.values)) for p in problems]


def _told(file: Path, problems: tuple[Problem, ...]) -> str:
    """Name file, line and column of each problem, as compilers do."""
    lines = [f"Nothing was changed: {len(problems)} problem(s) in {file}."]
    lines += [
        ": ".join(filter(None, (f"{file}:{error.line}", error.field, error.problem)))
        for error in _row_errors(problems)
    ]
    return "\n".join(lines)


def _counted(file: Path, report: ImportReport | OrganisationReport) -> str:
    return f"{file}: " + ", ".join(f"{getattr(report, name)} {name}" for name in _COUNTS) + "."


def _profiles_text(file: Path, report: ImportReport, dry_run: bool) -> str:
    if report.errors:
        return _told(file, report.errors)
    lines = [_counted(file, report)]
    if report.ignored:
        lines.append(f"Unknown columns, ignored: {', '.join(report.ignored)}.")
    lines += [
        f"{file}:{kept.line}: {kept.field}: the person edited it; theirs is kept."
        for kept in report.kept
    ]
    if dry_run:
        lines.append("This was a dry run: nothing was changed.")
    return "\n".join(lines)
