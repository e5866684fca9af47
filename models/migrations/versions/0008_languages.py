"""What the two languages need.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    with op.batch_alter_table("account") as account:
        account.add_column(sa.Column("appearance", sa.String(length=8), nullable=True))


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("account") as account:
        account.drop_column("appearance")
