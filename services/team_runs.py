"""Asking for whole teams for a draft: ask, find, cancel, claim.

Public: ``TeamAsk``, ``request_teams``, ``newest_teams``, ``find_teams``, ``cancel_teams``,
``queued_teams``, ``claim_teams``, ``forget_teams_of``, ``stamp_of``.

Of a draft only the latest result is kept.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from models import Consortium, ConsortiumRole, TeamRun
from services.consortium_access import Workspace
from services.consortium_roles import roles_of_consortium
from services.errors import NotFound, ServiceError
from services.team_roles import NoRoles

UNDER_WAY = ("queued", "running")
SILENT_AFTER = timedelta(minutes=3)
"""As long as a run may be silent before another worker takes it up; 10,000 people take a while."""


class TeamsBusy(ServiceError):
    """Teams are being formed for this draft already."""

    code = "teams-busy"


@dataclass(frozen=True, slots=True)
class TeamAsk:
    """What somebody asks for, beside the draft's roles, rules and size.

    ``keep`` and ``without`` are profile ids, beside who is locked, was asked or has joined.
    """

    mirror: bool = False
    genders: bool = False
    thorough: bool = False
    keep: tuple[int, ...] = ()
    without: tuple[int, ...] = ()

    @classmethod
    def of(cls, run: TeamRun) -> "TeamAsk":
        """Read what was asked for."""
        kept: dict[str, Any] = dict(run.asked)
        return cls(
            kept["mirror"],
            kept["genders"],
            kept["thorough"],
            tuple(kept["keep"]),
            tuple(kept["without"]),
        )


def request_teams(
    session: Session, at: Workspace, ask: TeamAsk, now: datetime, *, actor_id: int
) -> TeamRun:
    """Queue the forming of teams; the result before is dropped. Wake the worker after the commit.

    Raises
    ------
    TeamsBusy
        When it waits or runs for this draft.
    NoRoles
        When the draft names no role.
    """
    session.exec(select(Consortium).where(Consortium.id == at.consortium.id).with_for_update())
    newest = newest_teams(session, at.consortium.id)
    if newest is not None and newest.state in UNDER_WAY:
        raise TeamsBusy("Teams are being formed: wait until they are, or cancel it.")
    roles = roles_of_consortium(session, at.consortium.id)
    if not roles:
        raise NoRoles("The draft names no role: write what is needed.")
    session.execute(delete(TeamRun).where(col(TeamRun.consortium_id) == at.consortium.id))
    run = TeamRun(
        consortium_id=at.consortium.id,
        started_by=actor_id,
        asked=asdict(ask) | {"stamp": stamp_of(at.consortium, roles)},
        created_at=now,
    )
    session.add(run)
    session.flush()
    return run


def stamp_of(consortium: Consortium, roles: Sequence[ConsortiumRole]) -> str:
    """Sum up what teams are formed for: roles, rules, size. Another stamp: form them again."""
    said = [(one.id, one.text, one.weight, one.side, one.organisation_type) for one in roles]
    frame = (consortium.preset_id, consortium.size_least, consortium.size_most)
    return hashlib.sha256(repr((frame, said)).encode()).hexdigest()[:16]


def newest_teams(session: Session, consortium_id: int) -> TeamRun | None:
    """Find the latest forming of teams for a draft."""
    query = select(TeamRun).where(TeamRun.consortium_id == consortium_id)
    return session.exec(query.order_by(col(TeamRun.id).desc()).limit(1)).first()


def find_teams(session: Session, at: Workspace, run_id: int) -> TeamRun:
    """Find a forming of teams of this draft.

    Raises
    ------
    NotFound
    """
    run = session.get(TeamRun, run_id)
    if run is None or run.consortium_id != at.consortium.id:
        raise NotFound("there are no such teams in this consortium")
    return run


def cancel_teams(session: Session, run: TeamRun, now: datetime) -> None:
    """Stop it: at once where it waits, at its next step where it runs; the page shows which."""
    waiting = col(TeamRun.id) == run.id, col(TeamRun.state) == "queued"
    session.execute(update(TeamRun).where(*waiting).values(state="cancelled", finished_at=now))
    session.execute(
        update(TeamRun)
        .where(col(TeamRun.id) == run.id, col(TeamRun.state) == "running")
        .values(cancel_requested=True)
    )
    session.refresh(run)


def queued_teams(session: Session, now: datetime) -> Sequence[int]:
    """List what waits for a worker, what a worker left that died among it."""
    session.execute(
        update(TeamRun)
        .where(col(TeamRun.state) == "running", col(TeamRun.alive_at) < now - SILENT_AFTER)
        .values(state="queued", done=0, of=0)
    )
    query = select(TeamRun.id).where(TeamRun.state == "queued").order_by(col(TeamRun.id))
    return session.exec(query).all()


def claim_teams(session: Session, run_id: int, now: datetime) -> bool:
    """Take one for this worker; False when another took it or it was cancelled."""
    taken = session.execute(
        update(TeamRun)
        .where(col(TeamRun.id) == run_id, col(TeamRun.state) == "queued")
        .values(state="running", stage="compare", alive_at=now)
    )
    return bool(taken.rowcount)  # type: ignore[attr-defined] # an UPDATE gives a CursorResult


def forget_teams_of(session: Session, profile_id: int) -> None:
    """Drop the results in which somebody stands, and the wishes that name them."""
    for run in session.exec(select(TeamRun)).all():
        named = {*run.asked["keep"], *run.asked["without"], *(run.result or {}).get("people", ())}
        if profile_id in named:
            session.delete(run)
    session.flush()
