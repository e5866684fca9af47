"""Passages of profiles: written when a profile is saved, and found again when they are stale.

A passage is stale when an encoder that has to read it has no vector of its present text. Nothing
else is remembered, so a worker that is killed has lost nothing but its last batch.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, insert, or_
from sqlmodel import Session, col, select

from matchmaking.encoder_plan import EncoderPlan
from matchmaking.passages import Kind, passages_of
from matchmaking.passages import Passage as PassageValue
from matchmaking.profile import Person
from models import EditionCountry, Participation, Passage, PassageVector, Profile
from services.index_version import note_change
from services.persons import chunks, persons

_CHUNK = 200
Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class _Vector:
    encoder: str
    text_hash: str
    data: bytes


def write_passages(session: Session, profile: Profile) -> bool:
    """Cut a profile's texts into passages again; tell whether any of them changed.

    Belongs into the transaction that saves the profile, after its texts are written. The vector of
    a text that stays is kept, wherever it moved to. Wake the worker after the commit.
    """
    return write_all_passages(session, [profile]) > 0


def write_all_passages(session: Session, profiles: Sequence[Profile]) -> int:
    """Do the same for many profiles; return how many of them changed."""
    session.flush()
    return sum(_write_some(session, some) for some in chunks(profiles, _CHUNK))


def stale(session: Session, plan: EncoderPlan, profile_id: int | None = None) -> int:
    """Count the passages that wait for an encoder, of everybody or of one profile."""
    query = select(func.count()).select_from(Passage).where(is_stale(plan))
    if profile_id is not None:
        query = query.where(Passage.profile_id == profile_id)
    return session.exec(query).one()


def people_waiting(
    session: Session, plan: EncoderPlan, edition_id: int, side: str | None = None
) -> int:
    """Count an edition's participants, or those of one side, with a passage that waits."""
    query = (
        select(func.count(func.distinct(Passage.profile_id)))
        .join(Participation, col(Participation.profile_id) == Passage.profile_id)
        .where(Participation.edition_id == edition_id, is_stale(plan))
    )
    if side is not None:
        query = query.where(
            col(Participation.profile_id).in_(
                select(Profile.id)
                .join(EditionCountry, col(EditionCountry.country) == Profile.country)
                .where(EditionCountry.edition_id == edition_id, EditionCountry.side == side)
            )
        )
    return session.exec(query).one()


def is_stale(plan: EncoderPlan) -> ColumnElement[bool]:
    """Make the condition under which a passage waits for one of the plan's encoders."""
    english, korean = (
        plan.encoders_of(PassageValue(Kind.RESEARCH, 0, 0, "", hangul, 1.0))
        for hangul in (False, True)
    )
    return or_(
        and_(col(Passage.hangul).is_(False), or_(*map(_unread, english))),
        and_(col(Passage.hangul).is_(True), or_(*map(_unread, korean))),
    )


def passage_value(row: Passage) -> PassageValue:
    """Give a stored passage as the rules see it."""
    return PassageValue(
        Kind(row.kind),
        row.source_position,
        row.position,
        row.text,
        row.hangul,
        row.weight,
        row.year,
        row.key_work,
    )


def _unread(encoder: str) -> ColumnElement[bool]:
    return ~exists().where(
        col(PassageVector.passage_id) == Passage.id,
        col(PassageVector.encoder) == encoder,
        col(PassageVector.text_hash) == Passage.text_hash,
    )


def _write_some(session: Session, profiles: Sequence[Profile]) -> int:
    people = persons(session, profiles)
    rows: dict[int, list[Passage]] = {one: [] for one in people}
    for row in session.exec(select(Passage).where(col(Passage.profile_id).in_(people))):
        rows[row.profile_id].append(row)
    wanted = {one: _by_place(person) for one, person in people.items()}
    changed = [one for one in people if _differ(rows[one], wanted[one])]
    if not changed:
        return 0
    # The counter first: the worker locks it before it looks at passages, and so must this.
    note_change(session, changed)
    known = [one for one in changed if rows[one]]
    vectors = _vectors(session, known)
    for one in known:
        _rewrite(session, one, rows[one], wanted[one], vectors)
    # Whoever has no passage yet needs no comparing: ten thousand may arrive at once.
    parts = [(one, part) for one in changed if not rows[one] for part in wanted[one].values()]
    if parts:
        session.execute(insert(Passage), [_columns(one, part) for one, part in parts])
    return len(changed)


def _columns(profile_id: int, part: PassageValue) -> dict[str, Any]:
    return {
        "profile_id": profile_id,
        "kind": part.kind.value,
        "source_position": part.source,
        "position": part.position,
        "text": part.text,
        "text_hash": part.text_hash,
        "hangul": part.hangul,
        "weight": part.weight,
        "year": part.year,
        "key_work": part.key_work,
    }


def _by_place(person: Person) -> dict[Place, PassageValue]:
    return {(part.kind.value, part.source, part.position): part for part in passages_of(person)}


def _place(row: Passage) -> Place:
    return row.kind, row.source_position, row.position


def _differ(rows: Iterable[Passage], wanted: dict[Place, PassageValue]) -> bool:
    return {_place(row): passage_value(row) for row in rows} != wanted


def _vectors(session: Session, profile_ids: Sequence[int]) -> dict[int, dict[str, list[_Vector]]]:
    """Read the fresh vectors of people, by the hash of their text."""
    query = (
        select(Passage.profile_id, PassageVector)
        .join(PassageVector, col(PassageVector.passage_id) == Passage.id)
        .where(
            col(Passage.profile_id).in_(profile_ids),
            PassageVector.text_hash == Passage.text_hash,
        )
    )
    found: dict[int, dict[str, list[_Vector]]] = {one: {} for one in profile_ids}
    for owner, row in session.exec(query):
        vector = _Vector(row.encoder, row.text_hash, row.vector)
        found[owner].setdefault(row.text_hash, []).append(vector)
    return found


def _rewrite(
    session: Session,
    profile_id: int,
    rows: Iterable[Passage],
    wanted: dict[Place, PassageValue],
    vectors: dict[int, dict[str, list[_Vector]]],
) -> None:
    """Keep what stays, drop what went, and add what is new with the vectors its text had."""
    missing = dict(wanted)
    for row in rows:
        part = wanted.get(_place(row))
        if part is None or part.text != row.text:
            session.delete(row)
        else:
            row.weight, row.year, row.key_work = part.weight, part.year, part.key_work
            del missing[_place(row)]
    session.flush()
    added = [Passage(**_columns(profile_id, part)) for part in missing.values()]
    session.add_all(added)
    session.flush()
    for row in added:
        # One text may stand twice in a profile; each encoder's vector is wanted once.
        known = {vector.encoder: vector for vector in vectors[profile_id].get(row.text_hash, [])}
        session.add_all(
            PassageVector(
                passage_id=row.id, encoder=name, text_hash=row.text_hash, vector=vector.data
            )
            for name, vector in known.items()
        )
    session.flush()
