"""Where people stand on the map of the research landscape.

Revision ID: 0022
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward; the worker draws the map when texts change next."""
    with op.batch_alter_table("participation") as participation:
        participation.add_column(sa.Column("map_x", sa.Float(), nullable=True))
        participation.add_column(sa.Column("map_y", sa.Float(), nullable=True))
    op.execute("UPDATE edition SET landscape = '[]'")


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("participation") as participation:
        participation.drop_column("map_y")
        participation.drop_column("map_x")
