"""The people of a mailing as it writes to them: address, language, and why somebody gets none."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlmodel import Session, col

from models import (
    Account,
    Bounce,
    Consent,
    Edition,
    EditionCountry,
    Meeting,
    Pairing,
    Profile,
    Round,
    Unsubscription,
)
from services.address_keys import AddressKeys
from services.consents_reading import MAILS
from services.mailing_audience import audience
from services.meeting_rules import ACCEPTED

NO_ADDRESS, NO_CONSENT, UNSUBSCRIBED = "no-address", "no-consent", "unsubscribed"
BOUNCED, SAME_ADDRESS, CANCELLED = "bounced", "same-address", "cancelled"
_KOREA = "KR"
# Not whole profiles: their texts are long, and there may be thousands.
_COLUMNS = (
    col(Profile.id),
    col(Profile.name),
    col(Profile.name_native),
    col(Profile.email),
    col(Profile.country),
    col(Account.id),
    col(Account.email),
    col(Account.language),
    col(Consent.given_at),
    col(EditionCountry.side),
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody whom a mailing is for.

    Parameters
    ----------
    left_out
        Why they get no mail; empty when they get one.
    partners, meetings
        How many partners the published round gives them, and how many meetings are agreed.
    """

    profile_id: int
    name: str
    name_native: str
    address: str
    account_id: int | None
    language: str
    side: str
    left_out: str = ""
    partners: int = 0
    meetings: int = 0


def readers(
    session: Session,
    edition: Edition,
    group: str,
    side: str,
    keys: AddressKeys,
    *,
    after: int = 0,
    limit: int | None = None,
    only: int | None = None,
) -> list[Reader]:
    """List people of a group in the order of their profiles, in three queries.

    Parameters
    ----------
    after, limit
        Begin behind this profile, and take so many.
    only
        This profile alone, if it belongs to the group.
    """
    query = (
        select(*_COLUMNS)
        .select_from(Profile)
        .outerjoin(Account, col(Account.id) == Profile.account_id)
        .outerjoin(
            Consent, (col(Consent.account_id) == Account.id) & (col(Consent.purpose) == MAILS)
        )
        .outerjoin(
            EditionCountry,
            (col(EditionCountry.edition_id) == edition.id)
            & (col(EditionCountry.country) == Profile.country),
        )
        .where(audience(edition.id, group, side), col(Profile.id) > after)
        .order_by(col(Profile.id))
        .limit(limit)
    )
    if only is not None:
        query = query.where(col(Profile.id) == only)
    rows = session.execute(query).all()
    stops = _Stops.of(session)
    return [_reader(row, stops, keys) for row in rows]


def with_counts(session: Session, edition: Edition, people: Sequence[Reader]) -> list[Reader]:
    """Add how many partners and agreed meetings people have, in four queries."""
    ids = [one.profile_id for one in people]
    here = (
        col(Round.edition_id) == edition.id,
        col(Round.published_at).is_not(None),
        col(Round.withdrawn_at).is_(None),
    )
    partners: Counter[int] = Counter()
    meetings: Counter[int] = Counter()
    for mine in (col(Pairing.left_id), col(Pairing.right_id)):
        pairs = select(mine, func.count()).join(Round, col(Round.id) == Pairing.round_id)
        partners.update(_counted(session, pairs.where(*here, mine.in_(ids)).group_by(mine)))
    for own in (col(Meeting.left_id), col(Meeting.right_id)):
        agreed = col(Meeting.edition_id) == edition.id, col(Meeting.state) == ACCEPTED
        found = select(own, func.count()).where(*agreed, own.in_(ids)).group_by(own)
        meetings.update(_counted(session, found))
    return [
        replace(one, partners=partners[one.profile_id], meetings=meetings[one.profile_id])
        for one in people
    ]


def outlook(people: Iterable[Reader], keys: AddressKeys) -> Counter[str]:
    """Count what a mailing to these people would do: "" are mails, the others why there is none."""
    counts: Counter[str] = Counter()
    used: set[str] = set()
    for one in people:
        key = keys.key(one.address)
        counts[SAME_ADDRESS if not one.left_out and key in used else one.left_out] += 1
        used.add(key)
    return counts


@dataclass(frozen=True, slots=True)
class _Stops:
    """Who unsubscribed and when, by key and by person; the keys of addresses that bounce."""

    by_key: dict[str, datetime]
    by_person: dict[int, datetime]
    bounced: frozenset[str]

    @classmethod
    def of(cls, session: Session) -> "_Stops":
        gone = session.scalars(select(Unsubscription)).all()
        return cls(
            {row.key: row.at for row in gone},
            {row.profile_id: row.at for row in gone if row.profile_id is not None},
            frozenset(session.scalars(select(col(Bounce.key)))),
        )


def _counted(session: Session, query: "Select[int, int]") -> dict[int, int]:
    return dict(row.tuple() for row in session.execute(query))


def _reader(row: "Row[*tuple[Any, ...]]", stops: _Stops, keys: AddressKeys) -> Reader:
    number, name, native, imported, country, account_id, address, language, consent, side = row
    own = str(address or imported or "")
    known = language or ("ko" if country == _KOREA else "en")
    reader = Reader(number, name, native, own, account_id, known, side or "left")
    return replace(reader, left_out=_why(reader, consent, stops, keys))


def _why(one: Reader, consent: datetime | None, stops: _Stops, keys: AddressKeys) -> str:
    if not one.address:
        return NO_ADDRESS
    key = keys.key(one.address)
    ends = [stops.by_key.get(key), stops.by_person.get(one.profile_id)]
    ended = max((at for at in ends if at is not None), default=None)
    if ended is not None and (consent is None or consent <= ended):
        return UNSUBSCRIBED
    if one.account_id is not None and consent is None:
        return NO_CONSENT
    return BOUNCED if key in stops.bounced else ""
