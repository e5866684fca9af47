"""What people said of those who were suggested to them.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table(
        "reaction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=10), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('interested', 'pass', 'saved')", name=op.f("ck_reaction_kind_known")
        ),
        sa.CheckConstraint(
            "reason IS NULL OR (kind = 'pass' AND reason IN"
            " ('too-far', 'known', 'not-now', 'other'))",
            name=op.f("ck_reaction_reason_known"),
        ),
        sa.CheckConstraint("other_id <> profile_id", name=op.f("ck_reaction_not_oneself")),
        _reference("reaction", "edition"),
        _reference("reaction", "profile"),
        _reference("reaction", "profile", "other_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reaction")),
        sa.UniqueConstraint(
            "edition_id",
            "profile_id",
            "other_id",
            name=op.f("uq_reaction_edition_id_profile_id_other_id"),
        ),
    )
    op.create_index("ix_reaction_other_id_kind", "reaction", ["other_id", "kind"])
    op.create_index(op.f("ix_reaction_profile_id"), "reaction", ["profile_id"])
    op.create_table(
        "organisation_exclusion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=300), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(organisation_id IS NULL) <> (name IS NULL)",
            name=op.f("ck_organisation_exclusion_names_one_organisation"),
        ),
        _reference("organisation_exclusion", "organisation"),
        _reference("organisation_exclusion", "profile"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_exclusion")),
        sa.UniqueConstraint(
            "profile_id", "name", name=op.f("uq_organisation_exclusion_profile_id_name")
        ),
        sa.UniqueConstraint(
            "profile_id",
            "organisation_id",
            name=op.f("uq_organisation_exclusion_profile_id_organisation_id"),
        ),
    )
    for name in ("organisation_id", "profile_id"):
        index = op.f(f"ix_organisation_exclusion_{name}")
        op.create_index(index, "organisation_exclusion", [name])
    with op.batch_alter_table("participation") as batch:
        batch.add_column(
            sa.Column("learns", sa.Boolean(), nullable=False, server_default=sa.true())
        )


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("participation") as batch:
        batch.drop_column("learns")
    op.drop_table("organisation_exclusion")
    op.drop_table("reaction")


def _reference(table: str, other: str, column: str = "") -> sa.ForeignKeyConstraint:
    column = column or f"{other}_id"
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), ondelete="CASCADE"
    )
