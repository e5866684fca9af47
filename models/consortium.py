"""Consortia as they are put together: what is sought, who is in or was asked, what is to do."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Text, UniqueConstraint
from sqlmodel import Field as Column

from models.base import NormalText, SQLModel, UtcDateTime
from models.edition import SIDES
from models.organisation import ORGANISATION_TYPES

CONSORTIUM_STATES = ("draft", "submitted", "withdrawn", "merged")
SEATS = ("coordinator", "co-coordinator", "member", "reader")
MEMBER_STATES = ("planned", "reserve", "invited", "joined", "declined", "expired", "left")
LETTER_STEPS = ("text", "signatory", "signed", "received")


class Consortium(SQLModel, table=True):
    """A draft of a proposal's team, for a call or for an idea.

    ``preset_id`` is the version of the rules that it is checked by. ``letters`` says which steps of
    each side's letter of intent are done: {"left": ["text"]}. ``listed`` lets others who build for
    the same call know of it; ``merge_into_id`` is the draft that this one offers to become part of.
    """

    __tablename__ = "consortium"
    __table_args__ = (
        CheckConstraint(f"state IN {CONSORTIUM_STATES}", name="state_known"),
        CheckConstraint("size_least <= size_most", name="least_at_most_most"),
    )

    id: int = Column(default=None, primary_key=True)
    edition_id: int = Column(foreign_key="edition.id", ondelete="CASCADE", index=True)
    call_id: int | None = Column(
        default=None, foreign_key="call.id", ondelete="SET NULL", index=True
    )
    preset_id: int = Column(foreign_key="rule_preset.id")
    merge_into_id: int | None = Column(
        default=None, foreign_key="consortium.id", ondelete="SET NULL"
    )
    title: str = Column(sa_type=NormalText, max_length=200)
    idea: str = Column(default="", sa_type=Text)
    state: str = Column(default="draft", max_length=10)
    listed: bool = Column(default=False)
    size_least: int = Column(default=5)
    size_most: int = Column(default=8)
    letters: dict[str, Any] = Column(default_factory=dict, sa_type=JSON)
    created_at: datetime = Column(sa_type=UtcDateTime)
    changed_at: datetime = Column(sa_type=UtcDateTime)


class ConsortiumRole(SQLModel, table=True):
    """A part in the proposal for which somebody is needed; ``weight`` says how much it counts."""

    __tablename__ = "consortium_role"
    __table_args__ = (
        CheckConstraint(f"side IS NULL OR side IN {SIDES}", name="side_known"),
        CheckConstraint(
            f"organisation_type IS NULL OR organisation_type IN {ORGANISATION_TYPES}",
            name="type_known",
        ),
        CheckConstraint("weight BETWEEN 1 AND 5", name="weight_in_range"),
    )

    id: int = Column(default=None, primary_key=True)
    consortium_id: int = Column(foreign_key="consortium.id", ondelete="CASCADE", index=True)
    position: int = Column(default=0)
    text: str = Column(sa_type=NormalText, max_length=500)
    weight: int = Column(default=3)
    side: str | None = Column(default=None, max_length=5)
    organisation_type: str | None = Column(default=None, max_length=20)


class ConsortiumMember(SQLModel, table=True):
    """Somebody of a consortium: a person, or a partner from outside by name.

    The organisation of a person is read from their profile; what stands here was said by hand and
    goes before it. ``same_as_id`` is the member with whom this one is one legal entity.
    ``coordinates`` marks who coordinates the proposal, ``seat`` what they may do in the workspace.
    ``rank`` orders the reserves of a role. ``shows_contact`` is the person's own consent.
    """

    __tablename__ = "consortium_member"
    __table_args__ = (
        UniqueConstraint("consortium_id", "profile_id"),
        CheckConstraint(f"seat IN {SEATS}", name="seat_known"),
        CheckConstraint(f"state IN {MEMBER_STATES}", name="state_known"),
        CheckConstraint("profile_id IS NOT NULL OR organisation <> ''", name="somebody"),
    )

    id: int = Column(default=None, primary_key=True)
    consortium_id: int = Column(foreign_key="consortium.id", ondelete="CASCADE", index=True)
    profile_id: int | None = Column(
        default=None, foreign_key="profile.id", ondelete="CASCADE", index=True
    )
    role_id: int | None = Column(
        default=None, foreign_key="consortium_role.id", ondelete="SET NULL"
    )
    same_as_id: int | None = Column(
        default=None, foreign_key="consortium_member.id", ondelete="SET NULL"
    )
    seat: str = Column(default="member", max_length=15)
    state: str = Column(default="planned", max_length=10)
    locked: bool = Column(default=False)
    coordinates: bool = Column(default=False)
    organisation: str = Column(default="", sa_type=NormalText, max_length=300)
    country: str = Column(default="", max_length=2)
    type: str | None = Column(default=None, max_length=20)
    pic: str = Column(default="", max_length=9)
    rank: int | None = Column(default=None)
    reason: str = Column(default="", sa_type=NormalText, max_length=1000)
    shows_contact: bool = Column(default=False)
    invited_at: datetime | None = Column(default=None, sa_type=UtcDateTime)
    expires_at: datetime | None = Column(default=None, sa_type=UtcDateTime, index=True)
    answered_at: datetime | None = Column(default=None, sa_type=UtcDateTime)
    created_at: datetime = Column(sa_type=UtcDateTime)


class ConsortiumNote(SQLModel, table=True):
    """A note, read by the whole team or, when ``own``, by its author alone."""

    __tablename__ = "consortium_note"

    id: int = Column(default=None, primary_key=True)
    consortium_id: int = Column(foreign_key="consortium.id", ondelete="CASCADE", index=True)
    author_id: int = Column(foreign_key="profile.id", ondelete="CASCADE", index=True)
    own: bool = Column(default=False)
    text: str = Column(sa_type=Text)
    created_at: datetime = Column(sa_type=UtcDateTime)


class ConsortiumTask(SQLModel, table=True):
    """Something to do, by a day and by a member where they are named."""

    __tablename__ = "consortium_task"

    id: int = Column(default=None, primary_key=True)
    consortium_id: int = Column(foreign_key="consortium.id", ondelete="CASCADE", index=True)
    member_id: int | None = Column(
        default=None, foreign_key="consortium_member.id", ondelete="SET NULL"
    )
    text: str = Column(sa_type=NormalText, max_length=500)
    due_on: date | None = Column(default=None)
    done_at: datetime | None = Column(default=None, sa_type=UtcDateTime)
    created_at: datetime = Column(sa_type=UtcDateTime)


class RequestSetting(SQLModel, table=True):
    """Whether a person wants to be asked into consortia, and how many requests may wait at once.

    Without a row they may be asked, as often as the edition allows.
    """

    __tablename__ = "request_setting"
    __table_args__ = (CheckConstraint("most_waiting >= 0", name="most_not_negative"),)

    profile_id: int = Column(foreign_key="profile.id", ondelete="CASCADE", primary_key=True)
    seeks_team: bool = Column(default=False)
    most_waiting: int | None = Column(default=None)
