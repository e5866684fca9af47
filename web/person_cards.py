"""Somebody as a list of suggestions shows them: place, grade, the best reason and its passages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlmodel import Session

from services.candidates import Place
from services.learning import Moved
from services.people import PersonLine, person_lines
from services.suggestions import Suggestion
from services.visibility import Viewer
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


def cards(
    session: Session,
    viewer: Viewer,
    items: Sequence[Suggestion],
    place: Place,
    *,
    of_idea: bool = False,
) -> list[Card]:
    """Make the cards of people who were ranked."""
    causes = [item.moved.because_of for item in items if item.moved]
    people = person_lines(session, [*(item.profile_id for item in items), *causes], viewer)
    return [_of_list(item, people, place, of_idea=of_idea) for item in items]


def card_of(
    item: Suggestion, person: PersonLine, place: Place, *, of_idea: bool = False, moved: str = ""
) -> Card:
    """Make the card of one person."""
    return Card(
        person=person,
        grade=item.grade,
        score=item.score,
        reason=best_reason(item, of_idea=of_idea),
        evidence=_evidence(item, person, place),
        moved=moved,
    )


def _of_list(
    item: Suggestion, people: Mapping[int, PersonLine], place: Place, *, of_idea: bool
) -> Card:
    moved = _moved(item.moved, people[item.moved.because_of].name) if item.moved else ""
    return card_of(item, people[item.profile_id], place, of_idea=of_idea, moved=moved)


def _moved(moved: Moved, name: str) -> str:
    """Say which of the reader's own experiences moved somebody up or down."""
    name = name or _("A researcher")
    words: dict[str, str] = {
        "interested": _("Higher because you were interested in %(name)s.", name=name),
        "pass": _("Lower because you passed on %(name)s.", name=name),
        "meeting": _("Higher because your meeting with %(name)s was useful.", name=name)
        if moved.higher
        else _("Lower because your meeting with %(name)s was of little use.", name=name),
    }
    return words[moved.experience]


def _evidence(item: Suggestion, person: PersonLine, place: Place) -> tuple[EvidenceSide, ...]:
    """Give both passages of the strongest reason; none where they have nothing to do with it."""
    name = person.name or _("A researcher")
    for _reason, found in worth_reading(item)[:1]:
        return tuple(evidence_sides(found[0], name, place.side, place.other_side))
    return ()
