"""Calls that organisers edit, and the rules of calls as an edition keeps them.

Revision ID: 0018
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0014"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Bring the database forward; budgets were whole euros until now."""
    with op.batch_alter_table("call") as batch:
        batch.drop_constraint(batch.f("uq_call_identifier"), type_="unique")
        batch.create_unique_constraint(
            batch.f("uq_call_edition_id_identifier"), ["edition_id", "identifier"]
        )
        for side in ("left", "right"):
            batch.alter_column(
                f"budget_{side}_eur",
                new_column_name=f"budget_{side}",
                existing_type=sa.Integer(),
                type_=sa.BigInteger(),
            )
            batch.add_column(
                sa.Column(
                    f"budget_{side}_currency", sa.String(length=3), nullable=True
                )
            )
        for name in ("opens_at", "deadline_at"):
            batch.alter_column(name, existing_type=_MOMENT, nullable=True)
        batch.add_column(sa.Column("zone", sa.String(length=60), nullable=True))
        batch.add_column(sa.Column("link", sa.String(length=500), nullable=True))
        batch.add_column(sa.Column("checked_on", sa.Date(), nullable=True))
    op.execute(
        "UPDATE call SET zone = 'Europe/Brussels', link = '', "
        "budget_left_currency = 'EUR', budget_right_currency = 'EUR'"
    )
    with op.batch_alter_table("call") as batch:
        for name, length in (
            ("budget_left_currency", 3),
            ("budget_right_currency", 3),
            ("zone", 60),
            ("link", 500),
        ):
            batch.alter_column(name, existing_type=sa.String(length=length), nullable=False)
    op.create_table(
        "rule_preset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"],
            ["account.id"],
            name=op.f("fk_rule_preset_created_by_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
            name=op.f("fk_rule_preset_edition_id_edition"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_preset")),
        sa.UniqueConstraint(
            "edition_id", "name", "version", name=op.f("uq_rule_preset_edition_id_name_version")
        ),
    )
    op.create_index(op.f("ix_rule_preset_edition_id"), "rule_preset", ["edition_id"])


def downgrade() -> None:
    """Take it back; a budget in another currency, and a call of unknown date, cannot stay."""
    op.drop_index(op.f("ix_rule_preset_edition_id"), table_name="rule_preset")
    op.drop_table("rule_preset")
    op.execute("DELETE FROM call WHERE opens_at IS NULL OR deadline_at IS NULL")
    for side in ("left", "right"):
        op.execute(
            f"UPDATE call SET budget_{side} = NULL WHERE budget_{side}_currency <> 'EUR'"
        )
    with op.batch_alter_table("call") as batch:
        for name in ("checked_on", "link", "zone"):
            batch.drop_column(name)
        for name in ("opens_at", "deadline_at"):
            batch.alter_column(name, existing_type=_MOMENT, nullable=False)
        for side in ("left", "right"):
            batch.drop_column(f"budget_{side}_currency")
            batch.alter_column(
                f"budget_{side}",
                new_column_name=f"budget_{side}_eur",
                existing_type=sa.BigInteger(),
                type_=sa.Integer(),
            )
        batch.drop_constraint(batch.f("uq_call_edition_id_identifier"), type_="unique")
        batch.create_unique_constraint(batch.f("uq_call_identifier"), ["identifier"])
