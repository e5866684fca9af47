"""Mails that came back later: their recipients are marked, and dead addresses spared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models import Bounce, Edition, Mail, Participation, Profile
from services import audit
from services.address_keys import AddressKeys
from services.audit import Subject
from services.bounce_report import BounceReport
from services.consents_reading import CONTACT, consented
from services.errors import NotFound
from services.mail import without_addresses

_MAY_BOUNCE = ("sent", "handing", "refused")


@dataclass(frozen=True, slots=True)
class BouncedPerson:
    """Somebody of an edition whose address is dead, and the words of the server there.

    ``address`` is empty without consent to its use; then no address stands in the words either.
    """

    bounce_id: int
    name: str
    name_native: str
    address: str
    words: str
    at: datetime


def take_report(
    session: Session, report: BounceReport, mail_id: int, keys: AddressKeys, now: datetime
) -> bool:
    """Mark a mail as come back; False when it is not known, or was marked before.

    Where the report says that the address is dead, no later mailing goes to it.
    """
    mail = session.get(Mail, mail_id)
    if mail is None or mail.state not in _MAY_BOUNCE:
        return False
    mail.state, mail.problem, mail.body = "bounced", report.words, ""
    profile_id = mail.profile_id or _profile_of(session, mail)
    key = keys.key(mail.recipient)
    known = session.exec(select(Bounce).where(Bounce.key == key)).first()
    if report.for_good and known is None and profile_id is not None:
        session.add(Bounce(key=key, profile_id=profile_id, words=report.words, at=now))
    session.flush()
    return True


def bounced_people(session: Session, edition: Edition) -> Sequence[BouncedPerson]:
    """List whose addresses are dead among an edition's participants, the latest first."""
    query = (
        select(Bounce, Profile, consented(CONTACT))
        .join(Profile, col(Profile.id) == Bounce.profile_id)
        .join(Participation, col(Participation.profile_id) == Profile.id)
        .where(Participation.edition_id == edition.id)
        .order_by(col(Bounce.at).desc(), col(Bounce.id).desc())
    )
    return [
        BouncedPerson(
            bounce.id,
            profile.name,
            profile.name_native,
            profile.email if contact else "",
            bounce.words if contact else without_addresses(bounce.words),
            bounce.at,
        )
        for bounce, profile, contact in session.exec(query)
    ]


def lift_bounce(
    session: Session, edition: Edition, bounce_id: int, now: datetime, *, actor_id: int | None
) -> None:
    """Let mails go to an address again, because it was mended.

    Raises
    ------
    NotFound
        Also when the person takes no part in the edition.
    """
    query = (
        select(Bounce)
        .join(Participation, col(Participation.profile_id) == Bounce.profile_id)
        .where(Bounce.id == bounce_id, Participation.edition_id == edition.id)
    )
    row = session.exec(query).first()
    if row is None:
        raise NotFound("there is no such address in this edition")
    about = Subject("registrant", row.profile_id)
    audit.record(session, edition.id, "address-tried-again", about, now, actor_id=actor_id)
    session.delete(row)
    session.flush()


def _profile_of(session: Session, mail: Mail) -> int | None:
    if mail.account_id is None:
        return None
    return session.exec(select(Profile.id).where(Profile.account_id == mail.account_id)).first()
