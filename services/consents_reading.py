"""What people have consented to, as conditions of queries and as answers."""

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlmodel import Session, col, select

from models import Consent, Profile

MATCHING, SHOWING, OVERSEAS = "matching", "showing", "overseas"
CONTACT, MAILS, STATISTICS, GENDER = "contact", "mails", "statistics", "gender"


def consented(purpose: str) -> ColumnElement[bool]:
    """Make the condition that the owner of a ``Profile`` consents now.

    A profile that an organiser imported has no account, and its people answered to the organiser:
    it passes. As soon as its person takes it over, only their own consent counts.
    """
    given = exists().where(
        col(Consent.account_id) == Profile.account_id, col(Consent.purpose) == purpose
    )
    return or_(col(Profile.account_id).is_(None), given)


def may_be_paired() -> ColumnElement[bool]:
    """Make the condition that a ``Profile`` may be compared, and shown to the other side."""
    return and_(consented(MATCHING), consented(OVERSEAS))


def consents_of(session: Session, account_id: int) -> dict[str, Consent]:
    """Read what an account consents to now, by purpose; one query."""
    rows = session.exec(select(Consent).where(Consent.account_id == account_id))
    return {row.purpose: row for row in rows}


def has_consent(session: Session, account_id: int, purpose: str) -> bool:
    """Tell whether an account consents to something now."""
    return session.get(Consent, (account_id, purpose)) is not None
