"""Availability, meetings and what came of them.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table(
        "calendar",
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("reminders", sa.Boolean(), nullable=False),
        sa.Column("follow_ups", sa.Boolean(), nullable=False),
        sa.Column("feed_hash", sa.String(length=64), nullable=True),
        sa.Column("feed_renewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["profile_id"],
            ["profile.id"],
            name=op.f("fk_calendar_profile_id_profile"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("profile_id", name=op.f("pk_calendar")),
        sa.UniqueConstraint("feed_hash", name=op.f("uq_calendar_feed_hash")),
    )
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=60), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("left_id", sa.Integer(), nullable=False),
        sa.Column("right_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("left_agrees", sa.Boolean(), nullable=False),
        sa.Column("right_agrees", sa.Boolean(), nullable=False),
        sa.Column("wish_starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wish_by", sa.String(length=5), nullable=True),
        sa.Column("table_number", sa.Integer(), nullable=True),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('proposed', 'accepted', 'declined', 'cancelled')",
            name=op.f("ck_meeting_state_known"),
        ),
        sa.CheckConstraint(
            "wish_by IS NULL OR wish_by IN ('left', 'right')",
            name=op.f("ck_meeting_wish_of_a_side"),
        ),
        sa.CheckConstraint("left_id <> right_id", name=op.f("ck_meeting_not_with_oneself")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_meeting_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
            name=op.f("fk_meeting_edition_id_edition"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["left_id"], ["profile.id"], name=op.f("fk_meeting_left_id_profile"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["right_id"],
            ["profile.id"],
            name=op.f("fk_meeting_right_id_profile"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_meeting_round_id_round"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("uid", name=op.f("uq_meeting_uid")),
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_left_id"), ["left_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_right_id"), ["right_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_round_id"), ["round_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_starts_at"), ["starts_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_state"), ["state"], unique=False)
        batch_op.create_index(
            "uq_meeting_left",
            ["left_id", "starts_at"],
            unique=True,
            sqlite_where=sa.text("state = 'accepted'"),
            postgresql_where=sa.text("state = 'accepted'"),
        )
        batch_op.create_index(
            "uq_meeting_right",
            ["right_id", "starts_at"],
            unique=True,
            sqlite_where=sa.text("state = 'accepted'"),
            postgresql_where=sa.text("state = 'accepted'"),
        )
        batch_op.create_index(
            "uq_meeting_table",
            ["edition_id", "starts_at", "table_number"],
            unique=True,
            sqlite_where=sa.text("state = 'accepted'"),
            postgresql_where=sa.text("state = 'accepted'"),
        )
    op.create_table(
        "availability",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('busy', 'free')", name=op.f("ck_availability_kind_known")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_availability_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["participation_id"],
            ["participation.id"],
            name=op.f("fk_availability_participation_id_participation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_availability")),
        sa.UniqueConstraint(
            "participation_id",
            "kind",
            "starts_at",
            name=op.f("uq_availability_participation_id_kind_starts_at"),
        ),
    )
    op.create_table(
        "meeting_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("met", sa.Boolean(), nullable=False),
        sa.Column("useful", sa.Integer(), nullable=True),
        sa.Column("next_step", sa.String(length=10), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "next_step IS NULL OR next_step IN ('nothing', 'contact', 'exchange', 'visit', 'proposal')",
            name=op.f("ck_meeting_review_next_step_known"),
        ),
        sa.CheckConstraint(
            "useful IS NULL OR useful BETWEEN 1 AND 4",
            name=op.f("ck_meeting_review_useful_of_four"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_meeting_review_meeting_id_meeting"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["profile_id"],
            ["profile.id"],
            name=op.f("fk_meeting_review_profile_id_profile"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_review")),
        sa.UniqueConstraint(
            "meeting_id", "profile_id", name=op.f("uq_meeting_review_meeting_id_profile_id")
        ),
    )
    with op.batch_alter_table("meeting_review", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_meeting_review_profile_id"), ["profile_id"], unique=False
        )
    op.create_table(
        "outcome_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('nothing', 'talking', 'proposal', 'funded')",
            name=op.f("ck_outcome_answer_outcome_known"),
        ),
        sa.CheckConstraint("months IN (1, 6, 12)", name=op.f("ck_outcome_answer_months_known")),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_outcome_answer_meeting_id_meeting"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["profile_id"],
            ["profile.id"],
            name=op.f("fk_outcome_answer_profile_id_profile"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome_answer")),
        sa.UniqueConstraint(
            "meeting_id",
            "profile_id",
            "months",
            name=op.f("uq_outcome_answer_meeting_id_profile_id_months"),
        ),
    )
    with op.batch_alter_table("outcome_answer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_outcome_answer_profile_id"), ["profile_id"], unique=False
        )
    with op.batch_alter_table("mail", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("calendar_file", sa.Text(), nullable=False, server_default="")
        )


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("mail", schema=None) as batch_op:
        batch_op.drop_column("calendar_file")
    for name in ("outcome_answer", "meeting_review", "availability", "meeting", "calendar"):
        op.drop_table(name)
