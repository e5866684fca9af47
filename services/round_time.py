"""How long a round that runs will still take, as far as anybody can know."""

from datetime import datetime

from sqlmodel import Session, col, select

from models import Round

_LATEST = 5


def seconds_left(session: Session, row: Round, now: datetime) -> int | None:
    """Estimate how many seconds a running round still takes; None when nothing tells.

    The latest finished round of the edition that was asked for alike tells best; without one, or
    when this one takes longer, the pace of the stage it is in.
    """
    if row.state != "running" or row.began_at is None:
        return None
    known = _like(session, row)
    gone = (now - row.began_at).total_seconds()
    if known is not None and known > gone:
        return round(known - gone) or 1
    if row.stage_at is None or not 0 < row.done < row.of:
        return None
    spent = (now - row.stage_at).total_seconds()
    return round(spent * (row.of - row.done) / row.done) or 1


def _like(session: Session, row: Round) -> float | None:
    query = (
        select(Round)
        .where(
            Round.edition_id == row.edition_id,
            Round.state == "done",
            col(Round.seconds).is_not(None),
        )
        .order_by(col(Round.number).desc())
        .limit(_LATEST)
    )
    fair = row.parameters.get("fair", "none") != "none"
    for one in session.exec(query):
        if (one.parameters.get("fair", "none") != "none") == fair:
            return one.seconds
    return None
