"""What the people of a round are told by mail: that it is published, replaced or withdrawn.

One letter for each person, without any name in it: whom they are brought together with stands on
the pages, which know who may see whom.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from models import Account, Edition, Pairing, Participation, Profile, Round
from services.consents_reading import MAILS, consented
from services.mail import NOTICE, Letter, Write, post

PUBLISHED, CHANGED, WITHDRAWN = "round-published", "round-changed", "round-withdrawn"


def tell_published(session: Session, write: Write, row: Round, now: datetime) -> int:
    """Tell everybody in a round that was just published, once; returns how many letters.

    Who stood in an earlier published round of the edition is told that their list has changed,
    also when the new round has nobody for them. Only whoever still takes part, has an account and
    consents to mails gets a letter. Call it in the transaction that sets ``published_at``.
    """
    here, before = _people_of(session, [row.id]), _people_of(session, _earlier(session, row))
    kinds = {one: CHANGED if one in before else PUBLISHED for one in here | before}
    return _tell(session, write, row, kinds, row.published_at or now, now)


def tell_withdrawn(session: Session, write: Write, row: Round, now: datetime) -> int:
    """Tell everybody in a published round that it no longer holds; returns how many letters."""
    kinds = dict.fromkeys(_people_of(session, [row.id]), WITHDRAWN)
    return _tell(session, write, row, kinds, row.withdrawn_at or now, now)


def _people_of(session: Session, round_ids: Iterable[int]) -> set[int]:
    pairs = select(Pairing.left_id, Pairing.right_id).where(col(Pairing.round_id).in_(round_ids))
    return {one for pair in session.exec(pairs) for one in pair}


def _earlier(session: Session, row: Round) -> list[int]:
    """Find the round that people read until this one: the last that was published before it."""
    query = (
        select(Round.id)
        .where(
            Round.edition_id == row.edition_id,
            Round.id != row.id,
            col(Round.published_at).is_not(None),
        )
        .order_by(col(Round.published_at).desc())
        .limit(1)
    )
    return list(session.exec(query))


def _tell(
    session: Session,
    write: Write,
    row: Round,
    kinds: Mapping[int, str],
    moment: datetime,
    now: datetime,
) -> int:
    """Post the letters; the moment is part of the event, so that publishing again tells again."""
    edition = session.get_one(Edition, row.edition_id)
    wanted = (
        select(Profile.id, Account)
        .join(Account, col(Account.id) == Profile.account_id)
        .join(Participation, col(Participation.profile_id) == Profile.id)
        .where(consented(MAILS), Participation.edition_id == row.edition_id)
        .order_by(col(Profile.id))
    )
    letters = [
        Letter(
            kind=kinds[profile_id],
            event=f"{NOTICE}{kinds[profile_id]}:{row.id}:{moment.timestamp():.0f}:{profile_id}",
            recipient=account.email,
            account_id=account.id,
            language=account.language,
            facts={"name_en": edition.name_en, "name_ko": edition.name_ko},
            place={"slug": edition.slug},
        )
        for profile_id, account in session.exec(wanted)
        if profile_id in kinds
    ]
    return sum(post(session, write, letter, now) for letter in letters)
