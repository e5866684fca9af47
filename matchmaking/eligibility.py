"""Whether a consortium may apply: each rule of a call, and the smallest change that helps.

Public: ``Verdict``, ``check(consortium, preset)``; ``Consortium`` and ``Partner`` are in
``eligibility_consortium``, presets in ``eligibility_preset``.
"""

from dataclasses import dataclass

from matchmaking.eligibility_consortium import Consortium
from matchmaking.eligibility_fix import Change, smallest_fix
from matchmaking.eligibility_preset import Preset
from matchmaking.eligibility_rules import Finding, findings


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say of a consortium.

    ``fix`` is empty for an eligible one, and None when no change within reach serves.
    """

    findings: tuple[Finding, ...]
    fix: tuple[Change, ...] | None

    @property
    def eligible(self) -> bool:
        """Tell whether every rule holds; one that waits for a document does not hold yet."""
        return all(found.holds for found in self.findings)


def check(consortium: Consortium, preset: Preset) -> Verdict:
    """Check a consortium by a preset.

    Raises
    ------
    BadInput
        When a partner says to be the same entity as nobody here.
    """
    return Verdict(findings(consortium, preset), smallest_fix(consortium, preset))
