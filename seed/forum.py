"""The demo forum as a whole, loaded once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, func, select

from models import Call, Edition, Organisation, Participation, Profile
from seed.edition import load_calls, load_edition
from seed.organisations import load_organisations
from seed.people import load_people
from services.accounts import create_account
from services.accounts_passwords import Passwords, generate_password
from services.consents import give, note_terms
from services.consents_reading import MAILS, MATCHING, OVERSEAS, SHOWING
from services.roles import grant

SLUG = "demo"
# Whom a demo account shows the forum as, and its role; organisers have no profile.
_ACCOUNTS: Mapping[str, tuple[str | None, str | None]] = {
    "researcher-eu@demo.example": ("eu-01", None),
    "researcher-kr@demo.example": ("kr-01", None),
    "coordinator@demo.example": ("eu-24", "coordinator"),
    "organiser@demo.example": (None, "organiser"),
    "administrator@demo.example": (None, "administrator"),
}

# What the two demo researchers have consented to; the rest is for a visitor to try.
_CONSENTS = (MATCHING, SHOWING, OVERSEAS, MAILS)


@dataclass(frozen=True)
class DemoAccount:
    """A demo account; its password is told once, and kept as a hash only."""

    email: str
    password: str


@dataclass(frozen=True)
class DemoForum:
    """What the demo forum holds. ``accounts`` is empty when it was there before."""

    added: bool
    people: int
    organisations: int
    calls: int
    accounts: tuple[DemoAccount, ...]


def load_demo(session: Session, passwords: Passwords, now: datetime) -> DemoForum:
    """Load the demo forum unless it is there already; nothing that is there is changed.

    Parameters
    ----------
    passwords
        How the generated passwords are hashed.
    """
    if session.exec(select(Edition).where(Edition.slug == SLUG)).first() is not None:
        return _counted(session, added=False, accounts=())
    if session.exec(select(func.count()).select_from(Organisation)).one() == 0:
        load_organisations(session)
    edition = load_edition(session, now)
    people = load_people(session, edition, now)
    load_calls(session, edition, {person.source_key: person for person in people}, now)
    accounts = tuple(_account(session, passwords, people, email, now) for email in _ACCOUNTS)
    session.flush()
    return _counted(session, added=True, accounts=accounts)


def _account(
    session: Session, passwords: Passwords, people: Sequence[Profile], email: str, now: datetime
) -> DemoAccount:
    key, role = _ACCOUNTS[email]
    password = generate_password()
    account = create_account(session, passwords, email, password, now)
    note_terms(session, account, "en", now)
    if role is not None:
        grant(session, account.id, role)
    for person in people:
        if person.source_key == key:
            person.account_id, person.email = account.id, email
            give(session, account.id, _CONSENTS, "en", now)
    return DemoAccount(email, password)


def _counted(session: Session, *, added: bool, accounts: tuple[DemoAccount, ...]) -> DemoForum:
    edition = session.exec(select(Edition).where(Edition.slug == SLUG)).one()

    def count(query: object) -> int:
        return session.exec(query).one()  # type: ignore[call-overload,no-any-return] # counts only

    return DemoForum(
        added=added,
        people=count(select(func.count()).where(Participation.edition_id == edition.id)),
        organisations=count(select(func.count()).select_from(Organisation)),
        calls=count(select(func.count()).where(Call.edition_id == edition.id)),
        accounts=accounts,
    )
