"""Who met in an earlier edition: a hard fact, because a forum is there to meet somebody new."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, or_, union
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models import Edition, Meeting, MeetingReview, Pairing, Round
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
    place, or when the last round of that edition paired them and no meeting of theirs was called
    off. Nobody did while the edition lets people meet again. One query.
    """
    return frozenset() if edition.meet_again else _encounters(session, edition, None)


def met_by(session: Session, edition: Edition, profile_id: int) -> frozenset[int]:
    """Find whom one person met, as ``already_met`` does; one query."""
    if edition.meet_again:
        return frozenset()
    found = _encounters(session, edition, profile_id)
    return frozenset(one.other_id if one.one_id == profile_id else one.one_id for one in found)


def allow_meeting_again(session: Session, edition: Edition, *, allowed: bool) -> None:
    """Let people who met in an earlier edition be brought together again, or stop it.

    It counts for lists at once and for rounds from the next one on.
    """
    edition.meet_again = allowed
    session.flush()


def _encounters(session: Session, edition: Edition, profile_id: int | None) -> frozenset[Encounter]:
    parts = []
    for query, table in ((_held(edition), Meeting), (_paired(edition), Pairing)):
        of_one = or_(col(table.left_id) == profile_id, col(table.right_id) == profile_id)
        parts.append(query if profile_id is None else query.where(of_one))
    rows = session.execute(union(*parts)).all()
    return frozenset(Encounter(min(one, other), max(one, other)) for one, other in rows)


def _earlier(edition: Edition) -> SelectOfScalar[int]:
    return select(Edition.id).where(
        Edition.id != edition.id,
        Edition.state != DRAFT,
        Edition.ends_at <= edition.starts_at,
    )


def _held(edition: Edition) -> SelectOfScalar[tuple[int, int]]:
    return select(Meeting.left_id, Meeting.right_id).where(  # type: ignore[return-value] # two columns
        col(Meeting.edition_id).in_(_earlier(edition)),
        Meeting.state == "accepted",
        ~_said_it_was_not(),
    )


def _paired(edition: Edition) -> SelectOfScalar[tuple[int, int]]:
    last = (
        select(func.max(Round.number).label("number"), Round.edition_id)
        .where(Round.state == "done", col(Round.edition_id).in_(_earlier(edition)))
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
