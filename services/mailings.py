"""Mailings of an edition: written, changed and thrown away while nothing has gone out."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from models import Edition, Mailing
from services import audit
from services.audit import Subject
from services.errors import NotFound, ServiceError
from services.mailing_text import unknown_placeholders

DRAFT, QUEUED, SENDING, DONE, CANCELLED = "draft", "queued", "sending", "done", "cancelled"
UNDER_WAY = (QUEUED, SENDING)


class NotADraft(ServiceError):
    """A mailing that was sent, perhaps by somebody else just now, stays as it is: copy it."""

    code = "mailing-not-a-draft"


class UnknownPlaceholder(ServiceError):
    """A text has something in braces that nothing is known for; ``names`` says what."""

    code = "unknown-placeholder"

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(f"nothing is known for {', '.join(names)}: take it out of its braces")
        self.names = names


@dataclass(frozen=True, slots=True)
class MailingDraft:
    """What an organiser writes: the texts in both languages, for whom, and where its link leads."""

    subject_en: str
    subject_ko: str
    body_en: str
    body_ko: str
    audience: str = "everybody"
    side: str = "both"
    leads_to: str = "edition"


def mailings_of(session: Session, edition: Edition) -> Sequence[Mailing]:
    """List an edition's mailings, newest first."""
    query = select(Mailing).where(Mailing.edition_id == edition.id)
    return session.exec(query.order_by(col(Mailing.id).desc())).all()


def find_mailing(session: Session, edition: Edition, number: int) -> Mailing:
    """Find a mailing of an edition.

    Raises
    ------
    NotFound
    """
    row = session.get(Mailing, number)
    if row is None or row.edition_id != edition.id:
        raise NotFound("this edition has no such mailing")
    return row


def write_mailing(
    session: Session,
    edition: Edition,
    draft: MailingDraft,
    now: datetime,
    *,
    actor_id: int | None = None,
) -> Mailing:
    """Keep a new draft.

    Raises
    ------
    UnknownPlaceholder
    """
    _check(draft)
    row = Mailing(
        edition_id=edition.id, made_by=actor_id, created_at=now, changed_at=now, **asdict(draft)
    )
    session.add(row)
    session.flush()
    _note(session, row, "written", now, actor_id, after=_choices(draft))
    return row


def change_mailing(
    session: Session,
    row: Mailing,
    draft: MailingDraft,
    now: datetime,
    *,
    actor_id: int | None = None,
) -> None:
    """Change a draft.

    Raises
    ------
    UnknownPlaceholder
    NotADraft
        When it was sent meanwhile.
    """
    _check(draft)
    require_draft(session, row)
    was = {name: getattr(row, name) for name in _choices(draft)}
    for name, value in asdict(draft).items():
        setattr(row, name, value)
    row.changed_at = now
    session.flush()
    _note(session, row, "changed", now, actor_id, before=was, after=_choices(draft))


def copy_mailing(
    session: Session, row: Mailing, now: datetime, *, actor_id: int | None = None
) -> Mailing:
    """Begin a new draft with the texts and the people of a mailing."""
    values = {name: getattr(row, name) for name in MailingDraft.__slots__}
    copy = Mailing(
        edition_id=row.edition_id, made_by=actor_id, created_at=now, changed_at=now, **values
    )
    session.add(copy)
    session.flush()
    _note(session, copy, "written", now, actor_id, after={"copy_of": row.id})
    return copy


def remove_mailing(
    session: Session, row: Mailing, now: datetime, *, actor_id: int | None = None
) -> None:
    """Throw a draft away.

    Raises
    ------
    NotADraft
    """
    require_draft(session, row)
    _note(session, row, "removed", now, actor_id)
    session.delete(row)
    session.flush()


def require_draft(session: Session, row: Mailing) -> None:
    """Lock a mailing, and make sure that nobody has sent it.

    Raises
    ------
    NotADraft
    """
    session.refresh(row, with_for_update=True)
    if row.state != DRAFT:
        raise NotADraft("the mailing was sent: it stays as it is, and can be copied")


def _check(draft: MailingDraft) -> None:
    unknown = unknown_placeholders(draft.subject_en, draft.subject_ko, draft.body_en, draft.body_ko)
    if unknown:
        raise UnknownPlaceholder(unknown)


def _choices(draft: MailingDraft) -> dict[str, Any]:
    """Give what the log keeps of a draft: whom it is for, not the whole texts."""
    kept = ("subject_en", "audience", "side", "leads_to")
    return {name: getattr(draft, name) for name in kept}


def _note(
    session: Session,
    row: Mailing,
    act: str,
    now: datetime,
    actor_id: int | None,
    **values: dict[str, Any],
) -> None:
    about = Subject("mailing", row.id)
    audit.record(session, row.edition_id, act, about, now, actor_id=actor_id, **values)
