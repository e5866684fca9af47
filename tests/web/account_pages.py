"""What the tests of the account pages share: a known password, the queue of mails, their links."""

import re

from flask.testing import FlaskClient
from sqlmodel import Session, col, select
from werkzeug.test import TestResponse

from models import Account, Mail
from services.accounts_passwords import cheap_passwords
from tests.factories import Factory

ADDRESS = "kim@example.org"
PASSWORD = "reed boat lantern"
HASHED = cheap_passwords().hash(PASSWORD)


def known_account(make: Factory, *roles: str, email: str = ADDRESS) -> Account:
    """Make an account whose password is known."""
    return make.account(*roles, email=email, password_hash=HASHED)


def enter(client: FlaskClient, email: str = ADDRESS, password: str = PASSWORD) -> TestResponse:
    """Sign in by the form."""
    return client.post("/sign-in", data={"email": email, "password": password})


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def mails(session: Session, recipient: str = ADDRESS) -> list[Mail]:
    """Read the queue of an address, oldest first, and let the database go."""
    query = select(Mail).where(Mail.recipient == recipient).order_by(col(Mail.id))
    found = list(session.exec(query))
    session.commit()
    return found


def link(mail: Mail) -> str:
    """Find the one link of a mail, without the host."""
    (address,) = re.findall(r"http://\S+", mail.body)
    return str(address).removeprefix("http://localhost")
