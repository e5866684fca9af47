"""The audit log of an edition: every change by an organiser or a coordinator, in order.

Whoever changes something calls ``record`` in the same transaction, so that the log never says more
or less than what happened.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from models import AuditEntry


@dataclass(frozen=True, slots=True)
class Subject:
    """What a change was made to: a kind of ``models.audit.AUDIT_SUBJECTS``, and its row."""

    kind: str
    id: int | None = None


def record(
    session: Session,
    edition_id: int,
    act: str,
    subject: Subject,
    now: datetime,
    *,
    actor_id: int | None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Write down one change.

    Parameters
    ----------
    act
        A word for what was done, in the past: "published", "pinned", "invited".
    actor_id
        The account that did it; None for the worker or a command.
    before, after
        The changed values only, as JSON can hold them. People are profile ids, never names.
    """
    entry = AuditEntry(
        edition_id=edition_id,
        at=now,
        actor_id=actor_id,
        by_person=actor_id is not None,
        act=act,
        subject=subject.kind,
        subject_id=subject.id,
        before=dict(before or {}),
        after=dict(after or {}),
    )
    session.add(entry)
    session.flush()
    return entry


def entries_about(session: Session, edition_id: int, subject: Subject) -> list[AuditEntry]:
    """List the changes to one thing, newest first."""
    query = (
        select(AuditEntry)
        .where(
            AuditEntry.edition_id == edition_id,
            AuditEntry.subject == subject.kind,
            AuditEntry.subject_id == subject.id,
        )
        .order_by(col(AuditEntry.id).desc())
    )
    return list(session.exec(query))
