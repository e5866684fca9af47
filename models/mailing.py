"""Mailings of an organiser to many people, and the addresses that get no more of them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlmodel import Field as Column

from models.base import NormalText, SQLModel, UtcDateTime

MAILING_STATES = ("draft", "queued", "sending", "done", "cancelled")
MAILING_GROUPS = (
    "everybody",
    "unconfirmed",
    "unagreed",
    "published",
    "unpaired",
    "no-meeting",
    "unplaced",
    "meeting",
    "waiting",
    "checked-in",
    "no-show",
)
MAILING_SIDES = ("both", "left", "right")
MAILING_LINKS = ("edition", "profile", "suggestions", "matches", "meetings", "outcomes")


class Mailing(SQLModel, table=True):
    """One text in both languages, for some of an edition's participants.

    It is spread over its people by the worker, in the order of their profiles: ``reached`` is the
    last one that was looked at, so that a worker that is killed goes on where it was. ``turn``
    counts how often it was sent; each turn reaches only those whom no earlier one did.
    """

    __tablename__ = "mailing"
    __table_args__ = (
        CheckConstraint(f"state IN {MAILING_STATES}", name="state_known"),
        CheckConstraint(f"audience IN {MAILING_GROUPS}", name="audience_known"),
        CheckConstraint(f"side IN {MAILING_SIDES}", name="side_known"),
        CheckConstraint(f"leads_to IN {MAILING_LINKS}", name="leads_to_known"),
    )

    id: int = Column(default=None, primary_key=True)
    edition_id: int = Column(foreign_key="edition.id", ondelete="CASCADE", index=True)
    state: str = Column(default="draft", max_length=10, index=True)
    subject_en: str = Column(default="", sa_type=NormalText, max_length=150)
    subject_ko: str = Column(default="", sa_type=NormalText, max_length=150)
    body_en: str = Column(default="", sa_type=Text)
    body_ko: str = Column(default="", sa_type=Text)
    audience: str = Column(default="everybody", max_length=20)
    side: str = Column(default="both", max_length=5)
    leads_to: str = Column(default="edition", max_length=20)
    turn: int = Column(default=0)
    reached: int = Column(default=0)
    found: int = Column(default=0)
    made_by: int | None = Column(default=None, foreign_key="account.id", ondelete="SET NULL")
    created_at: datetime = Column(sa_type=UtcDateTime)
    changed_at: datetime = Column(sa_type=UtcDateTime)
    sent_at: datetime | None = Column(default=None, sa_type=UtcDateTime)
    finished_at: datetime | None = Column(default=None, sa_type=UtcDateTime)


class MailingRecipient(SQLModel, table=True):
    """What became of one person in a mailing: their mail, or why they are left out.

    A mail that vanished was taken back because its reader unsubscribed while it waited.
    """

    __tablename__ = "mailing_recipient"
    __table_args__ = (UniqueConstraint("mailing_id", "profile_id"),)

    id: int = Column(default=None, primary_key=True)
    mailing_id: int = Column(foreign_key="mailing.id", ondelete="CASCADE")
    profile_id: int = Column(foreign_key="profile.id", ondelete="CASCADE", index=True)
    mail_id: int | None = Column(
        default=None, foreign_key="mail.id", ondelete="SET NULL", index=True
    )
    left_out: str = Column(default="", max_length=20)


class Unsubscription(SQLModel, table=True):
    """Somebody who wants no mailings, known by the person and by a keyed hash of the address.

    The hash stays when the person is erased or brought in from a file again; it leads to nobody.
    """

    __tablename__ = "unsubscription"

    key: str = Column(primary_key=True, max_length=64)
    profile_id: int | None = Column(
        default=None, foreign_key="profile.id", ondelete="SET NULL", index=True
    )
    at: datetime = Column(sa_type=UtcDateTime)


class Bounce(SQLModel, table=True):
    """An address of a person at which mails do not arrive, and the words of the server there."""

    __tablename__ = "bounce"

    id: int = Column(default=None, primary_key=True)
    key: str = Column(unique=True, max_length=64)
    profile_id: int = Column(foreign_key="profile.id", ondelete="CASCADE", index=True)
    words: str = Column(default="", max_length=300)
    at: datetime = Column(sa_type=UtcDateTime)
