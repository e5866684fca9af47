"""Taking an import over into the profile: the lines that were kept, and nothing else."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from models import Account, Profile, Publication
from services import profile_values as values
from services.encoding import write_passages
from services.errors import NotFound
from services.imports_works import WORKS_LIMIT
from services.pending_imports import discard_import, find_import, remember
from services.pending_lines import BY_LINES, KNOWN, LISTS, FactLine, Line, WorkLine
from services.profiles import content_of, fingerprint, save, start_profile, touch
from services.publications import TooManyWorks, works_of
from services.work_keys import Known, WorkFinder


@dataclass(frozen=True)
class Saved:
    """What an import changed; ``to_read``: the worker has something new to read."""

    added: int
    filled: int
    to_read: bool


def save_import(session: Session, account: Account, now: datetime) -> Saved:
    """Write the kept lines of the account's import into its profile, and forget the import.

    A work that the profile has keeps its weight, its mark as a key work and its place. What was
    dropped is remembered, so that a later import offers it unticked.

    Raises
    ------
    NotFound
        When no import waits.
    TooManyWorks
    BadValue
        When a value cannot be taken, as a country without a side in an edition joined already.
    """
    pending = find_import(session, account.id, now)
    if pending is None:
        raise NotFound("this import no longer waits; begin it again")
    profile = start_profile(session, account, now)
    facts_to_read = _save_facts(session, profile, pending.lines, now)
    writer = _Writer(session, profile)
    for line in pending.lines:
        if isinstance(line, WorkLine):
            writer.write(line)
    session.flush()
    remember(session, profile.id, writer.became())
    discard_import(session, account.id)
    works_to_read = False
    if writer.added or writer.filled:
        touch(profile, {"publications"}, now)
        session.flush()
        works_to_read = write_passages(session, profile)
    return Saved(writer.added, writer.filled, facts_to_read or works_to_read)


def _save_facts(session: Session, profile: Profile, lines: Sequence[Line], now: datetime) -> bool:
    content = content_of(session, profile)
    wish: dict[str, Any] = {}
    for line in lines:
        if not isinstance(line, FactLine) or not line.keep or not line.value.strip():
            continue
        if line.field in LISTS:
            wish.setdefault(line.field, list(content[line.field])).append(line.value)
        elif line.field in BY_LINES:
            wish[line.field] = (*content[line.field], *line.value.splitlines())
        else:
            wish[line.field] = line.value
    for name in (*LISTS, *BY_LINES):
        if name in wish:
            wish[name] = tuple(values.texts(list(wish[name])))
    return bool(wish) and save(session, profile, wish, fingerprint(content, wish), now)


class _Writer:
    """Writes works into a profile, each once."""

    def __init__(self, session: Session, profile: Profile) -> None:
        self._session, self._profile = session, profile
        rows = works_of(session, profile.id)
        self._rows = {row.id: row for row in rows}
        self._finder = WorkFinder(Known(row.id, row.title, row.doi) for row in rows)
        self._next = max((row.position for row in rows), default=-1) + 1
        self._lines: list[tuple[WorkLine, Publication | None]] = []
        self.added = self.filled = 0

    def write(self, line: WorkLine) -> None:
        """Write one line, if it was kept; it may be in the profile by now."""
        row = self._there(line)
        if line.keep and row is None:
            row = self._add(line)
        elif line.keep and row is not None and line.state != KNOWN:
            self.filled += self._change(row, line)
        self._lines.append((line, row))

    def became(self) -> dict[str, int | None]:
        """Give what each imported record is now, by its marks."""
        return {key: row.id if row else None for line, row in self._lines for key in line.keys}

    def _there(self, line: WorkLine) -> Publication | None:
        row = self._rows.get(line.publication_id or 0)
        if row is not None:
            return row
        number = self._finder.find(line.work.title, line.work.doi)
        return None if number is None else self._rows[number]

    def _add(self, line: WorkLine) -> Publication:
        if len(self._rows) >= WORKS_LIMIT:
            raise TooManyWorks(f"a profile holds {WORKS_LIMIT} publications: drop some")
        columns = {**asdict(line.work), "authors": list(line.work.authors)}
        row = Publication(profile_id=self._profile.id, position=self._next, **columns)
        self._session.add(row)
        self._session.flush()
        self._rows[row.id] = row
        self._finder.add(Known(row.id, row.title, row.doi))
        self._next += 1
        self.added += 1
        return row

    def _change(self, row: Publication, line: WorkLine) -> bool:
        given = {**asdict(line.work), "authors": list(line.work.authors)}
        given.pop("weight")
        # A line that was not read against this publication only fills its gaps.
        own = row.id == line.publication_id
        changes = {
            name: value
            for name, value in given.items()
            if getattr(row, name) != value and (own or not getattr(row, name))
        }
        for name, value in changes.items():
            setattr(row, name, value)
        return bool(changes)
