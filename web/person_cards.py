"""Somebody as a list of suggestions shows them: place, grade, the best reason and its passages."""

from dataclasses import dataclass

from flask_babel import gettext as _

from services.candidates import Place
from services.people import PersonLine
from services.suggestions import Suggestion
from web.match_words import EvidenceSide, best_reason, evidence_sides, worth_reading


@dataclass(frozen=True)
class Card:
    """One person in the list.

    Parameters
    ----------
    grade, score, reason, evidence
        How well the two fit, and why: the best reason and both passages behind it.
    words
        Those found where meaning could not be ranked.
    moved
        Why the person stands higher or lower than by the score alone.
    """

    person: PersonLine
    grade: str = ""
    score: float | None = None
    reason: str = ""
    evidence: tuple[EvidenceSide, ...] = ()
    words: tuple[str, ...] = ()
    moved: str = ""


def card(item: Suggestion, person: PersonLine, place: Place, *, of_idea: bool = False) -> Card:
    """Make the card of somebody who was ranked."""
    return Card(
        person=person,
        grade=item.grade,
        score=item.score,
        reason=best_reason(item, of_idea=of_idea),
        evidence=_evidence(item, person, place),
    )


def _evidence(item: Suggestion, person: PersonLine, place: Place) -> tuple[EvidenceSide, ...]:
    """Give both passages of the strongest reason; none where they have nothing to do with it."""
    name = person.name or _("A researcher")
    for _reason, found in worth_reading(item)[:1]:
        return tuple(evidence_sides(found[0], name, place.side, place.other_side))
    return ()
