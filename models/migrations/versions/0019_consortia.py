"""Consortia: what is sought, who is in, who was asked, notes, tasks, and limits on requests.

Revision ID: 0019
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0016"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_TABLES = ("consortium", "consortium_role", "consortium_member", "consortium_note", "consortium_task")


def _number(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _text(name: str, length: int, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, _MOMENT, nullable=nullable)


def _yes(name: str) -> sa.Column:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _to(table: str, column: str, target: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"{target}.id"],
        name=op.f(f"fk_{table}_{column}_{target}"),
        ondelete=ondelete,
    )


def _key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def upgrade() -> None:
    """Bring the database forward."""
    op.add_column("edition", sa.Column("most_requests", sa.Integer(), nullable=True))
    op.execute("UPDATE edition SET most_requests = 3")
    with op.batch_alter_table("edition") as batch:
        batch.alter_column("most_requests", existing_type=sa.Integer(), nullable=False)
    op.create_table(
        "consortium",
        _number("id"),
        _number("edition_id"),
        _number("call_id", nullable=True),
        _number("preset_id"),
        _number("merge_into_id", nullable=True),
        _text("title", 200),
        sa.Column("idea", sa.Text(), nullable=False),
        _text("state", 10),
        _yes("listed"),
        _number("size_least"),
        _number("size_most"),
        sa.Column("letters", sa.JSON(), nullable=False),
        _moment("created_at"),
        _moment("changed_at"),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'withdrawn', 'merged')",
            name=op.f("ck_consortium_state_known"),
        ),
        sa.CheckConstraint(
            "size_least <= size_most", name=op.f("ck_consortium_least_at_most_most")
        ),
        _to("consortium", "edition_id", "edition", "CASCADE"),
        _to("consortium", "call_id", "call", "SET NULL"),
        _to("consortium", "preset_id", "rule_preset"),
        _to("consortium", "merge_into_id", "consortium", "SET NULL"),
        _key("consortium"),
    )
    op.create_table(
        "consortium_role",
        _number("id"),
        _number("consortium_id"),
        _number("position"),
        _text("text", 500),
        _number("weight"),
        _text("side", 5, nullable=True),
        _text("organisation_type", 20, nullable=True),
        sa.CheckConstraint(
            "side IS NULL OR side IN ('left', 'right')", name=op.f("ck_consortium_role_side_known")
        ),
        sa.CheckConstraint(
            "organisation_type IS NULL OR organisation_type IN "
            "('university', 'rto', 'company', 'public', 'other')",
            name=op.f("ck_consortium_role_type_known"),
        ),
        sa.CheckConstraint(
            "weight BETWEEN 1 AND 5", name=op.f("ck_consortium_role_weight_in_range")
        ),
        _to("consortium_role", "consortium_id", "consortium", "CASCADE"),
        _key("consortium_role"),
    )
    op.create_table(
        "consortium_member",
        _number("id"),
        _number("consortium_id"),
        _number("profile_id", nullable=True),
        _number("role_id", nullable=True),
        _number("same_as_id", nullable=True),
        _text("seat", 15),
        _text("state", 10),
        _yes("locked"),
        _yes("coordinates"),
        _text("organisation", 300),
        _text("country", 2),
        _text("type", 20, nullable=True),
        _text("pic", 9),
        _number("rank", nullable=True),
        _text("reason", 1000),
        _yes("shows_contact"),
        _moment("invited_at", nullable=True),
        _moment("expires_at", nullable=True),
        _moment("answered_at", nullable=True),
        _moment("created_at"),
        sa.CheckConstraint(
            "seat IN ('coordinator', 'co-coordinator', 'member', 'reader')",
            name=op.f("ck_consortium_member_seat_known"),
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'reserve', 'invited', 'joined', 'declined', 'expired', 'left')",
            name=op.f("ck_consortium_member_state_known"),
        ),
        sa.CheckConstraint(
            "profile_id IS NOT NULL OR organisation <> ''",
            name=op.f("ck_consortium_member_somebody"),
        ),
        _to("consortium_member", "consortium_id", "consortium", "CASCADE"),
        _to("consortium_member", "profile_id", "profile", "CASCADE"),
        _to("consortium_member", "role_id", "consortium_role", "SET NULL"),
        _to("consortium_member", "same_as_id", "consortium_member", "SET NULL"),
        sa.UniqueConstraint(
            "consortium_id", "profile_id", name=op.f("uq_consortium_member_consortium_id_profile_id")
        ),
        _key("consortium_member"),
    )
    op.create_table(
        "consortium_note",
        _number("id"),
        _number("consortium_id"),
        _number("author_id"),
        _yes("own"),
        sa.Column("text", sa.Text(), nullable=False),
        _moment("created_at"),
        _to("consortium_note", "consortium_id", "consortium", "CASCADE"),
        _to("consortium_note", "author_id", "profile", "CASCADE"),
        _key("consortium_note"),
    )
    op.create_table(
        "consortium_task",
        _number("id"),
        _number("consortium_id"),
        _number("member_id", nullable=True),
        _text("text", 500),
        sa.Column("due_on", sa.Date(), nullable=True),
        _moment("done_at", nullable=True),
        _moment("created_at"),
        _to("consortium_task", "consortium_id", "consortium", "CASCADE"),
        _to("consortium_task", "member_id", "consortium_member", "SET NULL"),
        _key("consortium_task"),
    )
    op.create_table(
        "request_setting",
        _number("profile_id"),
        _yes("seeks_team"),
        _number("most_waiting", nullable=True),
        sa.CheckConstraint(
            "most_waiting >= 0", name=op.f("ck_request_setting_most_not_negative")
        ),
        _to("request_setting", "profile_id", "profile", "CASCADE"),
        sa.PrimaryKeyConstraint("profile_id", name=op.f("pk_request_setting")),
    )
    for table, column in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


_INDEXES = (
    ("consortium", "edition_id"),
    ("consortium", "call_id"),
    ("consortium_role", "consortium_id"),
    ("consortium_member", "consortium_id"),
    ("consortium_member", "profile_id"),
    ("consortium_member", "expires_at"),
    ("consortium_note", "consortium_id"),
    ("consortium_note", "author_id"),
    ("consortium_task", "consortium_id"),
)


def downgrade() -> None:
    """Take it back."""
    for table, column in reversed(_INDEXES):
        op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
    op.drop_table("request_setting")
    for table in reversed(_TABLES):
        op.drop_table(table)
    with op.batch_alter_table("edition") as batch:
        batch.drop_column("most_requests")
