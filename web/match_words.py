"""Why two people fit, in sentences, and the passages behind it with the shared words marked."""

from dataclasses import dataclass

from flask_babel import gettext as _

from matchmaking.matched_words import excerpt, matched_parts
from matchmaking.passages import has_hangul
from services.suggestions import Evidence, Reason, Suggestion

Parts = list[tuple[str, bool]]
# A reason's strength by its number of nines: the middle of all pairs has 0.23, the best tenth 0.5.
_TELLING = 0.3
_NOT_FAR_BEHIND = 0.75


@dataclass(frozen=True)
class EvidenceSide:
    """One of two passages, as the macro ``evidence_pair`` takes it."""

    side: str
    who: str
    parts: Parts
    source: str
    lang: str


def best_reason(suggestion: Suggestion, *, of_idea: bool = False) -> str:
    """Say the strongest reason of a suggestion in one sentence."""
    for reason in suggestion.reasons:
        if reason.evidence:
            return sentence(reason, of_idea=of_idea)
    return ""


def sentence(reason: Reason, *, of_idea: bool = False) -> str:
    """Say a reason, with the words of the other that carry it."""
    found = reason.evidence[0]
    text = excerpt(found.theirs, found.mine)
    words: dict[str, str] = {
        "similar-work": _("Close to your work: %(text)s", text=text),
        "offers-what-you-need": _("Offers what you need: %(text)s", text=text),
        "needs-what-you-offer": _("Needs what you offer: %(text)s", text=text),
    }
    if of_idea:
        words = {
            "similar-work": _("Close to your idea: %(text)s", text=text),
            "offers-what-you-need": _("Offers for your idea: %(text)s", text=text),
        }
    return words[reason.code]


def worth_reading(suggestion: Suggestion) -> list[tuple[Reason, list[Evidence]]]:
    """Choose the reasons and the evidence to show: the strongest, and what is not far behind.

    A pair of texts that have little to do with each other would make the others unbelievable.
    """
    told = [reason for reason in suggestion.reasons if reason.evidence]
    strong = [reason for reason in told if reason.strength >= _TELLING] or told[:1]
    return [(reason, _near_the_best(reason.evidence)) for reason in strong]


def _near_the_best(evidence: tuple[Evidence, ...]) -> list[Evidence]:
    best = evidence[0].similarity
    # The best of texts that have nothing to do with each other may lie below nought.
    least = min(best, best * _NOT_FAR_BEHIND)
    return [found for found in evidence if found.similarity >= least]


def evidence_sides(found: Evidence, name: str, side: str, other: str) -> list[EvidenceSide]:
    """Make both passages of an evidence: the reader's first.

    Parameters
    ----------
    name
        How the other is called.
    side, other
        The reader's side, and the other's.
    """
    mine = EvidenceSide(
        side, _mine(found.my_kind), _parts(found.mine, found.theirs), "", _language(found.mine)
    )
    theirs = EvidenceSide(
        other,
        _theirs(found.their_kind, name),
        _parts(found.theirs, found.mine),
        "",
        _language(found.theirs),
    )
    return [mine, theirs]


def _mine(kind: str) -> str:
    words: dict[str, str] = {
        "research": _("You write"),
        "publication": _("You published"),
        "offer": _("You offer"),
        "need": _("You need"),
        "idea": _("Your idea"),
    }
    return words[kind]


def _theirs(kind: str, name: str) -> str:
    words: dict[str, str] = {
        "research": _("%(name)s writes", name=name),
        "publication": _("%(name)s published", name=name),
        "offer": _("%(name)s offers", name=name),
        "need": _("%(name)s needs", name=name),
    }
    return words[kind]


def _parts(text: str, other: str) -> Parts:
    return [(part.text, part.found) for part in matched_parts(text, other)]


def _language(text: str) -> str:
    return "ko" if has_hangul(text) else ""
