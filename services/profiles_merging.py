"""Two profiles of one person made one, as an organiser decides who has seen them side by side."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from models import EditionCountry, MergedKey, Participation, Profile, WaitingPlace
from services import audit
from services.audit import Subject
from services.encoding import write_passages
from services.errors import ServiceError
from services.landscape import redraw_without
from services.mail import Write
from services.meetings_gone import tell_partners
from services.profile_content import Content, contents, write_columns, write_lists
from services.profiles import SOURCE
from services.profiles_claims import delete_imported
from services.publications_replacing import joined
from services.references_moving import move_references

_OWNERS = frozenset({"email", "phone", "gender", "exclude"})
"""What somebody with an account says of themselves only, or is moved row by row."""


class BothHaveAccounts(ServiceError):
    """Two accounts: only their owners can give one up. One can be taken out of the edition."""

    code = "both-have-accounts"


class OnOtherSides(ServiceError):
    """The two stand on different sides: first mend the country of one of them."""

    code = "on-other-sides"


class TakesPartElsewhere(ServiceError):
    """The one to go takes part in an edition that this organiser has no say in."""

    code = "takes-part-elsewhere"


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
    _check(session, kept, gone, may_organise)
    redraw_without(session, [gone.id])
    filled = _gaps(session, kept, gone)
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


def _check(
    session: Session, kept: Profile, gone: Profile, may_organise: Callable[[int], bool]
) -> None:
    both = _sides(session, kept), _sides(session, gone)
    shared = both[0].keys() & both[1].keys()
    if any(both[0][edition] != both[1][edition] for edition in shared):
        raise OnOtherSides("mend the country of one of the two first")
    for table in (Participation, WaitingPlace):
        query = select(table.edition_id).where(table.profile_id == gone.id)
        if not all(may_organise(edition) for edition in session.exec(query)):
            raise TakesPartElsewhere("an organiser of all editions can merge these two")


def _sides(session: Session, profile: Profile) -> dict[int, str]:
    query = select(EditionCountry.edition_id, EditionCountry.side).where(
        EditionCountry.country == profile.country
    )
    return dict(session.exec(query).all())


def _gaps(session: Session, kept: Profile, gone: Profile) -> dict[str, Any]:
    both = contents(session, [kept, gone])
    mine, theirs = both[kept.id], both[gone.id]
    closed = set(kept.edited_fields) | {"exclude"}
    if kept.account_id is not None:
        closed |= _OWNERS
    found = {
        name: value
        for name, value in theirs.items()
        if value and not mine[name] and name not in closed
    }
    _with_organisation(found, mine, theirs)
    if theirs["publications"] and "publications" not in closed:
        found["publications"] = joined(mine["publications"], theirs["publications"])
    return found


def _with_organisation(found: dict[str, Any], mine: Content, theirs: Content) -> None:
    """Take an organisation whole or not at all: its name, what it is, and which it is."""
    if mine["organisation"]:
        found.pop("organisation_id", None)
    elif "organisation" in found:
        found["organisation_id"] = theirs["organisation_id"]


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
