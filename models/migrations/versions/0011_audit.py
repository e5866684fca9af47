"""The audit log, the later states of an edition, and the publishing of rounds.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_BEFORE = "state IN ('draft', 'open', 'closed', 'over')"
_AFTER = "state IN ('draft', 'open', 'closed', 'matched', 'published', 'over')"


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "subject IN ('edition', 'registrant', 'round', 'pair', 'session', 'meeting', "
            "'mailing', 'call', 'preset', 'consortium')",
            name=op.f("ck_audit_entry_subject_known"),
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"],
            ["account.id"],
            name=op.f("fk_audit_entry_actor_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
            name=op.f("fk_audit_entry_edition_id_edition"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_index(op.f("ix_audit_entry_edition_id"), "audit_entry", ["edition_id"])
    with op.batch_alter_table("edition") as edition:
        edition.drop_constraint(edition.f("ck_edition_state_known"), type_="check")
        edition.create_check_constraint(edition.f("ck_edition_state_known"), _AFTER)
    with op.batch_alter_table("round") as pairing:
        pairing.add_column(sa.Column("published_at", sa.DateTime(timezone=True), nullable=True))
        pairing.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Take it back; an edition in a state that was not known then is closed."""
    with op.batch_alter_table("round") as pairing:
        pairing.drop_column("withdrawn_at")
        pairing.drop_column("published_at")
    op.execute("UPDATE edition SET state = 'closed' WHERE state IN ('matched', 'published')")
    with op.batch_alter_table("edition") as edition:
        edition.drop_constraint(edition.f("ck_edition_state_known"), type_="check")
        edition.create_check_constraint(edition.f("ck_edition_state_known"), _BEFORE)
    op.drop_index(op.f("ix_audit_entry_edition_id"), table_name="audit_entry")
    op.drop_table("audit_entry")
