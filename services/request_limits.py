"""How many coordinators' requests may wait for one person, and whether they look for a team."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from models import ConsortiumMember, Edition, RequestSetting
from services.audit import Subject, record
from services.profile_values import whole

MOST = 20
INVITED = "invited"


@dataclass(frozen=True, slots=True)
class Willingness:
    """What a coordinator may know before asking somebody.

    Parameters
    ----------
    seeks_team
        Whether the person said that they look for a consortium.
    waiting, most
        Requests that wait for their answer, and how many may at once.
    """

    seeks_team: bool = False
    waiting: int = 0
    most: int = 3

    @property
    def may_be_asked(self) -> bool:
        """Tell whether one more request may wait."""
        return self.waiting < self.most

    @property
    def load(self) -> float:
        """How full their list of requests is, from 0 to 1."""
        return min(1.0, self.waiting / self.most) if self.most else 1.0


def willingness_of(
    session: Session, edition: Edition, profile_ids: Collection[int], now: datetime
) -> dict[int, Willingness]:
    """Read it for many people, in two queries."""
    ids = list(profile_ids)
    settings = {
        row.profile_id: row
        for row in session.exec(
            select(RequestSetting).where(col(RequestSetting.profile_id).in_(ids))
        )
    }
    counts = dict(
        session.exec(
            select(ConsortiumMember.profile_id, func.count())
            .where(
                col(ConsortiumMember.profile_id).in_(ids),
                ConsortiumMember.state == INVITED,
                col(ConsortiumMember.expires_at) > now,
            )
            .group_by(col(ConsortiumMember.profile_id))
        ).all()
    )
    usual = Willingness(most=edition.most_requests)
    return {one: _willingness(settings.get(one), counts.get(one, 0), usual.most) for one in ids}


def setting_of(session: Session, profile_id: int) -> RequestSetting:
    """Give a person's own setting; one that says nothing when they set none."""
    return session.get(RequestSetting, profile_id) or RequestSetting(profile_id=profile_id)


def set_requests(
    session: Session, profile_id: int, *, seeks_team: bool, most_waiting: int | None
) -> None:
    """Say whether one looks for a team, and how many requests may wait; None as the edition has it.

    Raises
    ------
    BadValue
    """
    row = setting_of(session, profile_id)
    row.seeks_team = seeks_team
    row.most_waiting = None if most_waiting is None else whole(most_waiting, 0, MOST)
    session.add(row)
    session.flush()


def set_usual(
    session: Session, edition: Edition, most: int, now: datetime, *, actor_id: int
) -> None:
    """Say how many requests may wait for somebody who set no number, in an edition.

    Raises
    ------
    BadValue
    """
    before, edition.most_requests = edition.most_requests, whole(most, 0, MOST)
    session.add(edition)
    record(
        session,
        edition.id,
        "changed",
        Subject("edition", edition.id),
        now,
        actor_id=actor_id,
        before={"most_requests": before},
        after={"most_requests": edition.most_requests},
    )


def waiting_for(session: Session, profile_id: int, now: datetime) -> Sequence[ConsortiumMember]:
    """List the requests that wait for somebody's answer, the one that ends first at the top."""
    query = select(ConsortiumMember).where(
        ConsortiumMember.profile_id == profile_id,
        ConsortiumMember.state == INVITED,
        col(ConsortiumMember.expires_at) > now,
    )
    return session.exec(query.order_by(col(ConsortiumMember.expires_at))).all()


def _willingness(row: RequestSetting | None, waiting: int, usual: int) -> Willingness:
    if row is None:
        return Willingness(waiting=waiting, most=usual)
    most = usual if row.most_waiting is None else row.most_waiting
    return Willingness(row.seeks_team, waiting, most)
