"""What the tests of services share: a desk whose letters say their kind and their token."""

import pytest
from sqlmodel import Session, col, select

from models import Mail
from services.accounts import Desk
from services.accounts_passwords import Passwords, cheap_passwords
from services.accounts_tokens import Tokens
from services.mail import Letter, Written


def write_plainly(letter: Letter) -> Written:
    return Written(letter.kind, letter.token or "no token")


@pytest.fixture(scope="session")
def passwords() -> Passwords:
    return cheap_passwords()


@pytest.fixture
def desk(passwords: Passwords) -> Desk:
    return Desk(passwords, Tokens("the secret of a test"), write_plainly)


class PostBox:
    """Reads the queue: kinds of letters to an address, and the newest token of a kind."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def kinds(self, recipient: str) -> list[str]:
        query = select(Mail.subject).where(Mail.recipient == recipient).order_by(col(Mail.id))
        return list(self.session.exec(query))

    def token(self, kind: str) -> str:
        query = select(Mail.body).where(Mail.subject == kind).order_by(col(Mail.id).desc())
        return self.session.exec(query).first() or ""


@pytest.fixture
def post_box(session: Session) -> PostBox:
    return PostBox(session)
