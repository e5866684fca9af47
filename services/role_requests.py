"""A researcher asks to be a coordinator; an organiser or administrator answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from models import Account, Profile, RoleRequest
from services.accounts import get_account
from services.errors import NotFound, ServiceError
from services.mail import Letter, Write, post
from services.roles import COORDINATOR, grant, roles_of


class AlreadyAsked(ServiceError):
    """A request that waits for its answer, or for what the account has already."""

    code = "already-asked"


class AlreadyAnswered(ServiceError):
    """Somebody else answered this request in the meantime."""

    code = "already-answered"


@dataclass(frozen=True)
class OpenRequest:
    """A request that waits: who asks, why, since when."""

    id: int
    name: str
    email: str
    reason: str
    requested_at: datetime


@dataclass(frozen=True)
class Answer:
    """What somebody answers to a request."""

    request_id: int
    by: int
    granted: bool


def ask_for_coordinator(session: Session, account_id: int, reason: str, now: datetime) -> None:
    """Ask to be a coordinator, with a reason for whoever answers.

    Raises
    ------
    AlreadyAsked, NotFound
    """
    get_account(session, account_id, locked=True)
    if roles_of(session, account_id).coordinator or waiting_request(session, account_id):
        raise AlreadyAsked("this account is coordinator, or has asked and waits for the answer")
    session.add(
        RoleRequest(account_id=account_id, role=COORDINATOR, reason=reason, requested_at=now)
    )
    session.flush()


def waiting_request(session: Session, account_id: int) -> RoleRequest | None:
    """Find the request of an account that waits for its answer."""
    query = select(RoleRequest).where(
        RoleRequest.account_id == account_id, col(RoleRequest.decided_at).is_(None)
    )
    return session.exec(query).first()


def open_requests(session: Session) -> Sequence[OpenRequest]:
    """List the requests that wait, the oldest first, in one query."""
    query = (
        select(RoleRequest, Account.email, Profile.name)
        .join(Account, col(RoleRequest.account_id) == Account.id)
        .join(Profile, col(Profile.account_id) == Account.id, isouter=True)
        .where(col(RoleRequest.decided_at).is_(None))
        .order_by(col(RoleRequest.id))
    )
    return [
        OpenRequest(row.id, name or "", email, row.reason, row.requested_at)
        for row, email, name in session.exec(query)
    ]


def answer(session: Session, write: Write, given: Answer, now: datetime) -> None:
    """Grant or decline a request, and mail the person.

    Raises
    ------
    NotFound, AlreadyAnswered
    """
    row = session.get(RoleRequest, given.request_id)
    if row is None:
        raise NotFound("there is no such request")
    decision = {"decided_at": now, "decided_by": given.by, "granted": given.granted}
    waits = col(RoleRequest.id) == row.id, col(RoleRequest.decided_at).is_(None)
    done = session.exec(update(RoleRequest).where(*waits).values(**decision))
    if not done.rowcount:
        raise AlreadyAnswered("somebody else answered this request in the meantime")
    if given.granted:
        grant(session, row.account_id, row.role)
    account = get_account(session, row.account_id)
    letter = Letter(
        kind="coordinator-granted" if given.granted else "coordinator-declined",
        event=f"role-request:{row.id}",
        recipient=account.email,
        account_id=account.id,
        language=account.language,
    )
    post(session, write, letter, now)
