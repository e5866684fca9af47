"""Two profiles of one person made one, as an organiser decides who has seen them side by side."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models import MergedKey, Profile
from services import audit
from services.audit import Subject
from services.encoding import write_passages
from services.landscape import redraw_without
from services.mail import Write
from services.meetings_gone import tell_partners
from services.profile_content import write_columns, write_lists
from services.profiles import SOURCE
from services.profiles_claims import delete_imported
from services.profiles_merging_gaps import gaps
from services.profiles_merging_rules import BothHaveAccounts, check_merge
from services.references_moving import move_references
from services.team_runs import forget_teams_of


@dataclass(frozen=True, slots=True)
class Merge:
    """Who stays, who goes, in which edition it was decided, and by whom."""

    edition_id: int
    kept: Profile
    gone: Profile
    actor_id: int | None = None


def merge(
    session: Session,
    wish: Merge,
    write: Write,
    now: datetime,
    may_organise: Callable[[int], bool] = lambda _edition: True,
) -> Profile:
    """Let one profile of a person take everything that hangs on the other, which is deleted.

    What the kept one says stays as it is; where it says nothing, and its person did not leave it
    empty, it takes what the other says. The other's key at its sender leads to it from now on.
    Wake the encoders and the registrants' worker.

    Raises
    ------
    BothHaveAccounts, OnOtherSides, TakesPartElsewhere
    """
    kept, gone = wish.kept, wish.gone
    if gone.account_id is not None:
        if kept.account_id is not None:
            raise BothHaveAccounts("only the two owners can give an account up")
        kept, gone = gone, kept
    check_merge(session, kept, gone, may_organise)
    redraw_without(session, [gone.id])
    filled = gaps(session, kept, gone)
    forget_teams_of(session, gone.id)
    move_references(session, gone.id, kept.id)
    tell_partners(session, write, gone.id, now)
    gone_id, source, key = gone.id, gone.source, gone.source_key
    delete_imported(session, gone)
    _remember_key(session, kept, source, key)
    write_columns(kept, filled)
    write_lists(session, {kept.id: filled})
    kept.updated_at = now
    session.flush()
    write_passages(session, kept)
    audit.record(
        session,
        wish.edition_id,
        "merged",
        Subject("registrant", kept.id),
        now,
        actor_id=wish.actor_id,
        before={"profile": gone_id},
        after={"profile": kept.id},
    )
    return kept


def _remember_key(session: Session, kept: Profile, source: str, key: str) -> None:
    if kept.source == SOURCE and source != SOURCE:
        # From now on the sender's key means this profile; a later file updates it.
        kept.source, kept.source_key = source, key
        session.flush()
        return
    known = select(MergedKey).where(MergedKey.source == source, col(MergedKey.source_key) == key)
    if session.exec(known).first() is None:
        session.add(MergedKey(profile_id=kept.id, source=source, source_key=key))
        session.flush()
