"""Mails that wait, went out, or were refused."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field as Column

from models.base import NormalText, SQLModel, UtcDateTime

MAIL_STATES = ("waiting", "sending", "handing", "sent", "refused", "bounced")


class Mail(SQLModel, table=True):
    """A mail, written in the transaction of the act that causes it and sent by the worker.

    ``event`` names that act once, so that a repeated act sends no second mail. ``sending`` may be
    begun anew, ``handing`` may not: by then the server can have the whole mail. The body is emptied
    when the mail has gone out: it may hold a link that lets in whoever reads it. So are
    ``calendar_file``, the meeting that the mail is about, as an iCalendar file to attach, and
    ``unsubscribe_link``. A mail of a mailing names it, and whom it is for.
    """

    __tablename__ = "mail"
    __table_args__ = (CheckConstraint(f"state IN {MAIL_STATES}", name="state_known"),)

    id: int = Column(default=None, primary_key=True)
    event: str = Column(unique=True, max_length=120)
    recipient: str = Column(sa_type=NormalText, max_length=254, index=True)
    account_id: int | None = Column(
        default=None, foreign_key="account.id", ondelete="CASCADE", index=True
    )
    mailing_id: int | None = Column(
        default=None, foreign_key="mailing.id", ondelete="CASCADE", index=True
    )
    profile_id: int | None = Column(
        default=None, foreign_key="profile.id", ondelete="CASCADE", index=True
    )
    subject: str = Column(sa_type=NormalText, max_length=300)
    body: str = Column(sa_type=Text)
    calendar_file: str = Column(default="", sa_type=Text)
    unsubscribe_link: str = Column(default="", max_length=500)
    state: str = Column(default="waiting", max_length=10, index=True)
    attempts: int = Column(default=0)
    next_attempt_at: datetime = Column(sa_type=UtcDateTime)
    problem: str = Column(default="", max_length=300)
    created_at: datetime = Column(sa_type=UtcDateTime)
    sent_at: datetime | None = Column(default=None, sa_type=UtcDateTime)
