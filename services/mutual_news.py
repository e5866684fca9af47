"""The mail that tells two people that they are both interested, once for each of them."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from models import Account, Mail, Profile
from services.mail import Letter, Write, post
from services.people import person_lines
from services.roles import Roles
from services.visibility import Viewer

_KIND = "both-interested"


def tell_both(
    session: Session, write: Write, edition_id: int, pair: tuple[int, int], now: datetime
) -> int:
    """Write to both of a pair that the other is interested too; tells how many letters are new.

    Nothing of the other but the name stands in it. Who takes an interest back and gives it again
    causes no second letter.
    """
    one, other = (session.get_one(Profile, number) for number in pair)
    return sum(
        _tell(session, write, edition_id, reader, about, now)
        for reader, about in ((one, other), (other, one))
    )


def forget_news_of(session: Session, profile_id: int) -> None:
    """Take letters that name somebody out of the queue, when that person is erased."""
    session.execute(delete(Mail).where(col(Mail.event).like(f"{_KIND}:%:{profile_id}")))


def _tell(
    session: Session, write: Write, edition_id: int, reader: Profile, about: Profile, now: datetime
) -> bool:
    account = session.exec(select(Account).where(Account.id == reader.account_id)).first()
    if account is None:
        return False
    named = person_lines(session, [about.id], Viewer(reader.id, Roles()))
    letter = Letter(
        kind=_KIND,
        event=f"{_KIND}:{edition_id}:{reader.id}:{about.id}",
        recipient=account.email,
        account_id=account.id,
        language=account.language,
        facts={"name": named[about.id].name},
    )
    return post(session, write, letter, now)
