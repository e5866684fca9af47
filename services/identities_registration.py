"""A new account for somebody who signed in elsewhere: the address is asked for, and confirmed.

Two things have to meet before an account opens: the mailed link, which proves the address, and a
browser that signed in at the provider as the same person, which keeps out whoever entered somebody
else's address.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from models import Account
from services.accounts import Desk, add_account, find_account, normal_address
from services.accounts_registration import five_minutes, tell_owner
from services.accounts_tokens import CONFIRM as CONFIRM_ADDRESS
from services.accounts_tokens import LinkDead, Purpose
from services.errors import ServiceError
from services.identities import NO_PASSWORD, ORCID, account_of, add_identity
from services.mail import Letter, post

OPEN = Purpose("orcid", CONFIRM_ADDRESS.lasts)


class OtherBrowser(ServiceError):
    """The link was opened where nobody signed in as that person: sign in there first."""

    code = "other-browser"


@dataclass(frozen=True)
class Opening:
    """What a mailed link would open: an account for an address and an identity."""

    address: str
    subject: str


def ask_address(
    session: Session, desk: Desk, opening: Opening, language: str | None, now: datetime
) -> None:
    """Mail a link to the address, or tell the owner of an account that there is one already.

    Nothing that comes back tells which of the two happened.

    Raises
    ------
    BadAddress
    """
    address = normal_address(opening.address)
    account = find_account(session, address)
    if account is not None and account.confirmed_at is not None:
        tell_owner(session, desk, account, now)
        return
    letter = Letter(
        kind="orcid-confirm",
        event=f"orcid-confirm:{opening.subject}:{five_minutes(now)}:{address}"[:120],
        recipient=address,
        account_id=account.id if account else None,
        language=language,
        token=desk.tokens.seal(OPEN, [address, opening.subject], now),
        facts={"orcid": opening.subject},
    )
    post(session, desk.write, letter, now)


def read_opening(desk: Desk, token: str, now: datetime) -> Opening:
    """Read what a mailed link would open.

    Raises
    ------
    LinkDead
    """
    address, subject = desk.tokens.unseal(OPEN, token, now)
    return Opening(address, subject)


def open_account(
    session: Session, desk: Desk, token: str, subject: str, language: str | None, now: datetime
) -> Account:
    """Open the account that a mailed link is about.

    An account that waits at this address unconfirmed loses the password that a stranger may have
    chosen for it.

    Parameters
    ----------
    subject
        As whom this browser signed in at the provider; empty when it did not.

    Raises
    ------
    LinkDead
        Also when the address or the identity has an account by now.
    OtherBrowser
    """
    opening = read_opening(desk, token, now)
    if opening.subject != subject:
        raise OtherBrowser("sign in with ORCID in this browser first")
    account = find_account(session, opening.address)
    taken = account is not None and account.confirmed_at is not None
    if taken or account_of(session, ORCID, subject) is not None:
        raise LinkDead("the address or the identity has an account by now: sign in")
    if account is None:
        row = Account(email=opening.address, password_hash=NO_PASSWORD, created_at=now)
        account = add_account(session, row)
    account.password_hash, account.confirmed_at = NO_PASSWORD, now
    account.language = account.language or language
    account.session_epoch += 1
    session.flush()
    add_identity(session, account.id, ORCID, subject, now)
    return account
