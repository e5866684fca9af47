"""Consortia: beginning one, finding one's own, and the rules that it is checked by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models import Call, Consortium, ConsortiumMember
from services.audit import Subject, record
from services.candidates import Place
from services.consortium_access import JOINED, Workspace, note
from services.errors import NotFound
from services.presets import newest, preset_row
from services.presets_writing import keep
from services.profile_values import plain_text

TITLE_LIMIT, IDEA_LIMIT = 200, 5000
LARGEST = 12


@dataclass(frozen=True, slots=True)
class NewConsortium:
    """What somebody states to begin with: a call, an idea, or both."""

    title: str
    idea: str = ""
    call: Call | None = None
    preset: str = "none"


def found_consortium(
    session: Session, place: Place, wish: NewConsortium, now: datetime, *, actor_id: int
) -> Consortium:
    """Begin a consortium; whoever begins it coordinates it. Its rules are the call's.

    Raises
    ------
    BadValue
    NotFound
        When the call is of another edition, or there are no such rules.
    """
    if wish.call is not None and wish.call.edition_id != place.edition.id:
        raise NotFound("this call belongs to another edition")
    preset = wish.call.preset if wish.call else wish.preset
    consortium = Consortium(
        edition_id=place.edition.id,
        call_id=wish.call.id if wish.call else None,
        preset_id=keep(session, place.edition.id, preset, now),
        title=plain_text(wish.title, TITLE_LIMIT),
        idea=plain_text(wish.idea, IDEA_LIMIT),
        created_at=now,
        changed_at=now,
    )
    session.add(consortium)
    session.flush()
    seat = ConsortiumMember(
        consortium_id=consortium.id,
        profile_id=place.profile_id,
        seat="coordinator",
        state=JOINED,
        locked=True,
        coordinates=True,
        answered_at=now,
        created_at=now,
    )
    session.add(seat)
    record(
        session,
        place.edition.id,
        "founded",
        Subject("consortium", consortium.id),
        now,
        actor_id=actor_id,
        after={"call": consortium.call_id, "preset": preset},
    )
    return consortium


def own_consortia(session: Session, profile_id: int) -> Sequence[tuple[Consortium, str]]:
    """List the consortia in which somebody has a seat, with the seat, the newest change first."""
    query = (
        select(Consortium, ConsortiumMember.seat)
        .join(ConsortiumMember, col(ConsortiumMember.consortium_id) == Consortium.id)
        .where(ConsortiumMember.profile_id == profile_id, ConsortiumMember.state == JOINED)
        .order_by(col(Consortium.changed_at).desc(), col(Consortium.id).desc())
    )
    return session.exec(query).all()


def newer_rules(session: Session, consortium: Consortium) -> int | None:
    """Give the version of the rules that holds now, when it is newer than the draft's."""
    checked = preset_row(session, consortium.preset_id)
    found = newest(session, consortium.edition_id, checked.name)
    return found.version if found.version > checked.version else None


def take_newer_rules(session: Session, at: Workspace, now: datetime, *, actor_id: int) -> None:
    """Check a draft by the newest version of its rules from now on."""
    before = preset_row(session, at.consortium.preset_id)
    at.consortium.preset_id = keep(session, at.edition.id, before.name, now)
    after = preset_row(session, at.consortium.preset_id)
    note(
        session,
        at,
        "rules-taken",
        now,
        actor_id=actor_id,
        before={"version": before.version},
        after={"version": after.version},
    )
