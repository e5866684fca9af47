"""Capacities, waiting lists, invitations, check-in, duplicates, and files of registrants.

Revision ID: 0013
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0018"
branch_labels = None
depends_on = None

_MOMENTS = ("invite_asked_at", "invited_at", "checked_in_at", "no_show_at")


def upgrade() -> None:
    """Bring the database forward."""
    with op.batch_alter_table("edition") as edition:
        for side in ("left", "right"):
            edition.add_column(sa.Column(f"capacity_{side}", sa.Integer(), nullable=True))
            edition.create_check_constraint(
                edition.f(f"ck_edition_capacity_{side}_not_negative"), f"capacity_{side} >= 0"
            )
        stamp = sa.Column("people_stamp", sa.String(length=80), nullable=False, server_default="")
        edition.add_column(stamp)
    with op.batch_alter_table("edition") as edition:
        edition.alter_column("people_stamp", server_default=None)
    with op.batch_alter_table("participation") as place:
        for name in _MOMENTS:
            place.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
        place.create_check_constraint(
            place.f("ck_participation_there_or_not"),
            "checked_in_at IS NULL OR no_show_at IS NULL",
        )
    _waiting()
    _duplicates()
    _files()


def downgrade() -> None:
    """Take it back; who waited is forgotten."""
    for table in (
        "registrant_file_content",
        "registrant_file",
        "column_mapping",
        "merged_key",
        "duplicate",
        "waiting_place",
    ):
        op.drop_table(table)
    with op.batch_alter_table("participation") as place:
        place.drop_constraint(place.f("ck_participation_there_or_not"), type_="check")
        for name in _MOMENTS:
            place.drop_column(name)
    with op.batch_alter_table("edition") as edition:
        for side in ("left", "right"):
            edition.drop_constraint(
                edition.f(f"ck_edition_capacity_{side}_not_negative"), type_="check"
            )
            edition.drop_column(f"capacity_{side}")
        edition.drop_column("people_stamp")


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), nullable=False)


def _refers(table: str, column: str, target: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"{target}.id"],
        name=op.f(f"fk_{table}_{column}_{target}"),
        ondelete=ondelete,
    )


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _waiting() -> None:
    op.create_table(
        "waiting_place",
        _id(),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        _refers("waiting_place", "edition_id", "edition", "CASCADE"),
        _refers("waiting_place", "profile_id", "profile", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_place")),
        sa.UniqueConstraint("edition_id", "profile_id", name=op.f("uq_waiting_place_edition_id_profile_id")),
    )
    _index("waiting_place", "edition_id", "profile_id")


def _duplicates() -> None:
    op.create_table(
        "duplicate",
        _id(),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=10), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declined_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("one_id < other_id", name=op.f("ck_duplicate_in_order")),
        sa.CheckConstraint(
            "reason IN ('orcid', 'mail', 'name')", name=op.f("ck_duplicate_reason_known")
        ),
        _refers("duplicate", "edition_id", "edition", "CASCADE"),
        _refers("duplicate", "one_id", "profile", "CASCADE"),
        _refers("duplicate", "other_id", "profile", "CASCADE"),
        _refers("duplicate", "declined_by", "account", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate")),
        sa.UniqueConstraint(
            "edition_id", "one_id", "other_id", name=op.f("uq_duplicate_edition_id_one_id_other_id")
        ),
    )
    _index("duplicate", "edition_id", "one_id", "other_id")
    op.create_table(
        "merged_key",
        _id(),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("source_key", sa.String(length=300), nullable=False),
        _refers("merged_key", "profile_id", "profile", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merged_key")),
        sa.UniqueConstraint("source", "source_key", name=op.f("uq_merged_key_source_source_key")),
    )
    _index("merged_key", "profile_id")


def _files() -> None:
    op.create_table(
        "column_mapping",
        _id(),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        _refers("column_mapping", "edition_id", "edition", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_column_mapping")),
        sa.UniqueConstraint("edition_id", "source", name=op.f("uq_column_mapping_edition_id_source")),
    )
    _index("column_mapping", "edition_id")
    op.create_table(
        "registrant_file",
        _id(),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("alive_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('columns', 'checking', 'checked', 'taking', 'done', 'failed')",
            name=op.f("ck_registrant_file_state_known"),
        ),
        _refers("registrant_file", "edition_id", "edition", "CASCADE"),
        _refers("registrant_file", "account_id", "account", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registrant_file")),
    )
    _index("registrant_file", "edition_id", "account_id", "state")
    op.create_table(
        "registrant_file_content",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        _refers("registrant_file_content", "file_id", "registrant_file", "CASCADE"),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_registrant_file_content")),
    )
