"""Looking at a mailing before it goes out: as a real person gets it, and in one's own mailbox."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from models import Account, Edition, Mailing, Profile
from services.address_keys import AddressKeys
from services.mail import Write, Written, post
from services.mailing_audience import audience
from services.mailing_readers import Reader, readers, with_counts
from services.mailing_sending import letter_of


@dataclass(frozen=True, slots=True)
class MailingPreview:
    """A mailing as one person gets it, and who comes before and after in its order.

    Parameters
    ----------
    before, after
        Profiles of the same mailing; None at its ends.
    """

    reader: Reader
    written: Written
    before: int | None
    after: int | None


def preview(
    session: Session,
    edition: Edition,
    row: Mailing,
    write: Write,
    keys: AddressKeys,
    person: int | None = None,
) -> MailingPreview | None:
    """Write a mailing as somebody of its people gets it, by default the first; None without any."""
    found = None
    if person is not None:
        found = _first(readers(session, edition, row.audience, row.side, keys, only=person))
    if found is None:
        found = _first(readers(session, edition, row.audience, row.side, keys, limit=1))
    if found is None:
        return None
    reader = with_counts(session, edition, [found])[0]
    here = audience(edition.id, row.audience, row.side)
    before = select(func.max(Profile.id)).where(here, Profile.id < reader.profile_id)
    after = select(func.min(Profile.id)).where(here, Profile.id > reader.profile_id)
    return MailingPreview(
        reader,
        write(letter_of(row, reader)),
        session.exec(before).one(),
        session.exec(after).one(),
    )


def find_person(session: Session, edition: Edition, row: Mailing, name: str) -> int | None:
    """Find somebody of a mailing's people by a part of the name, in either script."""
    part = name.strip().lower()
    if not part:
        return None
    query = (
        select(Profile.id)
        .where(
            audience(edition.id, row.audience, row.side),
            or_(
                func.lower(Profile.name).contains(part, autoescape=True),
                col(Profile.name_native).contains(part, autoescape=True),
            ),
        )
        .order_by(func.length(Profile.name), col(Profile.id))
    )
    return session.exec(query.limit(1)).first()


def send_test(
    session: Session, row: Mailing, reader: Reader, write: Write, account: Account, now: datetime
) -> bool:
    """Put what somebody would get into the queue for an organiser's own address."""
    letter = replace(
        letter_of(row, reader),
        event=f"mailing-test:{row.id}:{account.id}:{now.timestamp():.6f}",
        recipient=account.email,
        account_id=account.id,
        mailing_id=None,
        profile_id=None,
    )
    return post(session, write, letter, now)


def _first(found: list[Reader]) -> Reader | None:
    return found[0] if found else None
