"""The rules of calls of an edition: those that ship, and what its organisers made of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from matchmaking.eligibility_preset import (
    PRESETS,
    Preset,
    country_lists,
    read_preset,
    shipped_data,
)
from models import RulePreset
from services.errors import NotFound


@dataclass(frozen=True, slots=True)
class KnownPreset:
    """One version of a preset; ``id`` is None for one that ships and was not used here yet."""

    id: int | None
    data: Mapping[str, Any]

    @property
    def rules(self) -> Preset:
        """Its rules, as the check takes them."""
        return read_preset(self.data, country_lists())

    @property
    def name(self) -> str:
        """What calls name it by."""
        return str(self.data["name"])

    @property
    def version(self) -> int:
        """Which of its versions this is."""
        return int(self.data["version"])


def preset_names(session: Session, edition_id: int) -> list[str]:
    """Name the presets that calls of an edition may have: those that ship first."""
    own = session.exec(
        select(RulePreset.name).where(RulePreset.edition_id == edition_id).distinct()
    )
    return [*PRESETS, *sorted(set(own) - set(PRESETS))]


def newest(session: Session, edition_id: int, name: str) -> KnownPreset:
    """Find the version that holds now: the edition's own before the one that ships.

    Raises
    ------
    NotFound
    """
    found = versions(session, edition_id, name)
    if not found:
        raise NotFound(f"there is no preset {name!r} in this edition")
    return found[0]


def versions(session: Session, edition_id: int, name: str) -> list[KnownPreset]:
    """List the versions of a preset, the newest first."""
    rows = session.exec(
        select(RulePreset)
        .where(RulePreset.edition_id == edition_id, RulePreset.name == name)
        .order_by(col(RulePreset.version).desc())
    ).all()
    found = [_known(row) for row in rows]
    if name in PRESETS:
        shipped = KnownPreset(None, shipped_data(name))
        if all(one.version != shipped.version for one in found):
            found.append(shipped)
    return sorted(found, key=lambda one: -one.version)


def preset_row(session: Session, preset_id: int) -> KnownPreset:
    """Give the version that something was checked by."""
    return _known(session.get_one(RulePreset, preset_id))


def _known(row: RulePreset) -> KnownPreset:
    return KnownPreset(row.id, row.data)
