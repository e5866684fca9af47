"""The steps of an edition from draft to over: where each begins and leads, and what it needs.

Every step but the last can be taken back until a round is published; from then on a new version of
the round is published instead. ``services/edition_states.py`` takes them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from models import Edition
from services.audit import Subject, record
from services.edition_guards import (
    closing_ahead,
    free,
    has_ended,
    has_published_round,
    has_round,
    missing_to_open,
)
from services.editions import CLOSED, DRAFT, MATCHED, OPEN, OVER, PUBLISHED, state_now
from services.errors import ServiceError

Guard = Callable[[Session, Edition, datetime], tuple[str, ...]]


class StepRefused(ServiceError):
    """A step that an edition cannot take now; ``reasons`` are the codes of what is missing."""

    code = "step-refused"

    def __init__(self, step: str, reasons: tuple[str, ...]) -> None:
        super().__init__(f"the edition cannot be {step}: {', '.join(reasons)}")
        self.step = step
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Step:
    """A step from some states to one; ``act`` is its name in the audit log."""

    act: str
    sources: tuple[str, ...]
    target: str
    guard: Guard


@dataclass(frozen=True, slots=True)
class Offer:
    """A step that begins where an edition stands, and what keeps it from being taken now."""

    act: str
    reasons: tuple[str, ...]


def take(session: Session, edition: Edition, act: str, now: datetime, actor_id: int | None) -> None:
    """Take a step, and write it into the audit log.

    Raises
    ------
    StepRefused
    """
    # Held, so that of two organisers at once the second sees what the first did.
    session.refresh(edition, with_for_update=True)
    step = STEPS[act]
    before, here = edition.state, state_now(edition, now)
    if here not in step.sources:
        raise StepRefused(act, ("still-open" if here == OPEN else "not-from-here",))
    reasons = step.guard(session, edition, now)
    if reasons:
        raise StepRefused(act, reasons)
    edition.state = step.target
    session.add(edition)
    session.flush()
    about = Subject("edition", edition.id)
    states = {"before": {"state": before}, "after": {"state": step.target}}
    record(session, edition.id, act, about, now, actor_id=actor_id, **states)


def offers(session: Session, edition: Edition, now: datetime) -> list[Offer]:
    """List the steps from where an edition stands, and what keeps each from being taken.

    Publishing is not among them: it is a round that is published or withdrawn.
    """
    here = state_now(edition, now)
    by_round = ((PUBLISHED, MATCHED), (CLOSED, PUBLISHED), (MATCHED, PUBLISHED))
    return [
        Offer(step.act, step.guard(session, edition, now))
        for step in STEPS.values()
        if here in step.sources
        and edition.state != step.target
        and (here, step.target) not in by_round
    ]


STEPS = {
    step.act: step
    for step in (
        Step("opened", (DRAFT,), OPEN, missing_to_open),
        Step("back-to-draft", (OPEN,), DRAFT, free),
        Step("closed", (OPEN,), CLOSED, free),
        Step("reopened", (CLOSED,), OPEN, closing_ahead),
        Step("matched", (CLOSED, PUBLISHED), MATCHED, has_round),
        Step("back-to-closed", (MATCHED,), CLOSED, free),
        Step("published", (CLOSED, MATCHED), PUBLISHED, has_published_round),
        Step("over", (PUBLISHED, OVER), OVER, has_ended),
    )
}
