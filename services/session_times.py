"""When people are at sessions that they signed up for: those times are taken for meetings."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select

from matchmaking.free_time import Span
from models import EditionSession, SessionPlace

COMING, WAITING, CANCELLED = "coming", "waiting", "cancelled"


def session_times(
    session: Session,
    profile_ids: Collection[int],
    now: datetime,
    leave_out: int | None = None,
) -> dict[int, list[Span]]:
    """Read when people are at sessions, in all editions, by profile id; one query.

    Parameters
    ----------
    leave_out
        A session that does not count, because it is the one to be moved.
    """
    query = (
        select(SessionPlace.profile_id, EditionSession.starts_at, EditionSession.ends_at)
        .join(EditionSession)
        .where(
            SessionPlace.state == COMING,
            col(SessionPlace.profile_id).in_(profile_ids),
            col(EditionSession.ends_at) > now,
            col(EditionSession.id).is_distinct_from(leave_out),
        )
    )
    found: dict[int, list[Span]] = defaultdict(list)
    for profile_id, starts_at, ends_at in session.exec(query):
        found[profile_id].append(Span(starts_at, ends_at))
    return found
