"""What people say of those who are suggested to them: interested, not for me, save for later.

A reaction is its owner's alone. The other learns of an interest only by having one too: until then
nothing that they can see, count, sort or time depends on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models import Participation, Profile, Reaction
from models.reaction import PASS_REASONS, REACTION_KINDS
from services.candidates import Place, places_of, shown
from services.errors import NotFound, ServiceError
from services.mutual_interest import both_interested
from services.visibility import Viewer

INTERESTED, PASS, SAVED = "interested", "pass", "saved"


class UnknownReaction(ServiceError):
    """A kind of reaction, or a reason, that there is not."""

    code = "unknown-reaction"


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of another; ``reason`` is why not, and may be left out."""

    kind: str
    reason: str | None = None

    def __post_init__(self) -> None:
        known = self.kind in REACTION_KINDS
        fits = self.reason is None or (self.kind == PASS and self.reason in PASS_REASONS)
        if not (known and fits):
            raise UnknownReaction(f"there is no reaction {self.kind!r} with {self.reason!r}")


@dataclass(frozen=True, slots=True)
class Reacted:
    """What came of a reaction: what was said before, and whether both are interested now."""

    before: Said | None
    both: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands to another: where, what they said, and whether both are interested."""

    place: Place
    said: Said | None
    both: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """One of somebody's own reactions, in a list."""

    profile_id: int
    said: Said
    made_at: datetime


def react(
    session: Session, place: Place, viewer: Viewer, other_id: int, said: Said, now: datetime
) -> Reacted:
    """Say something of somebody of the other side, in the place of what was said before.

    Raises
    ------
    NotFound
        When the person may not be shown to whoever reacts.
    """
    if session.exec(shown(place, viewer).where(col(Profile.id) == other_id)).first() is None:
        raise NotFound(f"There is nobody {other_id} to react to.")
    _lock(session, place, other_id)
    row = _row(session, place, other_id)
    before = Said(row.kind, row.reason) if row else None
    if row is None:
        _add(session, place, other_id, said, now)
    else:
        row.kind, row.reason, row.made_at = said.kind, said.reason, now
        session.flush()
    both = said.kind == INTERESTED and both_interested(
        session, place.edition.id, place.profile_id, other_id
    )
    return Reacted(before, both)


def take_back(session: Session, place: Place, other_id: int) -> Said | None:
    """Forget what was said of somebody; tells what it was."""
    row = _row(session, place, other_id)
    if row is None:
        return None
    said = Said(row.kind, row.reason)
    session.execute(delete(Reaction).where(col(Reaction.id) == row.id))
    return said


def said_of(session: Session, place: Place, other_id: int) -> Said | None:
    """Tell what a person said of another."""
    row = _row(session, place, other_id)
    return Said(row.kind, row.reason) if row else None


def standing(session: Session, viewer: Viewer, other_id: int, slug: str = "") -> Standing | None:
    """Tell how a reader stands to somebody to whom they may react, and None to whom they may not.

    Parameters
    ----------
    slug
        The edition to look at first, where both take part in several.
    """
    places = places_of(session, viewer.profile_id) if viewer.profile_id else []
    for place in sorted(places, key=lambda one: one.edition.slug != slug):
        if session.exec(shown(place, viewer).where(col(Profile.id) == other_id)).first():
            both = both_interested(session, place.edition.id, place.profile_id, other_id)
            return Standing(place, said_of(session, place, other_id), both)
    return None


def decided(
    session: Session, place: Place, *, only_put_aside: bool = False, as_of: datetime | None = None
) -> frozenset[int]:
    """Read of whom a participant said anything, so that a list shows whoever is left; one query.

    Parameters
    ----------
    only_put_aside
        Only who is not for them: a search for an idea still finds whom one is interested in.
    as_of
        Only what was said until then.
    """
    query = select(Reaction.other_id).where(*_mine(place))
    if only_put_aside:
        query = query.where(Reaction.kind == PASS)
    if as_of:
        query = query.where(col(Reaction.made_at) <= as_of)
    return frozenset(session.exec(query))


def kept(
    session: Session, place: Place, viewer: Viewer, kind: str, first: int = 0, count: int = 20
) -> Sequence[Kept]:
    """List whom a person said this of, the latest first; who may not be shown any more is out."""
    query = (
        _kept(place, viewer, kind)
        .with_only_columns(Reaction)
        .order_by(col(Reaction.made_at).desc(), col(Reaction.id).desc())
        .offset(first)
        .limit(count)
    )
    rows = session.execute(query).scalars()
    return [Kept(row.other_id, Said(row.kind, row.reason), row.made_at) for row in rows]


def kept_count(session: Session, place: Place, viewer: Viewer, kind: str) -> int:
    """Count whom a person said this of, of those who may be shown; one query."""
    query = _kept(place, viewer, kind).with_only_columns(func.count())
    count: int = session.execute(query).scalar_one()
    return count


def _mine(place: Place) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Reaction.edition_id) == place.edition.id,
        col(Reaction.profile_id) == place.profile_id,
    )


def _kept(place: Place, viewer: Viewer, kind: str) -> SelectOfScalar[int]:
    # Begins with the few people of whom this was said, not with all who may be shown.
    about = and_(*_mine(place), col(Reaction.other_id) == Profile.id)
    return shown(place, viewer).join(Reaction, about).where(Reaction.kind == kind)


def _row(session: Session, place: Place, other_id: int) -> Reaction | None:
    return session.exec(
        select(Reaction).where(*_mine(place), Reaction.other_id == other_id)
    ).first()


def _add(session: Session, place: Place, other_id: int, said: Said, now: datetime) -> None:
    row = Reaction(
        edition_id=place.edition.id,
        profile_id=place.profile_id,
        other_id=other_id,
        kind=said.kind,
        reason=said.reason,
        made_at=now,
    )
    session.add(row)
    session.flush()


def _lock(session: Session, place: Place, other_id: int) -> None:
    """Let two people who react to each other at one moment do it one after the other."""
    both = col(Participation.profile_id).in_((place.profile_id, other_id))
    query = (
        select(Participation.id)
        .where(and_(col(Participation.edition_id) == place.edition.id, both))
        .order_by(col(Participation.id))
        .with_for_update()
    )
    session.exec(query).all()
