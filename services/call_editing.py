"""Calls as organisers enter and change them."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from models import Call, Edition
from services.audit import Subject, record
from services.call_content import CallContent, content_of
from services.errors import NotFound, ServiceError


class IdentifierTaken(ServiceError):
    """Another call of the edition has this identifier."""

    code = "identifier-taken"


class CallChanged(ServiceError):
    """Somebody else changed the call since the form was opened."""

    code = "call-changed"


def find_in(session: Session, edition: Edition, call_id: int) -> Call:
    """Find a call of an edition.

    Raises
    ------
    NotFound
    """
    call = session.get(Call, call_id)
    if call is None or call.edition_id != edition.id:
        raise NotFound(f"There is no call {call_id} in this edition.")
    return call


def add_call(
    session: Session, edition: Edition, content: CallContent, now: datetime, *, actor_id: int
) -> Call:
    """Enter a call.

    Raises
    ------
    IdentifierTaken
    """
    _refuse_taken(session, edition.id, content.identifier, None)
    call = Call(edition_id=edition.id, **_columns(content))
    session.add(call)
    session.flush()
    after = {"identifier": call.identifier}
    record(
        session, edition.id, "added", Subject("call", call.id), now, actor_id=actor_id, after=after
    )
    return call


def change_call(
    session: Session, call: Call, content: CallContent, seen: str, now: datetime, *, actor_id: int
) -> None:
    """Change a call; texts that changed are read by the encoders again.

    Parameters
    ----------
    seen
        The mark of the content that the organiser began with.

    Raises
    ------
    CallChanged, IdentifierTaken
    """
    before = content_of(call)
    if seen != before.mark:
        raise CallChanged("somebody else changed this call: look at it again")
    _refuse_taken(session, call.edition_id, content.identifier, call.id)
    changed = [name for name, value in asdict(content).items() if getattr(before, name) != value]
    if not changed:
        return
    for name, value in _columns(content).items():
        setattr(call, name, value)
    session.add(call)
    record(
        session,
        call.edition_id,
        "changed",
        Subject("call", call.id),
        now,
        actor_id=actor_id,
        before={name: _plain(getattr(before, name)) for name in changed},
        after={name: _plain(getattr(content, name)) for name in changed},
    )


def remove_call(session: Session, call: Call, now: datetime, *, actor_id: int) -> None:
    """Take a call out, with the roles that coordinators sought for it."""
    subject, before = Subject("call", call.id), {"identifier": call.identifier}
    record(session, call.edition_id, "removed", subject, now, actor_id=actor_id, before=before)
    session.delete(call)
    session.flush()


def _columns(content: CallContent) -> dict[str, Any]:
    return asdict(content) | {"topics": list(content.topics)}


def _refuse_taken(session: Session, edition_id: int, identifier: str, own: int | None) -> None:
    query = select(Call.id).where(Call.edition_id == edition_id, col(Call.identifier) == identifier)
    if session.exec(query).first() not in (None, own):
        raise IdentifierTaken(f"there is a call {identifier!r} in this edition already")


def _plain(value: Any) -> Any:  # noqa: ANN401 - each column has its own type
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
