"""An edition with people who get a mailing, and people who do not."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models import Edition, Mail, Mailing, Profile
from models.database import SessionMaker, make_sessions
from services.address_keys import AddressKeys
from services.mail import Letter, Write, Written
from services.mailing_progress import progress_of
from services.mailing_sending import spread_mailings
from tests.factories import Factory

KEYS = AddressKeys("the secret of a test")


def write_simply(letter: Letter) -> Written:
    return Written(f"Dear {letter.facts['name']}", f"partners: {letter.facts['partners']}")


def writer_of(_edition: Edition, _mailing: Mailing) -> Write:
    return write_simply


@dataclass
class MailingExample:
    """Two people with accounts, and two who were imported; all take part."""

    session: Session
    make: Factory
    edition: Edition
    mailing: Mailing
    lena: Profile
    kim: Profile
    jana: Profile
    lee: Profile

    @property
    def sessions(self) -> SessionMaker:
        return make_sessions(self.session.get_bind())  # type: ignore[arg-type] # an engine

    def spread(self, now: datetime) -> int:
        self.session.commit()
        written = spread_mailings(self.sessions, writer_of, KEYS, lambda: now)
        self.session.expire_all()
        return written

    def to(self) -> list[str]:
        """List to whom mails of the mailing are, in the order in which they were written."""
        query = select(Mail.recipient).where(Mail.mailing_id == self.mailing.id)
        return list(self.session.exec(query.order_by(col(Mail.id))))

    def mails(self) -> list[Mail]:
        return list(self.session.exec(select(Mail).order_by(col(Mail.id))))

    def outcomes(self) -> dict[str, int]:
        return dict(progress_of(self.session, self.mailing).counts)


def mailing_example(make: Factory) -> MailingExample:
    edition = make.edition()
    own = [
        make.profile(edition, name=name, country=country, account_id=make.account(email=email).id)
        for name, country, email in (
            ("Lena", "DE", "lena@example.org"),
            ("Kim", "KR", "kim@example.org"),
        )
    ]
    imported = [
        make.profile(edition, name=name, country=country, email=email, confirmed_at=None)
        for name, country, email in (
            ("Jana", "FR", "jana@example.org"),
            ("Lee", "KR", "lee@example.org"),
        )
    ]
    return MailingExample(make.session, make, edition, make.mailing(edition), *own, *imported)
