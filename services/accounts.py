"""Accounts: how an address is written, found and made."""

from dataclasses import dataclass
from datetime import datetime

from email_validator import EmailNotValidError, validate_email
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from models import Account
from services.accounts_passwords import Passwords, check_password
from services.accounts_tokens import Tokens
from services.errors import NotFound, ServiceError
from services.mail import Write


class BadAddress(ServiceError):
    """A text that is no mail address."""

    code = "bad-address"


class AddressTaken(ServiceError):
    """An address that another account has. Only ever told to an administrator or a command."""

    code = "address-taken"


class WrongPassword(ServiceError):
    """The password is not the account's."""

    code = "wrong-password"


@dataclass(frozen=True)
class Desk:
    """What the acts on accounts need besides the database: hashes, tokens, letters."""

    passwords: Passwords
    tokens: Tokens
    write: Write


def normal_address(text: str) -> str:
    """Write an address in its one form, in small letters.

    Raises
    ------
    BadAddress
        When it is none, or its part before the @ has letters that few servers take.
    """
    try:
        found = validate_email(text.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise BadAddress(f"{text!r} is not a mail address: {error}") from error
    return (found.ascii_email or found.normalized).lower()


def find_account(session: Session, email: str) -> Account | None:
    """Find the account of an address; None for no account or no address."""
    try:
        address = normal_address(email)
    except BadAddress:
        return None
    return session.exec(select(Account).where(Account.email == address)).first()


def get_account(session: Session, account_id: int, *, locked: bool = False) -> Account:
    """Give an account by its id, held against other writers if ``locked``.

    Raises
    ------
    NotFound
    """
    found = session.get(Account, account_id, with_for_update=locked, populate_existing=locked)
    if found is None:
        raise NotFound("there is no such account")
    return found


def create_account(
    session: Session, passwords: Passwords, email: str, password: str, now: datetime
) -> Account:
    """Make a confirmed account, as an administrator does who knows the person.

    Raises
    ------
    BadAddress, AddressTaken, WeakPassword
    """
    address = normal_address(email)
    check_password(password, address)
    row = Account(email=address, password_hash=passwords.hash(password), created_at=now)
    row.confirmed_at = now
    return add_account(session, row)


def add_account(session: Session, row: Account) -> Account:
    """Add an account.

    Raises
    ------
    AddressTaken
        Also when another door was faster by a moment.
    """
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:
        raise AddressTaken(f"{row.email} has an account already") from error
    return row


def choose_language(session: Session, account_id: int, language: str) -> None:
    """Remember the language that an account reads.

    Raises
    ------
    NotFound
    """
    get_account(session, account_id).language = language
    session.flush()


def choose_appearance(session: Session, account_id: int, appearance: str | None) -> None:
    """Remember whether an account reads on light or on dark paper; None: as its system says.

    Raises
    ------
    NotFound
    """
    get_account(session, account_id).appearance = appearance
    session.flush()
