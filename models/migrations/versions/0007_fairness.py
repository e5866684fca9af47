"""Floors of an edition and of a round.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


# Plain ALTER TABLE: copying a table in batches would have SQLite delete what refers to its rows.
_NEW = (
    ("edition", "least_early_career", sa.Integer()),
    ("edition", "least_newcomers", sa.Integer()),
    ("round", "worst_bound", sa.Float()),
    ("round", "price", sa.Float()),
    ("round", "fairness", sa.JSON()),
)


def upgrade() -> None:
    """Bring the database forward."""
    for table, name, kind in _NEW:
        op.add_column(table, sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    """Take it back."""
    for table, name, _ in reversed(_NEW):
        op.drop_column(table, name)
