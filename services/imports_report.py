"""What an import says of a file: what came of its rows, and what is wrong with which."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from services.errors import ServiceError

CHANGES_LIMIT = 500
"""So many people are named with what changes; the counts are of everybody."""

PROBLEMS_LIMIT = 1000
"""More problems than this say nothing new; the last one then says that there are more."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file that stops its import.

    Parameters
    ----------
    line
        Counted from 1, as an editor or a spreadsheet counts.
    field
        The column, or empty when the whole line is meant.
    code, values
        What is wrong, and the words and numbers for the sentence (web/import_words.py).
    """

    line: int
    field: str
    code: str
    values: Mapping[str, str | int] = dataclasses.field(default_factory=dict)


class UnreadableFile(ServiceError):
    """A file that cannot be read further; ``problem`` says where and why."""

    code = "unreadable-file"

    def __init__(self, line: int, code: str, **values: str | int) -> None:
        super().__init__(code, values)
        self.problem = Problem(line, "", code, values)


@dataclass(frozen=True, slots=True)
class Kept:
    """A value that the person had edited since, and that the file did not overwrite."""

    line: int
    field: str


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one person: added or updated, and in which fields.

    ``joins`` tells that they take part from now on, or wait for a place.
    """

    line: int
    name: str
    verdict: str
    fields: tuple[str, ...] = ()
    joins: bool = False


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came of a file of profiles. With ``errors``, nothing was changed.

    ``added``, ``updated`` and ``unchanged`` count people, ``waiting`` those who get no place at
    once; ``kept`` lists single values, ``changes`` the first people to whom something happens.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: tuple[Kept, ...] = ()
    ignored: tuple[str, ...] = ()
    errors: tuple[Problem, ...] = ()
    waiting: int = 0
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class OrganisationReport:
    """What came of a dump of organisations. With ``errors``, nothing was changed."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    errors: tuple[Problem, ...] = ()
