"""Sessions with their places, planned meetings, and schedules to print.

Revision ID: 0015
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0019"
branch_labels = None
depends_on = None

_BEFORE = "state IN ('proposed', 'accepted', 'declined', 'cancelled')"
_AFTER = "state IN ('planned', 'proposed', 'accepted', 'declined', 'cancelled')"
_ONCE = {
    "uq_meeting_planned_left": ["left_id", "starts_at"],
    "uq_meeting_planned_right": ["right_id", "starts_at"],
    "uq_meeting_planned_table": ["edition_id", "starts_at", "table_number"],
}


def upgrade() -> None:
    """Bring the database forward."""
    _create_sessions()
    _create_places()
    _create_prints()
    with op.batch_alter_table("meeting") as meeting:
        meeting.drop_constraint(meeting.f("ck_meeting_state_known"), type_="check")
        meeting.create_check_constraint(meeting.f("ck_meeting_state_known"), _AFTER)
    planned = sa.text("state = 'planned'")
    for name, columns in _ONCE.items():
        op.create_index(
            name, "meeting", columns, unique=True, sqlite_where=planned, postgresql_where=planned
        )


def downgrade() -> None:
    """Take it back; what was only planned is gone."""
    op.execute("DELETE FROM meeting WHERE state = 'planned'")
    for name in _ONCE:
        op.drop_index(name, table_name="meeting")
    with op.batch_alter_table("meeting") as meeting:
        meeting.drop_constraint(meeting.f("ck_meeting_state_known"), type_="check")
        meeting.create_check_constraint(meeting.f("ck_meeting_state_known"), _BEFORE)
    for name in ("schedule_print", "session_place", "edition_session"):
        op.drop_table(name)


def _create_sessions() -> None:
    op.create_table(
        "edition_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=60), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=False),
        sa.Column("title_ko", sa.String(length=200), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("text_ko", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("sign_up_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("audience", sa.String(length=5), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('plenary', 'workshop', 'visit', 'networking')",
            name=op.f("ck_edition_session_kind_known"),
        ),
        sa.CheckConstraint(
            "audience IN ('all', 'left', 'right')", name=op.f("ck_edition_session_audience_known")
        ),
        sa.CheckConstraint(
            "starts_at < ends_at", name=op.f("ck_edition_session_ends_after_start")
        ),
        sa.CheckConstraint(
            "capacity IS NULL OR capacity >= 1", name=op.f("ck_edition_session_capacity_positive")
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
            name=op.f("fk_edition_session_edition_id_edition"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_session")),
        sa.UniqueConstraint("uid", name=op.f("uq_edition_session_uid")),
    )
    op.create_index(op.f("ix_edition_session_edition_id"), "edition_session", ["edition_id"])


def _create_places() -> None:
    op.create_table(
        "session_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('coming', 'waiting', 'cancelled')",
            name=op.f("ck_session_place_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["edition_session.id"],
            name=op.f("fk_session_place_session_id_edition_session"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["profile_id"],
            ["profile.id"],
            name=op.f("fk_session_place_profile_id_profile"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_place")),
        sa.UniqueConstraint(
            "session_id", "profile_id", name=op.f("uq_session_place_session_id_profile_id")
        ),
    )
    op.create_index(op.f("ix_session_place_session_id"), "session_place", ["session_id"])
    op.create_index(op.f("ix_session_place_profile_id"), "session_place", ["profile_id"])
    coming = sa.text("state = 'coming'")
    op.create_index(
        "uq_session_place_coming",
        "session_place",
        ["profile_id", "starts_at"],
        unique=True,
        sqlite_where=coming,
        postgresql_where=coming,
    )


def _create_prints() -> None:
    op.create_table(
        "schedule_print",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(length=300), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("alive_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('people', 'tables', 'days')", name=op.f("ck_schedule_print_kind_known")
        ),
        sa.CheckConstraint(
            "state IN ('queued', 'running', 'done', 'failed')",
            name=op.f("ck_schedule_print_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
            name=op.f("fk_schedule_print_edition_id_edition"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedule_print")),
    )
    op.create_index(op.f("ix_schedule_print_edition_id"), "schedule_print", ["edition_id"])
    op.create_index(op.f("ix_schedule_print_state"), "schedule_print", ["state"])
