"""Taking people out of an edition, as its organisers decide."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models import Edition, Participation
from services import audit
from services.attendance_release import release
from services.audit import Subject
from services.landscape import redraw_without
from services.mail import Letter, Write, post
from services.meeting_letters import account_of
from services.places import who_is_in
from services.waiting_list import stop_waiting


def remove(
    session: Session,
    edition: Edition,
    profile_ids: Sequence[int],
    write: Write,
    now: datetime,
    *,
    actor_id: int | None = None,
) -> list[int]:
    """Take people out, whether they have a place or wait, and tell them and whom they were to meet.

    Their accounts and profiles stay, and so do rounds that have run. Wake the registrants' worker:
    a place may be free.

    Returns
    -------
    list[int]
        Who had been in.
    """
    found = sorted(who_is_in(session, edition.id, profile_ids))
    if not found:
        return []
    release(session, edition, found, write, now, actor_id=actor_id)
    redraw_without(session, found)
    placed = set(session.exec(_placed(edition.id, found)))
    stop_waiting(session, edition.id, found)
    session.execute(
        delete(Participation).where(
            col(Participation.edition_id) == edition.id, col(Participation.profile_id).in_(found)
        )
    )
    for profile_id in found:
        before = {"place": "given" if profile_id in placed else "waiting"}
        subject = Subject("registrant", profile_id)
        audit.record(session, edition.id, "removed", subject, now, actor_id=actor_id, before=before)
        _tell(session, edition, profile_id, write, now)
    session.flush()
    return found


def _placed(edition_id: int, profile_ids: Sequence[int]) -> SelectOfScalar[int]:
    return select(Participation.profile_id).where(
        Participation.edition_id == edition_id, col(Participation.profile_id).in_(profile_ids)
    )


def _tell(session: Session, edition: Edition, profile_id: int, write: Write, now: datetime) -> None:
    account = account_of(session, profile_id)
    if account is None:
        return
    letter = Letter(
        kind="removed",
        event=f"removed:{edition.id}:{profile_id}:{now.timestamp():.0f}",
        recipient=account.email,
        account_id=account.id,
        language=account.language,
        facts={"name_en": edition.name_en, "name_ko": edition.name_ko},
        place={"slug": edition.slug},
    )
    post(session, write, letter, now)
