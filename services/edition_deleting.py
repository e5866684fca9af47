"""Unmaking a draft that nobody takes part in."""

from sqlalchemy import func
from sqlmodel import Session, col, select

from models import Edition, Participation, Round
from services.editions import DRAFT
from services.errors import ServiceError


class NotADraft(ServiceError):
    """An edition that is shown already; only drafts can be deleted."""

    code = "not-a-draft"


class PeopleTakePart(ServiceError):
    """A draft that has people, or rounds of people who left; ``count`` of them."""

    code = "people-take-part"

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} people or rounds would be lost with it")
        self.count = count


def delete_draft(session: Session, edition: Edition) -> None:
    """Delete a draft that nobody takes part in, with all that belongs to it.

    Raises
    ------
    NotADraft, PeopleTakePart
    """
    session.refresh(edition, with_for_update=True)
    if edition.state != DRAFT:
        raise NotADraft(f"{edition.slug} is shown already; take it back to a draft first")
    if count := _people_and_rounds(session, edition.id):
        raise PeopleTakePart(count)
    session.delete(edition)
    session.flush()


def _people_and_rounds(session: Session, edition_id: int) -> int:
    people = select(func.count()).where(Participation.edition_id == edition_id)
    rounds = select(func.count()).where(col(Round.edition_id) == edition_id)
    return int(session.exec(people).one()) + int(session.exec(rounds).one())
