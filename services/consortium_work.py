"""The shared workspace: notes, tasks, and the letters of intent."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from models import ConsortiumNote, ConsortiumTask
from models.consortium import LETTER_STEPS
from models.edition import SIDES
from services.consortium_access import Workspace, note
from services.consortium_members import find_member
from services.errors import NotFound
from services.profile_values import ITEM_LIMIT, BadValue, plain_text

NOTE_LIMIT = 5000


def notes_in(session: Session, at: Workspace) -> Sequence[ConsortiumNote]:
    """List the team's notes and one's own, the newest first."""
    mine = ConsortiumNote.author_id == at.profile_id
    query = select(ConsortiumNote).where(
        ConsortiumNote.consortium_id == at.consortium.id,
        or_(col(ConsortiumNote.own).is_(False), mine),
    )
    return session.exec(query.order_by(col(ConsortiumNote.id).desc())).all()


def write_note(session: Session, at: Workspace, text: str, now: datetime, *, own: bool) -> None:
    """Write a note for the team, or for oneself.

    Raises
    ------
    BadValue
    """
    clean = plain_text(text, NOTE_LIMIT)
    if not clean:
        raise BadValue("missing")
    row = ConsortiumNote(
        consortium_id=at.consortium.id,
        author_id=at.profile_id,
        own=own,
        text=clean,
        created_at=now,
    )
    session.add(row)
    session.flush()


def remove_note(session: Session, at: Workspace, note_id: int) -> None:
    """Take a note of one's own away.

    Raises
    ------
    NotFound
    """
    row = session.get(ConsortiumNote, note_id)
    mine = row is not None and row.author_id == at.profile_id
    if row is None or not mine or row.consortium_id != at.consortium.id:
        raise NotFound("there is no such note of yours")
    session.delete(row)
    session.flush()


def tasks_in(session: Session, at: Workspace) -> Sequence[ConsortiumTask]:
    """List what is to do: the open ones first, by their day."""
    query = select(ConsortiumTask).where(ConsortiumTask.consortium_id == at.consortium.id)
    return session.exec(
        query.order_by(
            col(ConsortiumTask.done_at).is_not(None),
            col(ConsortiumTask.due_on).is_(None),
            col(ConsortiumTask.due_on),
            col(ConsortiumTask.id),
        )
    ).all()


def add_task(
    session: Session,
    at: Workspace,
    text: str,
    due_on: date | None,
    member_id: int | None,
    now: datetime,
) -> None:
    """Write down something to do.

    Raises
    ------
    BadValue, NotFound
    """
    clean = plain_text(text, ITEM_LIMIT)
    if not clean:
        raise BadValue("missing")
    member = find_member(session, at, member_id).id if member_id else None
    row = ConsortiumTask(
        consortium_id=at.consortium.id,
        member_id=member,
        text=clean,
        due_on=due_on,
        created_at=now,
    )
    session.add(row)
    session.flush()


def settle_task(session: Session, at: Workspace, task_id: int, now: datetime | None) -> None:
    """Say that a task is done, or open again when ``now`` is None.

    Raises
    ------
    NotFound
    """
    row = session.get(ConsortiumTask, task_id)
    if row is None or row.consortium_id != at.consortium.id:
        raise NotFound("there is no such task in this consortium")
    row.done_at = now
    session.add(row)
    session.flush()


def set_letters(
    session: Session,
    at: Workspace,
    steps: dict[str, list[str]],
    now: datetime,
    *,
    actor_id: int,
) -> None:
    """Say which steps of each side's letter of intent are done; a received one is there.

    Parameters
    ----------
    steps
        By side, some of ``LETTER_STEPS``; what is unknown is left out.
    """
    clean = {side: [step for step in LETTER_STEPS if step in steps.get(side, ())] for side in SIDES}
    if clean == {side: at.consortium.letters.get(side, []) for side in SIDES}:
        return
    before, at.consortium.letters = at.consortium.letters, clean
    note(
        session,
        at,
        "letters",
        now,
        actor_id=actor_id,
        before={"letters": before},
        after={"letters": clean},
    )
