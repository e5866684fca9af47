"""Writing down the rules of calls: the version that something is checked by, and new ones."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from matchmaking.eligibility_preset import country_lists, read_preset
from models import RulePreset
from services.audit import Subject, record
from services.presets import newest, versions


def keep(session: Session, edition_id: int, name: str, now: datetime) -> int:
    """Write down the version that holds now, unless it is; returns its row's id.

    Raises
    ------
    NotFound
    """
    found = newest(session, edition_id, name)
    return found.id if found.id is not None else _write(session, edition_id, found.data, now).id


def save_version(
    session: Session,
    edition_id: int,
    name: str,
    wish: Mapping[str, Any],
    now: datetime,
    *,
    actor_id: int,
) -> RulePreset:
    """Make the next version of a preset, or the first of a new one.

    Parameters
    ----------
    wish
        Its ``rules``, ``teams`` (None for one consortium), ``source`` and ``date``.

    Raises
    ------
    BadInput
        Naming the rule and what is wrong with it.
    """
    before = versions(session, edition_id, name)
    version = before[0].version + 1 if before else 1
    data = {**wish, "name": name, "version": version}
    read_preset(data, country_lists())
    row = _write(session, edition_id, data, now, actor_id)
    record(
        session,
        edition_id,
        "changed" if before else "added",
        Subject("preset", row.id),
        now,
        actor_id=actor_id,
        before={"version": before[0].version, "rules": before[0].data["rules"]} if before else None,
        after={"name": name, "version": version, "rules": wish["rules"]},
    )
    return row


def _write(
    session: Session,
    edition_id: int,
    data: Mapping[str, Any],
    now: datetime,
    actor_id: int | None = None,
) -> RulePreset:
    row = RulePreset(
        edition_id=edition_id,
        name=data["name"],
        version=data["version"],
        date=date.fromisoformat(data["date"]),
        source=data["source"],
        data=dict(data),
        created_at=now,
        created_by=actor_id,
    )
    session.add(row)
    session.flush()
    return row
