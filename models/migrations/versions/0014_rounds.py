"""What proves a round, organisers' pins and forbids, and when a round and its stage began.

Revision ID: 0014
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    with op.batch_alter_table("round") as pairing:
        pairing.add_column(sa.Column("began_at", sa.DateTime(timezone=True), nullable=True))
        pairing.add_column(sa.Column("stage_at", sa.DateTime(timezone=True), nullable=True))
    _add_pair_rule()
    _add_round_person()
    op.create_table(
        "round_manifest",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("scores", sa.LargeBinary(), nullable=False),
        _reference("round_manifest", "round_id", "round", "CASCADE"),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_round_manifest")),
    )


def downgrade() -> None:
    """Take it back."""
    for table in ("round_manifest", "round_person", "pair_rule"):
        op.drop_table(table)
    with op.batch_alter_table("round") as pairing:
        pairing.drop_column("stage_at")
        pairing.drop_column("began_at")


def _add_pair_rule() -> None:
    op.create_table(
        "pair_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("left_id", sa.Integer(), nullable=False),
        sa.Column("right_id", sa.Integer(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('pin', 'forbid')", name=op.f("ck_pair_rule_kind_known")),
        _reference("pair_rule", "edition_id", "edition", "CASCADE"),
        _reference("pair_rule", "left_id", "profile", "CASCADE"),
        _reference("pair_rule", "right_id", "profile", "CASCADE"),
        _reference("pair_rule", "set_by", "account", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pair_rule")),
        sa.UniqueConstraint(
            "edition_id", "left_id", "right_id", name=op.f("uq_pair_rule_edition_id_left_id_right_id")
        ),
    )
    for column in ("edition_id", "left_id", "right_id"):
        op.create_index(op.f(f"ix_pair_rule_{column}"), "pair_rule", [column])


def _add_round_person() -> None:
    op.create_table(
        "round_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=5), nullable=False),
        sa.Column("pseudonym", sa.String(length=32), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("best", sa.Float(), nullable=True),
        sa.CheckConstraint("side IN ('left', 'right')", name=op.f("ck_round_person_side_known")),
        _reference("round_person", "round_id", "round", "CASCADE"),
        _reference("round_person", "profile_id", "profile", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_person")),
        sa.UniqueConstraint(
            "round_id", "profile_id", name=op.f("uq_round_person_round_id_profile_id")
        ),
        sa.UniqueConstraint(
            "round_id", "pseudonym", name=op.f("uq_round_person_round_id_pseudonym")
        ),
    )
    for column in ("round_id", "profile_id"):
        op.create_index(op.f(f"ix_round_person_{column}"), "round_person", [column])


def _reference(table: str, column: str, other: str, ondelete: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ondelete)
