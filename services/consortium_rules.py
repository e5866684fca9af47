"""Whether a draft may apply, as things stand: each rule, why, and the smallest fix."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from matchmaking.eligibility import Verdict, check
from matchmaking.eligibility_preset import Preset
from services.consortia import newer_rules
from services.consortium_access import Workspace
from services.consortium_entities import Entity, team_of
from services.presets import preset_row


@dataclass(frozen=True, slots=True)
class Standing:
    """The verdict on a draft, by which version of which rules, and a newer one if there is."""

    preset: Preset
    verdict: Verdict
    newer: int | None


def standing(session: Session, at: Workspace, entities: Sequence[Entity]) -> Standing:
    """Check a draft by the version of the rules that it keeps."""
    preset = preset_row(session, at.consortium.preset_id).rules
    verdict = check(team_of(entities, at.consortium.letters), preset)
    return Standing(preset, verdict, newer_rules(session, at.consortium))
