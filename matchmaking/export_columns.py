"""The columns that a match list can have, and which of them it has when nobody chose."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

SIDES = ("left", "right")


@dataclass(frozen=True, slots=True)
class Column:
    """One thing that a list can say.

    Parameters
    ----------
    of_person
        Whether it is said of each of the two, or of the pair.
    usual
        Whether a list says it when nobody chose.
    contact
        Whether it tells how to reach somebody: only with that person's consent, never unasked, and
        written down.
    """

    key: str
    of_person: bool = True
    usual: bool = True
    contact: bool = False


COLUMNS = (
    Column("id"),
    Column("name"),
    Column("name_native"),
    Column("organisation"),
    Column("country"),
    Column("organisation_type", usual=False),
    Column("career_stage", usual=False),
    Column("fields", usual=False),
    Column("topics", usual=False),
    Column("languages", usual=False),
    Column("email", usual=False, contact=True),
    Column("score", of_person=False),
    Column("grade", of_person=False),
    Column("meeting_state", of_person=False),
    Column("meeting_start_left", of_person=False),
    Column("meeting_start_right", of_person=False),
    Column("meeting_table", of_person=False),
)
"""All of them, in the order in which they stand in a file."""

KEYS = tuple(column.key for column in COLUMNS)
PERSON_KEYS = frozenset(column.key for column in COLUMNS if column.of_person)
PAIR_KEYS = frozenset(KEYS) - PERSON_KEYS
CONTACT_KEYS = frozenset(column.key for column in COLUMNS if column.contact)
USUAL = tuple(column.key for column in COLUMNS if column.usual)


def ordered(keys: Collection[str]) -> tuple[str, ...]:
    """Put chosen columns into the order of the file; one that there is not (any more) is left out.

    Without any, the usual ones.
    """
    return tuple(key for key in KEYS if key in keys) or USUAL


def without_contact(keys: Iterable[str]) -> tuple[str, ...]:
    """Take out what tells how to reach somebody."""
    return tuple(key for key in keys if key not in CONTACT_KEYS)
