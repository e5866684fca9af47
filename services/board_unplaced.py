"""The pairs of a round that have no meeting on the board, and why."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlmodel import Session, select

from models import Edition, Pairing, Round
from services.board import BoardPerson, board_people
from services.round_schedule import CLOSED
from services.round_standing import RoundStanding, read_standing

CAN_BE_PLACED = "can-be-placed"


@dataclass(frozen=True, slots=True)
class WithoutMeeting:
    """Two people of a round without a meeting.

    ``why`` is can-be-placed, left-away, right-away, no-common-slot, no-table or closed, as
    matchmaking.schedule_result and services.round_schedule mean them, with what stands on the
    board counted.
    """

    left: BoardPerson
    right: BoardPerson
    why: str


@dataclass(frozen=True, slots=True)
class Unplaced:
    """So many pairs have no meeting; ``pairs`` are some of them."""

    total: int
    placeable: int
    pairs: tuple[WithoutMeeting, ...]


def unplaced_of(
    session: Session,
    edition: Edition,
    row: Round,
    now: datetime,
    *,
    limit: int,
    start: int = 0,
) -> Unplaced:
    """List the pairs without a meeting, first those for whom there is a slot; nine queries."""
    standing = read_standing(session, edition, row, now)
    whys = list(zip(standing.waiting, _reasons(standing), strict=True))
    whys.sort(key=lambda one: one[1] != CAN_BE_PLACED)
    whys += [(pair, CLOSED) for pair in standing.closed]
    shown = whys[start : start + limit]
    people = board_people(
        session, [who for pair, _why in shown for who in (pair.left_id, pair.right_id)]
    )
    return Unplaced(
        total=len(whys),
        placeable=sum(why == CAN_BE_PLACED for _pair, why in whys),
        pairs=tuple(
            WithoutMeeting(people[pair.left_id], people[pair.right_id], why) for pair, why in shown
        ),
    )


def _reasons(standing: RoundStanding) -> list[str]:
    problem = standing.problem
    both = problem.both_free
    seated = (both & (problem.limits > 0)).any(axis=1)
    facts = (
        (seated, CAN_BE_PLACED),
        (~problem.left_free[problem.left].any(axis=1), "left-away"),
        (~problem.right_free[problem.right].any(axis=1), "right-away"),
        (both.any(axis=1), "no-table"),
    )
    found: list[str] = np.select(
        [holds for holds, _why in facts], [why for _holds, why in facts], "no-common-slot"
    ).tolist()
    return found


def has_pair(session: Session, row: Round, left_id: int, right_id: int) -> bool:
    """Tell whether a round brought two people together."""
    query = select(Pairing.id).where(
        Pairing.round_id == row.id, Pairing.left_id == left_id, Pairing.right_id == right_id
    )
    return session.exec(query).first() is not None
