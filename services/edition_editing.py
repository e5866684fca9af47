"""Changing an edition part by part: written down, and never over somebody else's change.

A page shows a part with the ``mark`` of its values. Saving compares it with what is stored, while
the edition is held, so that of two organisers at once the second is told and loses nothing.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from models import Edition
from services.audit import Subject, record
from services.edition_dates import ORDER
from services.edition_sides import read_sides
from services.edition_writing import WRITERS, Values, write_columns
from services.editions import OVER, edition_fields
from services.errors import ServiceError

PARTS: dict[str, tuple[str, ...]] = {
    "texts": (
        *("name_en", "name_ko", "text_en", "text_ko"),
        *("left_name_en", "left_name_ko", "left_zone"),
        *("right_name_en", "right_name_ko", "right_zone"),
    ),
    "dates": ORDER,
    "sides": ("left", "right"),
    "fields": ("fields",),
    "partners": (
        *("least_partners", "most_partners", "least_early_career", "least_newcomers"),
        *("capacity_left", "capacity_right"),
    ),
    "programme": ("programme",),
    "listing": ("list_visibility",),
}
"""What belongs to each part; ``left``, ``right`` and ``fields`` are lists of codes."""


class EditionChanged(ServiceError):
    """A part of an edition is not what the organiser began to change; nothing was written."""

    code = "changed-elsewhere"


class EditionOver(ServiceError):
    """An edition that is over stays as it was."""

    code = "edition-over"


def read_part(session: Session, edition: Edition, part: str) -> Values:
    """Read the values of a part, as ``change_part`` takes them."""
    if part == "sides":
        both = read_sides(session, edition.id)
        return {"left": sorted(both.left), "right": sorted(both.right)}
    if part == "fields":
        return {"fields": sorted(one.slug for one in edition_fields(session, edition.id))}
    return {name: getattr(edition, name) for name in PARTS[part]}


def mark(values: Values) -> str:
    """Make a short mark of some values, to notice that they changed in the meantime."""
    text = repr(sorted(_plain(values).items()))
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def change_part(
    session: Session,
    edition: Edition,
    part: str,
    wish: Values,
    now: datetime,
    *,
    seen: str,
    actor_id: int | None,
) -> bool:
    """Write a part of an edition, and what changed into the audit log; False when nothing did.

    Parameters
    ----------
    wish
        Every value of the part.
    seen
        The ``mark`` of the part when the organiser began.

    Raises
    ------
    EditionChanged, EditionOver
    ServiceError
        What the part itself refuses, such as ``DatesOutOfOrder`` or ``ParticipantsWouldLose``.
    """
    session.refresh(edition, with_for_update=True)
    if edition.state == OVER:
        raise EditionOver("an edition that is over stays as it was")
    before = read_part(session, edition, part)
    if mark(before) != seen:
        raise EditionChanged(f"the {part} changed in the meantime: look again")
    changed = [name for name in PARTS[part] if _plain(before)[name] != _plain(wish)[name]]
    if not changed:
        return False
    WRITERS.get(part, write_columns)(session, edition, wish, now)
    session.flush()
    record(
        session,
        edition.id,
        f"changed-{part}",
        Subject("edition", edition.id),
        now,
        actor_id=actor_id,
        before={name: _plain(before)[name] for name in changed},
        after={name: _plain(wish)[name] for name in changed},
    )
    return True


def _plain(values: Mapping[str, Any]) -> Values:
    """Give values as JSON holds them."""
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
    }
