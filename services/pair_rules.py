"""An organiser's word on two people of an edition: they are to meet, or they are not to.

It counts from the next round on. What a person chose privately goes before it, and is told to
nobody: a pin that it stops is one of those whose people are "not open to it".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import numpy as np
from sqlmodel import Session, col, select

from matchmaking.conflicts_one import conflicts_of_one
from matchmaking.scorers import IntArray
from models import Edition, EditionCountry, PairRule, Participation, Profile
from services.already_met import met_by
from services.audit import Subject, record
from services.conflicts_reading import read_parties
from services.errors import NotFound, ServiceError

Kind = Literal["pin", "forbid"]
PIN: Kind = "pin"
FORBID: Kind = "forbid"
_DONE = {PIN: "pinned", FORBID: "forbidden"}


class NotAPair(ServiceError):
    """The two do not take part on the two sides of the edition."""

    code = "not-a-pair"


class PinConflicts(ServiceError):
    """A fact speaks against a pin: the same organisation, a shared work, an earlier meeting."""

    code = "pin-conflicts"

    def __init__(self, conflict: str) -> None:
        super().__init__(f"A fact speaks against this pin: {conflict}.")
        self.conflict = conflict


class TooManyPins(ServiceError):
    """Somebody would have more pins than partners at most."""

    code = "too-many-pins"

    def __init__(self, side: str, most: int) -> None:
        super().__init__(f"The person on the {side} takes {most} partners at most.")
        self.side = side
        self.most = most


@dataclass(frozen=True, slots=True)
class RulePairs:
    """An edition's pins and forbidden pairs among the people of a round, (k, 2) places each."""

    pinned: IntArray
    forbidden: IntArray


def set_rule(
    session: Session,
    edition: Edition,
    kind: Kind,
    left_id: int,
    right_id: int,
    now: datetime,
    *,
    actor_id: int | None,
    anyway: bool = False,
) -> PairRule:
    """Pin two people or forbid their pair; of an earlier word on the two, the last one counts.

    Parameters
    ----------
    anyway
        Whether a fact that speaks against a pin is overruled.

    Raises
    ------
    NotAPair
    PinConflicts
    TooManyPins
    """
    session.refresh(edition, with_for_update=True)
    people = _both(session, edition, left_id, right_id)
    if kind == PIN:
        _check_pin(session, edition, people, anyway=anyway)
    row = _rule_on(session, edition.id, left_id, right_id)
    before = {} if row is None else {"kind": row.kind}
    if row is None:
        both = {"left_id": left_id, "right_id": right_id}
        row = PairRule(edition_id=edition.id, kind=kind, set_at=now, **both)
    elif row.kind == kind:
        return row
    row.kind, row.set_by, row.set_at = kind, actor_id, now
    session.add(row)
    session.flush()
    after = {"kind": kind, "left_id": left_id, "right_id": right_id}
    subject = Subject("pair", row.id)
    act = _DONE[kind]
    record(session, edition.id, act, subject, now, actor_id=actor_id, before=before, after=after)
    return row


def lift_rule(
    session: Session, edition: Edition, rule_id: int, now: datetime, *, actor_id: int | None
) -> None:
    """Take back a pin or a forbidden pair.

    Raises
    ------
    NotFound
        When the edition has none of this number.
    """
    row = session.get(PairRule, rule_id)
    if row is None or row.edition_id != edition.id:
        raise NotFound(f"Edition {edition.slug} has no rule {rule_id} on a pair.")
    before = {"kind": row.kind, "left_id": row.left_id, "right_id": row.right_id}
    session.delete(row)
    session.flush()
    subject = Subject("pair", rule_id)
    record(session, edition.id, "lifted", subject, now, actor_id=actor_id, before=before)


def lift_forbid(
    session: Session,
    edition: Edition,
    left_id: int,
    right_id: int,
    now: datetime,
    *,
    actor_id: int | None,
) -> None:
    """Take back that two people may not meet; nothing when nobody forbids it any more."""
    row = _rule_on(session, edition.id, left_id, right_id)
    if row is not None and row.kind == FORBID:
        lift_rule(session, edition, row.id, now, actor_id=actor_id)


def rules_among(
    session: Session, edition_id: int, left_ids: Sequence[int], right_ids: Sequence[int]
) -> RulePairs:
    """Read an edition's rules among people, by their places in the two lists; one query."""
    row = {one: place for place, one in enumerate(left_ids)}
    column = {one: place for place, one in enumerate(right_ids)}
    found: dict[str, list[tuple[int, int]]] = {PIN: [], FORBID: []}
    for rule in session.exec(select(PairRule).where(PairRule.edition_id == edition_id)):
        if rule.left_id in row and rule.right_id in column:
            found[rule.kind].append((row[rule.left_id], column[rule.right_id]))
    pinned, forbidden = (
        np.array(sorted(found[kind]), np.int32).reshape(-1, 2) for kind in (PIN, FORBID)
    )
    return RulePairs(pinned, forbidden)


def _rule_on(session: Session, edition_id: int, left_id: int, right_id: int) -> PairRule | None:
    query = select(PairRule).where(
        PairRule.edition_id == edition_id,
        PairRule.left_id == left_id,
        PairRule.right_id == right_id,
    )
    return session.exec(query).first()


def _both(session: Session, edition: Edition, left_id: int, right_id: int) -> dict[str, Profile]:
    query = (
        select(EditionCountry.side, Profile)
        .join(Participation, col(Participation.profile_id) == Profile.id)
        .join(EditionCountry, col(EditionCountry.country) == Profile.country)
        .where(
            Participation.edition_id == edition.id,
            EditionCountry.edition_id == edition.id,
            col(Profile.id).in_((left_id, right_id)),
        )
    )
    people = dict(session.exec(query).all())
    if set(people) != {"left", "right"} or people["left"].id != left_id:
        raise NotAPair("Choose one person of each side, both taking part.")
    return people


def _check_pin(
    session: Session, edition: Edition, people: dict[str, Profile], *, anyway: bool
) -> None:
    left, right = people["left"], people["right"]
    for side, person, column in (
        ("left", left, col(PairRule.left_id)),
        ("right", right, col(PairRule.right_id)),
    ):
        others = select(PairRule.id).where(
            PairRule.edition_id == edition.id,
            PairRule.kind == PIN,
            column == person.id,
            (col(PairRule.left_id) != left.id) | (col(PairRule.right_id) != right.id),
        )
        most = edition.most_partners if person.most_partners is None else person.most_partners
        if len(session.exec(others).all()) + 1 > most:
            raise TooManyPins(side, most)
    if not anyway:
        one, other = read_parties(session, [left.id, right.id])
        for conflict in conflicts_of_one(one, [other]):
            raise PinConflicts(conflict.code.value)
        if right.id in met_by(session, edition, left.id):
            raise PinConflicts("already-met")
