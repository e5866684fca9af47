"""How far a mailing is, and what became of each of its people."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, exists, func
from sqlmodel import Session, col, select

from models import Mail, Mailing, MailingRecipient, Profile
from services.consents_reading import CONTACT, consented
from services.mail import INTERRUPTED, without_addresses
from services.mailing_audience import audience
from services.mailing_readers import UNSUBSCRIBED

PAGE_SIZE = 50
WAITING, SENT, REFUSED, BOUNCED = "waiting", "sent", "refused", "mail-bounced"
OUTCOMES = (WAITING, SENT, REFUSED, INTERRUPTED, BOUNCED)
"""What becomes of a mail; every other outcome is a reason why somebody gets none."""


@dataclass(frozen=True, slots=True)
class MailingProgress:
    """How many of a mailing's people have which outcome.

    Parameters
    ----------
    found
        How many people it was for when it was sent; more may have come since.
    """

    found: int
    counts: Counter[str]

    @property
    def done(self) -> int:
        """How many people it is over for, one way or another."""
        return sum(self.counts.values()) - self.counts[WAITING]

    @property
    def of(self) -> int:
        """How many people it is for, as far as one knows."""
        return max(self.found, sum(self.counts.values()))

    @property
    def mails(self) -> int:
        """How many mails have been written."""
        return sum(self.counts[name] for name in OUTCOMES)

    @property
    def left_out(self) -> tuple[tuple[str, int], ...]:
        """Why people get none, and how many, the commonest first."""
        return tuple(
            (why, count) for why, count in self.counts.most_common() if why not in OUTCOMES
        )


@dataclass(frozen=True, slots=True)
class RecipientLine:
    """One person of a mailing; ``words`` are those of the server that did not take the mail.

    ``address`` is empty without consent to its use; then no address stands in the words either.
    """

    profile_id: int
    name: str
    name_native: str
    address: str
    outcome: str
    words: str


@dataclass(frozen=True, slots=True)
class RecipientPage:
    """A page of a mailing's people; pages are counted from 1."""

    lines: tuple[RecipientLine, ...]
    page: int
    pages: int
    total: int


def progress_of(session: Session, row: Mailing) -> MailingProgress:
    """Count the outcomes of a mailing; one query."""
    return MailingProgress(row.found, _counts(session, [row.id])[row.id])


def progress_of_all(session: Session, rows: Sequence[Mailing]) -> dict[int, MailingProgress]:
    """Count the outcomes of many mailings; one query."""
    counts = _counts(session, [row.id for row in rows])
    return {row.id: MailingProgress(row.found, counts[row.id]) for row in rows}


def recipient_page(
    session: Session, row: Mailing, outcome: str = "", page: int = 1
) -> RecipientPage:
    """List a mailing's people by name, those of one outcome if one is given; two queries."""
    where = [col(MailingRecipient.mailing_id) == row.id]
    if outcome:
        where.append(_outcome() == outcome)
    joined = (
        select(func.count())
        .select_from(MailingRecipient)
        .outerjoin(Mail, col(Mail.id) == MailingRecipient.mail_id)
    )
    total = session.exec(joined.where(*where)).one()
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, page), pages)
    query = (
        select(Profile, Mail, _outcome(), consented(CONTACT))
        .select_from(MailingRecipient)
        .join(Profile, col(Profile.id) == MailingRecipient.profile_id)
        .outerjoin(Mail, col(Mail.id) == MailingRecipient.mail_id)
        .where(*where)
        .order_by(func.lower(Profile.name), col(Profile.id))
        .offset((page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    )
    lines = tuple(
        _line(profile, mail, found, contact=contact)
        for profile, mail, found, contact in session.exec(query)
    )
    return RecipientPage(lines, page, pages, total)


def missed(session: Session, row: Mailing) -> int:
    """Count whom a mailing is for now and who has no line in it: they came since."""
    there = exists().where(
        col(MailingRecipient.mailing_id) == row.id,
        col(MailingRecipient.profile_id) == Profile.id,
    )
    query = select(func.count()).select_from(Profile)
    return session.exec(query.where(audience(row.edition_id, row.audience, row.side), ~there)).one()


def _line(profile: Profile, mail: Mail | None, outcome: str, *, contact: bool) -> RecipientLine:
    address = mail.recipient if mail is not None and contact else ""
    words = mail.problem if mail is not None and mail.problem != INTERRUPTED else ""
    return RecipientLine(
        profile.id,
        profile.name,
        profile.name_native,
        address,
        outcome,
        words if contact else without_addresses(words),
    )


def _counts(session: Session, ids: Sequence[int]) -> dict[int, Counter[str]]:
    outcome = _outcome().label("outcome")
    mine = (
        select(col(MailingRecipient.mailing_id), outcome)
        .outerjoin(Mail, col(Mail.id) == MailingRecipient.mail_id)
        .where(col(MailingRecipient.mailing_id).in_(ids))
        .subquery()
    )
    query = select(mine.c.mailing_id, mine.c.outcome, func.count()).group_by(
        mine.c.mailing_id, mine.c.outcome
    )
    counts: dict[int, Counter[str]] = {number: Counter() for number in ids}
    for number, name, count in session.execute(query):
        counts[number][name] = count
    return counts


def _outcome() -> ColumnElement[str]:
    """Make the column that says what became of a recipient; the mail knows best."""
    return case(
        (col(Mail.state).in_(("waiting", "sending", "handing")), WAITING),
        (col(Mail.state) == "bounced", BOUNCED),
        ((col(Mail.state) == "refused") & (col(Mail.problem) == INTERRUPTED), INTERRUPTED),
        (col(Mail.id).is_not(None), col(Mail.state)),
        (col(MailingRecipient.left_out) != "", col(MailingRecipient.left_out)),
        else_=UNSUBSCRIBED,
    )
