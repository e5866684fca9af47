"""Rounds of pairing: ask for one, watch it, stop it, pick it up again after a crash."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from models import Account, Edition, Pairing, Profile, Round, UnmetNeed
from services.editions import OVER, state_now
from services.errors import NotFound, ServiceError
from services.round_parameters import RoundParameters

UNDER_WAY = ("queued", "running")
# A worker says that it is alive at least this often; after twice that it is taken for dead.
ALIVE_EVERY = timedelta(seconds=30)


class RoundUnderWay(ServiceError):
    """Two rounds of one edition would fight for the same people."""

    code = "round-under-way"

    def __init__(self, number: int) -> None:
        super().__init__(f"Round {number} is still under way: wait for it, or cancel it first.")
        self.number = number


class EditionOver(ServiceError):
    """A forum that has ended pairs nobody any more."""

    code = "edition-over"

    def __init__(self, slug: str) -> None:
        super().__init__(
            f"{slug} is over: clone it for the next forum, or give it a later end first."
        )


def request_round(
    session: Session,
    edition: Edition,
    parameters: RoundParameters,
    now: datetime,
    *,
    actor_id: int | None = None,
) -> Round:
    """Queue a round of an edition.

    The edition's row is locked, so that of two organisers at once one gets the round and the other
    the reason.

    Raises
    ------
    RoundUnderWay
        When one is queued or running already.
    EditionOver
    """
    if state_now(edition, now) == OVER:
        raise EditionOver(edition.slug)
    session.exec(select(Edition).where(Edition.id == edition.id).with_for_update()).one()
    waiting = session.exec(
        select(Round).where(Round.edition_id == edition.id, col(Round.state).in_(UNDER_WAY))
    ).first()
    if waiting is not None:
        raise RoundUnderWay(waiting.number)
    last = session.exec(select(func.max(Round.number)).where(Round.edition_id == edition.id)).one()
    row = Round(
        edition_id=edition.id,
        number=(last or 0) + 1,
        started_by=actor_id,
        parameters=asdict(parameters),
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row


def cancel_round(session: Session, row: Round, now: datetime) -> None:
    """Ask a round to stop; one that waits is cancelled at once, one that is over stays as it is."""
    session.refresh(row, with_for_update=True)
    if row.state == "queued":
        row.state, row.finished_at = "cancelled", now
    elif row.state == "running":
        row.cancel_requested = True
    session.flush()


def claim(session: Session, round_id: int, now: datetime) -> bool:
    """Take a queued round for this worker; False when another took it or it was cancelled."""
    taken = session.execute(
        update(Round)
        .where(col(Round.id) == round_id, col(Round.state) == "queued")
        .values(state="running", began_at=now, stage_at=now, alive_at=now)
    )
    return bool(taken.rowcount)  # type: ignore[attr-defined] # an UPDATE gives a CursorResult


def queued_rounds(session: Session, now: datetime) -> Sequence[int]:
    """List the rounds that wait for a worker, those of a worker that died among them."""
    dead = now - 2 * ALIVE_EVERY
    session.execute(
        update(Round)
        .where(col(Round.state) == "running", col(Round.alive_at) < dead)
        .values(state="queued", stage="", done=0, of=0)
    )
    return session.exec(select(Round.id).where(Round.state == "queued").order_by("id")).all()


def rounds_of(session: Session, edition: Edition) -> Sequence[Round]:
    """List an edition's rounds, newest first."""
    order = col(Round.number).desc()
    return session.exec(select(Round).where(Round.edition_id == edition.id).order_by(order)).all()


def find_round(session: Session, edition: Edition, number: int | None = None) -> Round:
    """Find a round by its number, or the newest finished one.

    Raises
    ------
    NotFound
        When there is none.
    """
    query = select(Round).where(Round.edition_id == edition.id)
    if number is None:
        query = query.where(Round.state == "done").order_by(col(Round.number).desc())
    else:
        query = query.where(Round.number == number)
    found = session.exec(query).first()
    if found is None:
        which = "no finished round" if number is None else f"no round {number}"
        raise NotFound(f"Edition {edition.slug} has {which}: run one first.")
    return found


def who_started(session: Session, row: Round) -> str:
    """Name whoever started a round; empty for a command, and when the account is gone."""
    if row.started_by is None:
        return ""
    query = (
        select(Account.email, Profile.name)
        .join(Profile, col(Profile.account_id) == Account.id, isouter=True)
        .where(Account.id == row.started_by)
    )
    found = session.exec(query).first()
    return "" if found is None else found[1] or found[0]


def pairings_of(session: Session, row: Round) -> Sequence[Pairing]:
    """List a round's pairings, in the order in which they were written."""
    return session.exec(select(Pairing).where(Pairing.round_id == row.id).order_by("id")).all()


def unmet_of(session: Session, row: Round) -> Sequence[UnmetNeed]:
    """List whom a round could not serve in full, the most missing first."""
    order = (col(UnmetNeed.missing).desc(), col(UnmetNeed.id))
    return session.exec(
        select(UnmetNeed).where(UnmetNeed.round_id == row.id).order_by(*order)
    ).all()
