"""An edition's pins and forbidden pairs as an organiser reads them, and whom to choose for one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from matchmaking.export import MatchedPerson
from models import (
    Account,
    Edition,
    EditionCountry,
    Organisation,
    Pairing,
    PairRule,
    Participation,
    Profile,
    Round,
)
from services.matched_people import matched_people
from services.pair_rules import PIN

PAGE_SIZE = 50
_FEW = 10


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A word on two people: who said it, and when; ``by`` is empty when the account is gone.

    ``kept`` tells of a pin whether the newest finished round made the pair, None when that is older
    than the pin. Why it did not is told to nobody: it may be a private choice.
    """

    id: int
    kind: str
    left: MatchedPerson
    right: MatchedPerson
    by: str
    at: datetime
    kept: bool | None


@dataclass(frozen=True, slots=True)
class RulePage:
    """A page of an edition's rules, the newest first."""

    rows: tuple[RuleRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who can be chosen for a rule."""

    profile_id: int
    person: MatchedPerson


def rules_of(session: Session, edition: Edition, page: int = 1) -> RulePage:
    """List an edition's rules with the people, in four queries."""
    mine = PairRule.edition_id == edition.id
    total = session.exec(select(func.count()).select_from(PairRule).where(mine)).one()
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, page), pages)
    owner = aliased(Profile)
    rows = session.exec(
        select(PairRule, Account.email, owner.name)
        .join(Account, col(Account.id) == PairRule.set_by, isouter=True)
        .join(owner, col(owner.account_id) == Account.id, isouter=True)
        .where(mine)
        .order_by(col(PairRule.set_at).desc(), col(PairRule.id).desc())
        .offset((page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    ).all()
    ids = {one for rule, _, _ in rows for one in (rule.left_id, rule.right_id)}
    people = matched_people(session, ids)
    kept = _kept(session, edition.id)
    return RulePage(
        tuple(
            RuleRow(
                rule.id,
                rule.kind,
                people[rule.left_id],
                people[rule.right_id],
                name or email or "",
                rule.set_at,
                kept.get(rule.id),
            )
            for rule, email, name in rows
        ),
        total,
        page,
        pages,
    )


def choices(session: Session, edition: Edition, side: str, text: str) -> Sequence[Choice]:
    """Find participants of one side by a piece of their name, organisation or id; the first ten."""
    wanted = text.strip().casefold()
    if not wanted:
        return ()
    fields = (Profile.name, Profile.name_native, Profile.organisation_name, Profile.source_key)
    found = [func.lower(col(one)).contains(wanted, autoescape=True) for one in fields]
    found.append(func.lower(col(Organisation.name)).contains(wanted, autoescape=True))
    query = (
        select(Profile.id)
        .join(Organisation, isouter=True)
        .join(Participation, col(Participation.profile_id) == Profile.id)
        .join(EditionCountry, col(EditionCountry.country) == Profile.country)
        .where(
            Participation.edition_id == edition.id,
            EditionCountry.edition_id == edition.id,
            EditionCountry.side == side,
            or_(*found),
        )
        .order_by(func.lower(Profile.name), col(Profile.id))
        .limit(_FEW)
    )
    ids = session.exec(query).all()
    people = matched_people(session, ids)
    return [Choice(one, people[one]) for one in ids]


def _kept(session: Session, edition_id: int) -> Mapping[int, bool]:
    """Tell of each pin that the newest finished round knew whether it made the pair; one query."""
    newest = (
        select(Round.id, Round.created_at)
        .where(Round.edition_id == edition_id, Round.state == "done")
        .order_by(col(Round.number).desc())
        .limit(1)
        .subquery()
    )
    made = (
        (col(Pairing.round_id) == newest.c.id)
        & (col(Pairing.left_id) == PairRule.left_id)
        & (col(Pairing.right_id) == PairRule.right_id)
    )
    query = (
        select(col(PairRule.id), col(Pairing.id))
        .join(newest, newest.c.created_at >= PairRule.set_at)
        .join(Pairing, made, isouter=True)
        .where(col(PairRule.edition_id) == edition_id, col(PairRule.kind) == PIN)
    )
    return {rule: pair is not None for rule, pair in session.execute(query)}
