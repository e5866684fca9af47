"""An edition's way from draft to over, one function for each step.

What people may do follows ``editions.state_now``, so that a step that nobody took in time opens no
door that its date has closed.
"""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from models import Edition
from services.edition_steps import take
from services.editions import PUBLISHED, state_now


def open_edition(session: Session, edition: Edition, now: datetime, actor_id: int | None) -> None:
    """Show a draft to everybody; people join from its opening date on.

    Raises
    ------
    StepRefused
    """
    take(session, edition, "opened", now, actor_id)


def back_to_draft(session: Session, edition: Edition, now: datetime, actor_id: int | None) -> None:
    """Hide an edition again; who takes part stays in.

    Raises
    ------
    StepRefused
    """
    take(session, edition, "back-to-draft", now, actor_id)


def close_edition(session: Session, edition: Edition, now: datetime, actor_id: int | None) -> None:
    """End joining and leaving, before the closing date or after it.

    Raises
    ------
    StepRefused
    """
    take(session, edition, "closed", now, actor_id)


def reopen_edition(session: Session, edition: Edition, now: datetime, actor_id: int | None) -> None:
    """Let people join and leave again, until the closing date.

    Raises
    ------
    StepRefused
        ``closing-passed``: give a later date first.
    """
    take(session, edition, "reopened", now, actor_id)


def mark_matched(session: Session, edition: Edition, now: datetime, actor_id: int | None) -> None:
    """Say that the pairs stand and can be published; or, when a round was withdrawn, again.

    Raises
    ------
    StepRefused
        ``no-finished-round``.
    """
    take(session, edition, "matched", now, actor_id)


def back_to_closed(session: Session, edition: Edition, now: datetime, actor_id: int | None) -> None:
    """Take back that the pairs stand: another round is to be run.

    Raises
    ------
    StepRefused
    """
    take(session, edition, "back-to-closed", now, actor_id)


def mark_published(session: Session, edition: Edition, now: datetime, actor_id: int | None) -> None:
    """Follow the publishing of a round; an edition that is published already stays so.

    Raises
    ------
    StepRefused
        ``still-open``: people may still join and leave; ``no-published-round``.
    """
    if state_now(edition, now) != PUBLISHED:
        take(session, edition, "published", now, actor_id)


def mark_over(session: Session, edition: Edition, now: datetime, actor_id: int | None) -> None:
    """End an edition whose forum has ended.

    Raises
    ------
    StepRefused
        ``not-ended``.
    """
    take(session, edition, "over", now, actor_id)


ACTS: dict[str, Callable[[Session, Edition, datetime, int | None], None]] = {
    "opened": open_edition,
    "back-to-draft": back_to_draft,
    "closed": close_edition,
    "reopened": reopen_edition,
    "matched": mark_matched,
    "back-to-closed": back_to_closed,
    "over": mark_over,
}
"""The steps that an organiser takes with a button; publishing follows a round."""
