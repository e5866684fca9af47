"""An organiser changes a finished round by hand, before anybody sees it, and sees what it costs.

The round keeps its bound, so that its gap tells how far it is from the best. A round that was ever
published is not changed.
"""

import json
from datetime import datetime

import numpy as np
from sqlalchemy import exists, func
from sqlmodel import Session, col, delete, select

from models import (
    AuditEntry,
    Edition,
    Pairing,
    PairRule,
    Participation,
    Profile,
    Round,
    RoundManifest,
    RoundPerson,
    UnmetNeed,
)
from services.audit import Subject, record
from services.consents_reading import may_be_paired
from services.pair_rules import FORBID
from services.private_choices import kept_apart
from services.round_board import CannotChange, HandChange, Kind, PairIds, RoundBoard
from services.round_input import MakeJudge

ACT = "changed by hand"


def open_board(session: Session, row: Round) -> RoundBoard:
    """Lay out a round that may still be changed.

    Raises
    ------
    CannotChange
        When it was published, is not done, or has too many people for scores to be at hand.
    NotFound
        When it was run before manifests were kept.
    """
    if row.published_at is not None:
        raise CannotChange("published")
    return RoundBoard(session, row)


def change_by_hand(
    session: Session,
    edition: Edition,
    row: Round,
    make_judge: MakeJudge,
    pair: PairIds,
    kind: Kind,
    other: PairIds,
    now: datetime,
    *,
    actor_id: int | None,
) -> HandChange:
    """Change a round: pairs, total, gap, worst-off people, and the manifest along with them.

    Raises
    ------
    CannotChange
        When the round, bounds, pins, facts or people speak against it.
    """
    session.refresh(edition, with_for_update=True)
    session.refresh(row)
    board = open_board(session, row)
    change = board.change(pair, kind, other)
    for new in change.added:
        _check_open(session, edition, new)
    _rewrite_pairs(session, edition, row, make_judge, change)
    before = {"total": row.total, "removed": [[one.left, one.right] for one in change.removed]}
    _rewrite_round(session, row, board, change)
    after = {"total": row.total, "added": [[one.left, one.right] for one in change.added]}
    subject = Subject("round", row.id)
    record(session, edition.id, ACT, subject, now, actor_id=actor_id, before=before, after=after)
    return change


def _check_open(session: Session, edition: Edition, pair: PairIds) -> None:
    """Refuse people who left or withdrew, and pairs ruled out since; which it is is not told."""
    takes_part = exists().where(
        col(Participation.profile_id) == Profile.id, col(Participation.edition_id) == edition.id
    )
    both = col(Profile.id).in_((pair.left, pair.right))
    here = session.exec(select(Profile.id).where(both, takes_part, may_be_paired())).all()
    forbidden = select(PairRule.id).where(
        PairRule.edition_id == edition.id,
        PairRule.kind == FORBID,
        PairRule.left_id == pair.left,
        PairRule.right_id == pair.right,
    )
    apart = kept_apart(session, pair.left, pair.right)
    if len(here) < 2 or apart or session.exec(forbidden).first() is not None:
        raise CannotChange("not-open")


def _rewrite_pairs(
    session: Session, edition: Edition, row: Round, make_judge: MakeJudge, change: HandChange
) -> None:
    for gone in change.removed:
        session.exec(
            delete(Pairing).where(
                col(Pairing.round_id) == row.id,
                col(Pairing.left_id) == gone.left,
                col(Pairing.right_id) == gone.right,
            )
        )
    for pair, score in zip(change.added, change.scores, strict=True):
        judge = make_judge(session, edition, [pair.left], [pair.right])
        verdict = next(judge.judge(np.array([[0, 0]], np.int32)))
        session.add(
            Pairing(
                round_id=row.id,
                left_id=pair.left,
                right_id=pair.right,
                score=score,
                grade=verdict.grade,
                reasons=verdict.reasons,
            )
        )
    session.flush()
    _recount(session, row, change)


def _recount(session: Session, row: Round, change: HandChange) -> None:
    """Count anew what those who got a partner are still missing of their least."""
    people = {one for pair in change.added for one in (pair.left, pair.right)}
    needs = (UnmetNeed.round_id == row.id, col(UnmetNeed.profile_id).in_(people))
    for need in session.exec(select(UnmetNeed).where(*needs)).all():
        who = need.profile_id
        mine = (Pairing.left_id == who) | (Pairing.right_id == who)
        held = session.exec(select(Pairing.id).where(Pairing.round_id == row.id, mine)).all()
        least = session.exec(
            select(RoundPerson.least).where(
                RoundPerson.round_id == row.id, RoundPerson.profile_id == who
            )
        ).one()
        need.missing = least - len(held)
        if need.missing <= 0:
            session.delete(need)
    session.flush()


def _rewrite_round(session: Session, row: Round, board: RoundBoard, change: HandChange) -> None:
    pairs = board.pairs_after(change)
    proof = board.proof
    left, right = board.totals(pairs)
    row.total = float(left.sum()) - proof.worth * len(pairs)
    if proof.floor is not None:
        # The floor need not hold any more: what remains is the bound without one.
        row.bound = proof.floor.largest_bound
        row.worst_bound = row.price = row.fairness = None
    row.bound = max(row.bound or 0.0, row.total)
    row.gap = (row.bound - row.total) / max(1.0, abs(row.bound))
    row.worst_left = float(left[proof.left.most > 0].min(initial=np.inf))
    row.worst_right = float(right[proof.right.most > 0].min(initial=np.inf))
    manifest = session.get_one(RoundManifest, row.id)
    body = json.loads(manifest.body)
    body |= {"pairs": pairs.tolist(), "total": row.total, "bound": row.bound}
    body |= {"floor": None, "made_by": "hand"}
    manifest.body = json.dumps(body, ensure_ascii=False).encode()
    session.flush()


def changes_by_hand(session: Session, row: Round) -> int:
    """Count how often a round was changed by hand; one query."""
    mine = (
        AuditEntry.edition_id == row.edition_id,
        AuditEntry.subject == "round",
        AuditEntry.subject_id == row.id,
        AuditEntry.act == ACT,
    )
    return session.exec(select(func.count()).select_from(AuditEntry).where(*mine)).one()
