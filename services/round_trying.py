"""Try the smallest change that would serve somebody: a new round with it, and nothing else new."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, select

from models import Edition, Round, UnmetNeed
from services.audit import Subject, record
from services.errors import NotFound
from services.pair_rules import lift_forbid
from services.round_parameters import RoundParameters
from services.rounds import request_round

Changes = dict[str, dict[str, int]]


def try_change(
    session: Session,
    edition: Edition,
    row: Round,
    profile_id: int,
    now: datetime,
    *,
    actor_id: int | None,
) -> Round:
    """Queue a round like another, with the change that would serve somebody who was short.

    Others take more partners at most in that round alone; the person's own least comes down in it
    alone; a pair that an organiser forbade is lifted for good.

    Raises
    ------
    NotFound
        When the person was not short, or no change is known that an organiser may make.
    RoundUnderWay
    """
    need = session.exec(
        select(UnmetNeed).where(UnmetNeed.round_id == row.id, UnmetNeed.profile_id == profile_id)
    ).first()
    if need is None or need.change is None:
        raise NotFound(f"Round {row.number} knows no change that would serve profile {profile_id}.")
    parameters = RoundParameters(**row.parameters)
    changes: Changes = {who: dict(given) for who, given in parameters.changes.items()}
    for way in need.change["raises"]:
        _add(changes, way["profile_id"], "more", way["by"])
    if need.change["lower_least"]:
        _add(changes, profile_id, "less", need.change["lower_least"])
    tried = request_round(
        session, edition, replace(parameters, changes=changes), now, actor_id=actor_id
    )
    for pair in need.change["lifts"]:
        pair_ids = pair["left_id"], pair["right_id"]
        lift_forbid(session, edition, *pair_ids, now, actor_id=actor_id)
    after = {"like": row.number, "for": profile_id, **need.change}
    subject = Subject("round", tried.id)
    record(session, edition.id, "tried", subject, now, actor_id=actor_id, after=after)
    return tried


def _add(changes: Changes, profile_id: int, key: str, by: int) -> None:
    mine = changes.setdefault(str(profile_id), {})
    mine[key] = mine.get(key, 0) + by
