"""Roles that coordinators look for, and the vectors of texts that are no profile's.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table(
        "wanted_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("side", sa.String(length=5), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "side IS NULL OR side IN ('left', 'right')", name=op.f("ck_wanted_role_side_known")
        ),
        sa.ForeignKeyConstraint(
            ["call_id"], ["call.id"], name=op.f("fk_wanted_role_call_id_call"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["profile_id"],
            ["profile.id"],
            name=op.f("fk_wanted_role_profile_id_profile"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wanted_role")),
    )
    with op.batch_alter_table("wanted_role", schema=None) as batch:
        batch.create_index(batch.f("ix_wanted_role_call_id"), ["call_id"])
        batch.create_index(batch.f("ix_wanted_role_profile_id"), ["profile_id"])
    op.create_table(
        "text_vector",
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("encoder", sa.String(length=80), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("text_hash", "encoder", name=op.f("pk_text_vector")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("text_vector")
    with op.batch_alter_table("wanted_role", schema=None) as batch:
        batch.drop_index(batch.f("ix_wanted_role_profile_id"))
        batch.drop_index(batch.f("ix_wanted_role_call_id"))
    op.drop_table("wanted_role")
