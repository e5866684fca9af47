"""What a file of registrants would do, as plain values for a row, and as its page reads it."""

from dataclasses import asdict, dataclass
from typing import Any

from models import RegistrantFile
from services.imports_report import Change, ImportReport, Kept, Problem

_SHOWN = 500


@dataclass(frozen=True, slots=True)
class FileReport:
    """What is known of a file.

    Parameters
    ----------
    counts
        Of people: added, updated, unchanged, waiting; of values: kept; of rows: ``bad``.
    shown
        How the file itself calls a field that was mapped.
    """

    counts: dict[str, int]
    changes: tuple[Change, ...] = ()
    kept: tuple[Kept, ...] = ()
    ignored: tuple[str, ...] = ()
    errors: tuple[Problem, ...] = ()
    shown: dict[str, str] | None = None

    def column(self, field: str) -> str:
        """Name a column as the file does."""
        return (self.shown or {}).get(field, field)


def as_values(report: ImportReport, shown: dict[str, str]) -> dict[str, Any]:
    """Turn what an import reports into values that a row can hold."""
    return {
        "counts": counts_of(report),
        "changes": [asdict(one) for one in report.changes],
        "kept": [asdict(one) for one in report.kept[:_SHOWN]],
        "ignored": list(report.ignored),
        "errors": [_problem(one) for one in report.errors],
        "shown": shown,
    }


def _problem(one: Problem) -> dict[str, Any]:
    values = dict(one.values)
    return {"line": one.line, "field": one.field, "code": one.code, "values": values}


def counts_of(report: ImportReport) -> dict[str, int]:
    """Count what an import did or would do."""
    return {
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "waiting": report.waiting,
        "kept": len(report.kept),
        "bad": len({one.line for one in report.errors}),
    }


def report_of(row: RegistrantFile) -> FileReport:
    """Read what is known of a file; nothing but zeros before it was checked."""
    found = row.report or {}
    return FileReport(
        counts=found.get("counts", {}),
        changes=tuple(
            Change(**{**one, "fields": tuple(one["fields"])}) for one in found.get("changes", ())
        ),
        kept=tuple(Kept(**one) for one in found.get("kept", ())),
        ignored=tuple(found.get("ignored", ())),
        errors=tuple(Problem(**one) for one in found.get("errors", ())),
        shown=found.get("shown"),
    )
