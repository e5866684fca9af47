"""Mailings to many, who unsubscribed, addresses that bounce, and the two steps of handing over.

Revision ID: 0017
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0022"
branch_labels = None
depends_on = None

_BEFORE = "state IN ('waiting', 'sending', 'sent', 'refused')"
_AFTER = "state IN ('waiting', 'sending', 'handing', 'sent', 'refused', 'bounced')"
_GROUPS = (
    "audience IN ('everybody', 'unconfirmed', 'unagreed', 'published', 'unpaired', 'no-meeting', "
    "'unplaced', 'meeting', 'waiting', 'checked-in', 'no-show')"
)


def upgrade() -> None:
    """Bring the database forward."""
    _mailing()
    with op.batch_alter_table("mail") as mail:
        mail.drop_constraint(mail.f("ck_mail_state_known"), type_="check")
        mail.create_check_constraint(mail.f("ck_mail_state_known"), _AFTER)
        mail.add_column(sa.Column("mailing_id", sa.Integer(), nullable=True))
        mail.add_column(sa.Column("profile_id", sa.Integer(), nullable=True))
        mail.add_column(
            sa.Column("unsubscribe_link", sa.String(length=500), nullable=False, server_default="")
        )
        for name in ("mailing", "profile"):
            mail.create_foreign_key(
                mail.f(f"fk_mail_{name}_id_{name}"), name, [f"{name}_id"], ["id"], ondelete="CASCADE"
            )
    op.create_index(op.f("ix_mail_mailing_id"), "mail", ["mailing_id"])
    op.create_index(op.f("ix_mail_profile_id"), "mail", ["profile_id"])
    _recipient()
    _unsubscription()
    _bounce()


def _mailing() -> None:
    texts = [
        *(sa.Column(f"subject_{code}", sa.String(length=150), nullable=False) for code in ("en", "ko")),
        *(sa.Column(f"body_{code}", sa.Text(), nullable=False) for code in ("en", "ko")),
    ]
    op.create_table(
        "mailing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        *texts,
        sa.Column("audience", sa.String(length=20), nullable=False),
        sa.Column("side", sa.String(length=5), nullable=False),
        sa.Column("leads_to", sa.String(length=20), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'queued', 'sending', 'done', 'cancelled')",
            name=op.f("ck_mailing_state_known"),
        ),
        sa.CheckConstraint(_GROUPS, name=op.f("ck_mailing_audience_known")),
        sa.CheckConstraint("side IN ('both', 'left', 'right')", name=op.f("ck_mailing_side_known")),
        sa.CheckConstraint(
            "leads_to IN ('edition', 'profile', 'suggestions', 'matches', 'meetings', "
            "'outcomes')",
            name=op.f("ck_mailing_leads_to_known"),
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
            name=op.f("fk_mailing_edition_id_edition"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["account.id"], name=op.f("fk_mailing_made_by_account"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailing")),
    )
    op.create_index(op.f("ix_mailing_edition_id"), "mailing", ["edition_id"])
    op.create_index(op.f("ix_mailing_state"), "mailing", ["state"])


def _recipient() -> None:
    op.create_table(
        "mailing_recipient",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mailing_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("mail_id", sa.Integer(), nullable=True),
        sa.Column("left_out", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["mailing_id"],
            ["mailing.id"],
            name=op.f("fk_mailing_recipient_mailing_id_mailing"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["profile_id"],
            ["profile.id"],
            name=op.f("fk_mailing_recipient_profile_id_profile"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["mail_id"],
            ["mail.id"],
            name=op.f("fk_mailing_recipient_mail_id_mail"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailing_recipient")),
        sa.UniqueConstraint(
            "mailing_id", "profile_id", name=op.f("uq_mailing_recipient_mailing_id_profile_id")
        ),
    )
    for name in ("profile_id", "mail_id"):
        op.create_index(op.f(f"ix_mailing_recipient_{name}"), "mailing_recipient", [name])


def _unsubscription() -> None:
    op.create_table(
        "unsubscription",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["profile_id"],
            ["profile.id"],
            name=op.f("fk_unsubscription_profile_id_profile"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_unsubscription")),
    )
    op.create_index(op.f("ix_unsubscription_profile_id"), "unsubscription", ["profile_id"])


def _bounce() -> None:
    op.create_table(
        "bounce",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["profile_id"],
            ["profile.id"],
            name=op.f("fk_bounce_profile_id_profile"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bounce")),
        sa.UniqueConstraint("key", name=op.f("uq_bounce_key")),
    )
    op.create_index(op.f("ix_bounce_profile_id"), "bounce", ["profile_id"])


def downgrade() -> None:
    """Take it back; what a server may have had is given up, and so is what came back."""
    op.drop_table("bounce")
    op.drop_table("unsubscription")
    op.drop_table("mailing_recipient")
    op.execute("UPDATE mail SET state = 'refused' WHERE state IN ('handing', 'bounced')")
    op.drop_index(op.f("ix_mail_profile_id"), table_name="mail")
    op.drop_index(op.f("ix_mail_mailing_id"), table_name="mail")
    with op.batch_alter_table("mail") as mail:
        for name in ("profile", "mailing"):
            mail.drop_constraint(mail.f(f"fk_mail_{name}_id_{name}"), type_="foreignkey")
        for name in ("unsubscribe_link", "profile_id", "mailing_id"):
            mail.drop_column(name)
        mail.drop_constraint(mail.f("ck_mail_state_known"), type_="check")
        mail.create_check_constraint(mail.f("ck_mail_state_known"), _BEFORE)
    op.drop_table("mailing")
