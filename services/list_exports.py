"""Writing down that somebody took a list with contact data home."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from models import Round
from services.audit import Subject, record


def note_export(
    session: Session,
    row: Round,
    kind: str,
    columns: Sequence[str],
    now: datetime,
    *,
    actor_id: int | None,
) -> None:
    """Write down who took a round's match list with addresses, when, and with which columns.

    Parameters
    ----------
    actor_id
        The account; None for a command.
    """
    told = {"format": kind, "columns": list(columns)}
    subject = Subject("round", row.id)
    record(session, row.edition_id, "exported", subject, now, actor_id=actor_id, after=told)
