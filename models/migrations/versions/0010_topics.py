"""Topics keep the word that profiles store when their names change.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward; until now profiles stored the English name."""
    op.add_column("topic", sa.Column("word", sa.String(), nullable=True))
    op.execute("UPDATE topic SET word = name_en")
    with op.batch_alter_table("topic") as batch:
        batch.alter_column("word", existing_type=sa.String(), nullable=False)
        batch.create_unique_constraint(batch.f("uq_topic_word"), ["word"])


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("topic") as batch:
        batch.drop_constraint(batch.f("uq_topic_word"), type_="unique")
        batch.drop_column("word")
