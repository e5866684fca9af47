"""Editions of the forum: dates, sides, fields, and who takes part."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Text, UniqueConstraint
from sqlmodel import Field as Column

from models.base import NormalText, SQLModel, UtcDateTime

SIDES = ("left", "right")
EDITION_STATES = ("draft", "open", "closed", "matched", "published", "over")
LIST_VISIBILITIES = ("organisers", "participants", "signed-in")
MIXES = ("balanced", "similar", "complementary", "exploratory")


class Edition(SQLModel, table=True):
    """One forum, with its two sides, dates and bounds on partners.

    ``calibration`` holds the scale of scores and grades, so that a newcomer changes nobody's score.
    ``least_early_career`` and ``least_newcomers`` are what people early in their career, and those
    who took part in no earlier edition, are given at least; None is no such promise.
    ``most_requests`` is how many coordinators' requests may wait for one person at once.
    ``programme`` holds slots and tables; ``landscape`` the picture of the front page, as
    [x, y, side] without names. ``meet_again`` lets people be brought together who met in an
    earlier edition. ``exposure`` says of what the participations' ``attention`` was computed.
    ``list_visibility`` says who may read the list of participants.
    ``capacity_left`` and ``capacity_right`` are how many people either side takes; None is any
    number. ``people_stamp`` says among which people duplicates were looked for last.
    """

    __tablename__ = "edition"
    __table_args__ = (
        CheckConstraint("least_partners >= 0", name="least_not_negative"),
        CheckConstraint("least_partners <= most_partners", name="least_at_most_most"),
        CheckConstraint(f"state IN {EDITION_STATES}", name="state_known"),
        CheckConstraint(f"list_visibility IN {LIST_VISIBILITIES}", name="list_visibility_known"),
        CheckConstraint("capacity_left >= 0", name="capacity_left_not_negative"),
        CheckConstraint("capacity_right >= 0", name="capacity_right_not_negative"),
    )

    id: int = Column(default=None, primary_key=True)
    slug: str = Column(unique=True, max_length=60)
    state: str = Column(default="draft", max_length=20)
    name_en: str = Column(sa_type=NormalText, max_length=200)
    name_ko: str = Column(default="", sa_type=NormalText, max_length=200)
    text_en: str = Column(default="", sa_type=Text)
    text_ko: str = Column(default="", sa_type=Text)
    left_name_en: str = Column(default="Europe", sa_type=NormalText, max_length=80)
    left_name_ko: str = Column(default="유럽", sa_type=NormalText, max_length=80)
    right_name_en: str = Column(default="Korea", sa_type=NormalText, max_length=80)
    right_name_ko: str = Column(default="한국", sa_type=NormalText, max_length=80)
    left_zone: str = Column(default="Europe/Brussels", max_length=60)
    right_zone: str = Column(default="Asia/Seoul", max_length=60)
    opens_at: datetime = Column(sa_type=UtcDateTime)
    closes_at: datetime = Column(sa_type=UtcDateTime)
    starts_at: datetime = Column(sa_type=UtcDateTime)
    ends_at: datetime = Column(sa_type=UtcDateTime)
    least_partners: int = Column(default=2)
    most_partners: int = Column(default=5)
    most_requests: int = Column(default=3)
    least_early_career: int | None = Column(default=None)
    least_newcomers: int | None = Column(default=None)
    calibration: dict[str, Any] | None = Column(default=None, sa_type=JSON)
    programme: dict[str, Any] = Column(default_factory=dict, sa_type=JSON)
    landscape: list[Any] = Column(default_factory=list, sa_type=JSON)
    meet_again: bool = Column(default=False)
    exposure: dict[str, Any] | None = Column(default=None, sa_type=JSON)
    list_visibility: str = Column(default="organisers", max_length=12)
    capacity_left: int | None = Column(default=None)
    capacity_right: int | None = Column(default=None)
    people_stamp: str = Column(default="", max_length=80)
    created_at: datetime = Column(sa_type=UtcDateTime)


class EditionCountry(SQLModel, table=True):
    """The side of a country. One row a country, so that the two lists cannot overlap."""

    __tablename__ = "edition_country"
    __table_args__ = (CheckConstraint(f"side IN {SIDES}", name="side_known"),)

    edition_id: int = Column(foreign_key="edition.id", ondelete="CASCADE", primary_key=True)
    country: str = Column(primary_key=True, max_length=2)
    side: str = Column(max_length=5)


class EditionField(SQLModel, table=True):
    """A field of research that an edition is about."""

    __tablename__ = "edition_field"

    edition_id: int = Column(foreign_key="edition.id", ondelete="CASCADE", primary_key=True)
    field_slug: str = Column(foreign_key="field.slug", ondelete="CASCADE", primary_key=True)


class Participation(SQLModel, table=True):
    """A person takes part in an edition: they have a place. Leaving deletes the row.

    Whoever waits for a place has a ``WaitingPlace`` instead.

    ``learns`` is the person's own switch: whether what they said of people moves what they are
    suggested later.
    ``mix`` is what they want more of in their own list. ``attention`` is the price of the others'
    attention to them, ``lists_before`` and ``lists_after`` count on whose first places they stand
    without it and with it; all three are None until the worker has looked. ``map_x`` and ``map_y``
    are the person's place on the map of the landscape, 0 to 1, None while there is none.
    ``invite_asked_at`` is when an organiser had an imported person invited, ``invited_at`` when the
    worker wrote that letter. ``checked_in_at`` is when they were seen at the event; ``no_show_at``
    when an organiser noted that they did not come. At most one of the two is set.
    """

    __tablename__ = "participation"
    __table_args__ = (
        UniqueConstraint("edition_id", "profile_id"),
        CheckConstraint(f"mix IN {MIXES}", name="mix_known"),
        CheckConstraint("checked_in_at IS NULL OR no_show_at IS NULL", name="there_or_not"),
    )

    id: int = Column(default=None, primary_key=True)
    edition_id: int = Column(foreign_key="edition.id", ondelete="CASCADE", index=True)
    profile_id: int = Column(foreign_key="profile.id", ondelete="CASCADE", index=True)
    joined_at: datetime = Column(sa_type=UtcDateTime)
    learns: bool = Column(default=True)
    mix: str = Column(default="balanced", max_length=15)
    attention: float | None = Column(default=None)
    lists_before: int | None = Column(default=None)
    lists_after: int | None = Column(default=None)
    map_x: float | None = Column(default=None)
    map_y: float | None = Column(default=None)
    invite_asked_at: datetime | None = Column(default=None, sa_type=UtcDateTime)
    invited_at: datetime | None = Column(default=None, sa_type=UtcDateTime)
    checked_in_at: datetime | None = Column(default=None, sa_type=UtcDateTime)
    no_show_at: datetime | None = Column(default=None, sa_type=UtcDateTime)
