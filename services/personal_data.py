"""Everything that the database holds on one person, read by following its foreign keys.

Every column that refers to a person is named in ``REFERENCES`` with what it means for them. A test
compares that table with the database, so that a new one cannot be forgotten.
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Column, ColumnElement, RowMapping, Table, or_, select
from sqlmodel import Session, SQLModel

from models import Account
from services.profiles import own_profile

FORMAT = "ieum-personal-data/1"


class Means(Enum):
    """What a reference to a person means for that person's copy of the data."""

    MINE = "mine"
    """The row is theirs, or theirs and another's together: it is copied."""
    OF_OTHERS = "of others"
    """Somebody else's private choice about them, such as a hidden person: it is not told."""
    ACT = "act"
    """They did something in an office, such as starting a round: the row is copied as its id."""
    PART = "part"
    """The row belongs to a row of theirs, such as a vector to a passage: it is copied."""


REFERENCES: Mapping[str, Means] = {
    "account_role.account_id": Means.MINE,
    "availability.participation_id": Means.PART,
    "audit_entry.actor_id": Means.ACT,
    "bounce.profile_id": Means.MINE,
    "calendar.profile_id": Means.MINE,
    "consent.account_id": Means.MINE,
    "consent_event.account_id": Means.MINE,
    "consortium_member.profile_id": Means.MINE,
    "consortium_member.same_as_id": Means.OF_OTHERS,
    "consortium_note.author_id": Means.MINE,
    "consortium_task.member_id": Means.PART,
    "duplicate.declined_by": Means.ACT,
    "duplicate.one_id": Means.OF_OTHERS,
    "duplicate.other_id": Means.OF_OTHERS,
    "ended_session.account_id": Means.MINE,
    "exclusion.profile_id": Means.MINE,
    "exclusion.other_id": Means.OF_OTHERS,
    "identity.account_id": Means.MINE,
    "imported_work.profile_id": Means.MINE,
    "imported_work.publication_id": Means.PART,
    "list_columns.account_id": Means.MINE,
    "mail.account_id": Means.MINE,
    "mail.profile_id": Means.MINE,
    "mailing.made_by": Means.ACT,
    "mailing_recipient.mail_id": Means.PART,
    "mailing_recipient.profile_id": Means.MINE,
    "matcher_run.started_by": Means.ACT,
    "meeting.left_id": Means.MINE,
    "meeting.right_id": Means.MINE,
    "meeting_review.meeting_id": Means.OF_OTHERS,
    "meeting_review.profile_id": Means.MINE,
    "merged_key.profile_id": Means.MINE,
    "message.sender_id": Means.MINE,
    "message.recipient_id": Means.MINE,
    "message_block.profile_id": Means.MINE,
    "message_block.other_id": Means.OF_OTHERS,
    "message_report.message_id": Means.OF_OTHERS,
    "message_report.reporter_id": Means.MINE,
    "message_report.decided_by": Means.ACT,
    "organisation_exclusion.profile_id": Means.MINE,
    "outcome_answer.meeting_id": Means.OF_OTHERS,
    "outcome_answer.profile_id": Means.MINE,
    # An organiser's word on two people; who is kept from whom is not told to the two.
    "pair_rule.left_id": Means.OF_OTHERS,
    "pair_rule.right_id": Means.OF_OTHERS,
    "pair_rule.set_by": Means.ACT,
    "pairing.left_id": Means.MINE,
    "pairing.right_id": Means.MINE,
    "part_visibility.profile_id": Means.MINE,
    "participation.profile_id": Means.MINE,
    "passage.profile_id": Means.MINE,
    "passage_vector.passage_id": Means.PART,
    "pending_import.account_id": Means.MINE,
    "profile.account_id": Means.MINE,
    "profile_field.profile_id": Means.MINE,
    "publication.profile_id": Means.MINE,
    "reaction.profile_id": Means.MINE,
    "reaction.other_id": Means.OF_OTHERS,
    "request_setting.profile_id": Means.MINE,
    "registrant_file.account_id": Means.ACT,
    "role_request.account_id": Means.MINE,
    "role_request.decided_by": Means.ACT,
    "round.started_by": Means.ACT,
    "session_place.profile_id": Means.MINE,
    "rule_preset.created_by": Means.ACT,
    "round_person.profile_id": Means.MINE,
    "statement.profile_id": Means.MINE,
    "team_run.started_by": Means.ACT,
    "unmet_need.profile_id": Means.MINE,
    "unsubscription.profile_id": Means.MINE,
    "waiting_place.profile_id": Means.MINE,
    "wanted_role.profile_id": Means.MINE,
}
"""Each column that refers to an account, a profile, or a row of theirs."""

LOOSE: Mapping[str, str] = {"profile_vector_state.profile_id": "profile"}
"""Columns that name a person without a foreign key, and the table whose id they hold."""

LEFT_OUT = frozenset(
    {
        "account.password_hash",
        "calendar.feed_hash",
        "ended_session.key",
        # A mail may hold a link that lets in whoever reads it, or one that unsubscribes them.
        "mail.body",
        "mail.unsubscribe_link",
    }
)
"""Columns that open something: no data about a person, and dangerous in a file."""


def personal_data(session: Session, account: Account, now: datetime) -> dict[str, Any]:
    """Read everything on an account's owner, as values for JSON: rows by table.

    Vectors are little-endian float32 in base64; moments are in ISO 8601, UTC.
    """
    own: dict[str, list[int]] = {"account": [account.id]}
    profile = own_profile(session, account.id)
    own["profile"] = [profile.id] if profile is not None else []
    tables: dict[str, Any] = {}
    acts: dict[str, list[int]] = {}
    for table in SQLModel.metadata.sorted_tables:
        rows = _own_rows(session, table, own, account.email)
        if rows:
            tables[table.name] = [_values(table, row) for row in rows]
            own.setdefault(table.name, [row["id"] for row in rows if "id" in row])
        done = _acts(session, table, own)
        if done:
            acts[table.name] = done
    return {
        "format": FORMAT,
        "made_at": now.isoformat(),
        "tables": tables,
        "acts_in_office": acts,
    }


def references(table: Table) -> Iterator[tuple[Column[Any], str]]:
    """List the columns of a table that name a row of another, with that table's name."""
    for column in table.columns:
        for key in column.foreign_keys:
            yield column, key.column.table.name
        loose = LOOSE.get(f"{table.name}.{column.name}")
        if loose is not None:
            yield column, loose


def _own_rows(
    session: Session, table: Table, own: Mapping[str, Sequence[int]], address: str
) -> Sequence[RowMapping]:
    conditions: list[ColumnElement[bool]] = []
    if table.name in own:
        conditions.append(table.c.id.in_(own[table.name]))
    for column, target in references(table):
        name = f"{table.name}.{column.name}"
        copied = name in LOOSE or REFERENCES.get(name) in (Means.MINE, Means.PART)
        if copied and own.get(target):
            conditions.append(column.in_(own[target]))
    if table.name == "mail":
        conditions.append(table.c.recipient == address)
    if not conditions:
        return ()
    return session.execute(select(table).where(or_(*conditions))).mappings().all()


def _acts(session: Session, table: Table, own: Mapping[str, Sequence[int]]) -> list[int]:
    columns = [
        column
        for column, _ in references(table)
        if REFERENCES.get(f"{table.name}.{column.name}") is Means.ACT
    ]
    if not columns:
        return []
    mine = or_(*(column.in_(own["account"]) for column in columns))
    return list(session.execute(select(table.c.id).where(mine)).scalars())


def _values(table: Table, row: RowMapping) -> dict[str, Any]:
    return {
        name: _plain(value) for name, value in row.items() if f"{table.name}.{name}" not in LEFT_OUT
    }


def _plain(value: Any) -> Any:  # noqa: ANN401 - each column has its own type
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return b64encode(value).decode("ascii")
    return value
