"""Who may read the list of participants, and whether an entry of the audit log is a person's.

Revision ID: 0012
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    # In plain SQL, because SQLite would otherwise have to copy the table for the constraint.
    op.execute(
        "ALTER TABLE edition ADD COLUMN list_visibility VARCHAR(12) NOT NULL DEFAULT 'organisers'"
        " CONSTRAINT ck_edition_list_visibility_known"
        " CHECK (list_visibility IN ('organisers', 'participants', 'signed-in'))"
    )
    op.add_column(
        "audit_entry",
        sa.Column("by_person", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.execute("UPDATE audit_entry SET by_person = (actor_id IS NOT NULL)")


def downgrade() -> None:
    """Take it back."""
    op.drop_column("audit_entry", "by_person")
    with op.batch_alter_table("edition") as edition:
        edition.drop_constraint(edition.f("ck_edition_list_visibility_known"), type_="check")
        edition.drop_column("list_visibility")
