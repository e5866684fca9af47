"""Who met in an earlier edition: a hard fact, because a forum is there to meet somebody new."""

from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    union,
)
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models import Edition, Meeting, MeetingReview, Pairing, Round
from models.base import UtcDateTime
from services.editions import DRAFT

_NOT_HELD = ("declined", "cancelled")


@dataclass(frozen=True, slots=True, order=True)
class Encounter:
    """Two people who met, by profile id, the smaller id first."""

    one_id: int
    other_id: int


def already_met(session: Session, edition: Edition) -> frozenset[Encounter]:
    """Find everybody who met somebody in an edition that was over before this one begins.

    They met when a meeting of theirs was agreed and neither said afterwards that it did not take
    place, or when the published round of that edition, else its last one, paired them and no
    meeting of theirs was called off. Nobody did while the edition lets people meet again.
    One query.
    """
    if edition.meet_again:
        return frozenset()
    given = {"edition": edition.id, "starts_at": edition.starts_at}
    rows = session.execute(union(_held(), _paired()), given).all()
    return frozenset(Encounter(min(one, other), max(one, other)) for one, other in rows)


def met_by(session: Session, edition: Edition, profile_id: int) -> frozenset[int]:
    """Find whom one person met, as ``already_met`` does; one query."""
    if edition.meet_again:
        return frozenset()
    given = {"edition": edition.id, "starts_at": edition.starts_at, "me": profile_id}
    rows = session.execute(_met_by(), given).all()
    return frozenset(other if one == profile_id else one for one, other in rows)


def allow_meeting_again(session: Session, edition: Edition, *, allowed: bool) -> None:
    """Let people who met in an earlier edition be brought together again, or stop it.

    It counts for lists at once and for rounds from the next one on.
    """
    edition.meet_again = allowed
    session.flush()


@lru_cache(1)
def _met_by() -> CompoundSelect[tuple[int, int]]:
    """Make the query of ``met_by`` once: to put it together takes longer than to run it."""
    me = bindparam("me", type_=Integer)
    return union(
        *(
            query.where(or_(col(table.left_id) == me, col(table.right_id) == me))
            for query, table in ((_held(), Meeting), (_paired(), Pairing))
        )
    )


def _earlier() -> SelectOfScalar[int]:
    """Make the query for the editions before the one given as ``edition`` and ``starts_at``."""
    return select(Edition.id).where(
        col(Edition.id) != bindparam("edition", type_=Integer),
        Edition.state != DRAFT,
        col(Edition.ends_at) <= bindparam("starts_at", type_=UtcDateTime()),
    )


def _held() -> SelectOfScalar[tuple[int, int]]:
    return select(Meeting.left_id, Meeting.right_id).where(  # type: ignore[return-value] # two columns
        col(Meeting.edition_id).in_(_earlier()),
        Meeting.state == "accepted",
        ~_said_it_was_not(),
    )


def _paired() -> SelectOfScalar[tuple[int, int]]:
    shown = case(
        (col(Round.published_at).is_not(None) & col(Round.withdrawn_at).is_(None), Round.number)
    )
    number = func.coalesce(func.max(shown), func.max(Round.number)).label("number")
    last = (
        select(number, Round.edition_id)
        .where(Round.state == "done", col(Round.edition_id).in_(_earlier()))
        .group_by(col(Round.edition_id))
        .subquery()
    )
    called_off = exists().where(
        col(Meeting.edition_id) == Round.edition_id,
        col(Meeting.left_id) == Pairing.left_id,
        col(Meeting.right_id) == Pairing.right_id,
        or_(col(Meeting.state).in_(_NOT_HELD), _said_it_was_not()),
    )
    return (
        select(Pairing.left_id, Pairing.right_id)  # type: ignore[return-value] # two columns
        .join(Round, col(Round.id) == Pairing.round_id)
        .join(last, and_(last.c.edition_id == Round.edition_id, last.c.number == Round.number))
        .where(~called_off)
    )


def _said_it_was_not() -> ColumnElement[bool]:
    return exists().where(
        col(MeetingReview.meeting_id) == Meeting.id, col(MeetingReview.met).is_(False)
    )
