"""Whom the publishing of a round reaches, and how."""

from dataclasses import dataclass

from sqlalchemy import func, union
from sqlmodel import Session, col, select

from models import Pairing, Profile, Round
from services.consents_reading import MAILS, consented


@dataclass(frozen=True, slots=True)
class Reach:
    """How many people have a partner in a round, can sign in to read of it, and get a mail."""

    people: int
    accounts: int
    mails: int


def reach_of(session: Session, row: Round) -> Reach:
    """Count whom the publishing of a round reaches, in one query."""
    mine = Pairing.round_id == row.id
    paired = union(select(Pairing.left_id).where(mine), select(Pairing.right_id).where(mine))
    account = col(Profile.account_id)
    mailed = account.is_not(None) & consented(MAILS)
    query = select(
        func.count(),
        func.count(account),
        func.count().filter(mailed),
    ).where(col(Profile.id).in_(paired))
    people, accounts, mails = session.exec(query).one()
    return Reach(people, accounts, mails)
