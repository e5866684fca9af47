"""A person's mix, key works, the price of attention, and the runs of an organiser's matcher.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# Passages written before know their publication only by its number among those that count.
_YEARS = """
UPDATE passage SET year = (
    SELECT numbered.year
    FROM (
        SELECT profile_id, year, row_number() OVER (
            PARTITION BY profile_id ORDER BY position, id
        ) - 1 AS number
        FROM publication
        WHERE weight > 0
    ) AS numbered
    WHERE numbered.profile_id = passage.profile_id
        AND numbered.number = passage.source_position
)
WHERE kind = 'publication'
"""


def upgrade() -> None:
    """Bring the database forward."""
    _make_matcher_run()
    no = sa.false()
    op.add_column("edition", sa.Column("meet_again", sa.Boolean(), nullable=False, server_default=no))
    op.add_column("edition", sa.Column("exposure", sa.JSON(), nullable=True))
    # In plain SQL, because SQLite would otherwise have to copy the table for the constraint.
    op.execute(
        "ALTER TABLE participation ADD COLUMN mix VARCHAR(15) NOT NULL DEFAULT 'balanced'"
        " CONSTRAINT ck_participation_mix_known"
        " CHECK (mix IN ('balanced', 'similar', 'complementary', 'exploratory'))"
    )
    op.add_column("participation", sa.Column("attention", sa.Float(), nullable=True))
    op.add_column("participation", sa.Column("lists_before", sa.Integer(), nullable=True))
    op.add_column("participation", sa.Column("lists_after", sa.Integer(), nullable=True))
    op.add_column("passage", sa.Column("year", sa.Integer(), nullable=True))
    for table in ("passage", "publication"):
        op.add_column(table, sa.Column("key_work", sa.Boolean(), nullable=False, server_default=no))
    op.execute(_YEARS)


def downgrade() -> None:
    """Take it back."""
    op.drop_column("publication", "key_work")
    op.drop_column("passage", "key_work")
    op.drop_column("passage", "year")
    for name in ("lists_after", "lists_before", "attention", "mix"):
        op.drop_column("participation", name)
    op.drop_column("edition", "exposure")
    op.drop_column("edition", "meet_again")
    op.drop_table("matcher_run")


def _make_matcher_run() -> None:
    op.create_table(
        "matcher_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("started_by", sa.Integer(), nullable=True),
        sa.Column("given", sa.JSON(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(length=500), nullable=False),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("alive_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('good-pairs', 'calibration', 'exposure')",
            name=op.f("ck_matcher_run_kind_known"),
        ),
        sa.CheckConstraint(
            "state IN ('queued', 'running', 'done', 'failed')",
            name=op.f("ck_matcher_run_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
            name=op.f("fk_matcher_run_edition_id_edition"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["started_by"],
            ["account.id"],
            name=op.f("fk_matcher_run_started_by_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matcher_run")),
    )
    op.create_index(op.f("ix_matcher_run_edition_id"), "matcher_run", ["edition_id"])
    op.create_index(op.f("ix_matcher_run_state"), "matcher_run", ["state"])
