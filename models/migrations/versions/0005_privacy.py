"""Who sees what, consents, messages.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table('consent',
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.String(length=20), nullable=False),
    sa.Column('version', sa.String(length=20), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("purpose IN ('terms', 'matching', 'showing', 'overseas', 'contact', 'mails', 'statistics', 'gender')", name=op.f('ck_consent_purpose_known')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_consent_account_id_account'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('account_id', 'purpose', name=op.f('pk_consent'))
    )
    op.create_table('consent_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.String(length=20), nullable=False),
    sa.Column('given', sa.Boolean(), nullable=False),
    sa.Column('version', sa.String(length=20), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("purpose IN ('terms', 'matching', 'showing', 'overseas', 'contact', 'mails', 'statistics', 'gender')", name=op.f('ck_consent_event_purpose_known')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_consent_event_account_id_account'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent_event'))
    )
    op.create_index(op.f('ix_consent_event_account_id'), 'consent_event', ['account_id'], unique=False)
    op.create_table('ended_session',
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_ended_session_account_id_account'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_ended_session'))
    )
    op.create_index(op.f('ix_ended_session_account_id'), 'ended_session', ['account_id'], unique=False)
    op.create_index(op.f('ix_ended_session_ended_at'), 'ended_session', ['ended_at'], unique=False)
    op.create_table('message',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sender_id', sa.Integer(), nullable=False),
    sa.Column('recipient_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('sender_id <> recipient_id', name=op.f('ck_message_two_people')),
    sa.ForeignKeyConstraint(['recipient_id'], ['profile.id'], name=op.f('fk_message_recipient_id_profile'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['sender_id'], ['profile.id'], name=op.f('fk_message_sender_id_profile'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_message'))
    )
    op.create_index('ix_message_recipient_id_sender_id', 'message', ['recipient_id', 'sender_id'], unique=False)
    op.create_index('ix_message_sender_id_recipient_id', 'message', ['sender_id', 'recipient_id'], unique=False)
    op.create_table('message_block',
    sa.Column('profile_id', sa.Integer(), nullable=False),
    sa.Column('other_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['other_id'], ['profile.id'], name=op.f('fk_message_block_other_id_profile'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['profile_id'], ['profile.id'], name=op.f('fk_message_block_profile_id_profile'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('profile_id', 'other_id', name=op.f('pk_message_block'))
    )
    op.create_index(op.f('ix_message_block_other_id'), 'message_block', ['other_id'], unique=False)
    op.create_table('part_visibility',
    sa.Column('profile_id', sa.Integer(), nullable=False),
    sa.Column('part', sa.String(length=20), nullable=False),
    sa.Column('level', sa.String(length=20), nullable=False),
    sa.CheckConstraint("level IN ('nobody', 'organisers', 'matches', 'participants')", name=op.f('ck_part_visibility_level_known')),
    sa.CheckConstraint("part IN ('page', 'identity', 'research', 'publications', 'exchange', 'topics', 'career')", name=op.f('ck_part_visibility_part_known')),
    sa.ForeignKeyConstraint(['profile_id'], ['profile.id'], name=op.f('fk_part_visibility_profile_id_profile'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('profile_id', 'part', name=op.f('pk_part_visibility'))
    )
    op.create_table('message_report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('message_id', sa.Integer(), nullable=False),
    sa.Column('reporter_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('reported_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('outcome', sa.String(length=10), nullable=True),
    sa.CheckConstraint("outcome IS NULL OR outcome IN ('removed', 'kept')", name=op.f('ck_message_report_outcome_known')),
    sa.ForeignKeyConstraint(['decided_by'], ['account.id'], name=op.f('fk_message_report_decided_by_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['message_id'], ['message.id'], name=op.f('fk_message_report_message_id_message'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['reporter_id'], ['profile.id'], name=op.f('fk_message_report_reporter_id_profile'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_message_report')),
    sa.UniqueConstraint('message_id', 'reporter_id', name=op.f('uq_message_report_message_id_reporter_id'))
    )
    op.create_index(op.f('ix_message_report_decided_at'), 'message_report', ['decided_at'], unique=False)
    op.create_index(op.f('ix_message_report_message_id'), 'message_report', ['message_id'], unique=False)
    op.create_index(op.f('ix_message_report_reporter_id'), 'message_report', ['reporter_id'], unique=False)
    op.add_column('account', sa.Column('legal_seen', sa.String(length=20), nullable=True))


def downgrade() -> None:
    """Take it back."""
    # No batch: it would make the table of accounts anew, and with it everybody's rows would go.
    op.drop_column("account", "legal_seen")
    for table in (
        "message_report",
        "part_visibility",
        "message_block",
        "message",
        "ended_session",
        "consent_event",
        "consent",
    ):
        op.drop_table(table)
