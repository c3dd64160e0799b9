"""What a token opens; the open deadlines by their last day.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('api_token', schema=None) as batch_op:
        batch_op.add_column(sa.Column('use', sa.String(length=10), server_default='api', nullable=False))
    op.create_index(
        'ix_deadline_open', 'deadline', ['institution_id', 'last_day'], unique=False,
        sqlite_where=sa.text('done_on IS NULL'), postgresql_where=sa.text('done_on IS NULL'),
    )


def downgrade() -> None:
    op.drop_index('ix_deadline_open', table_name='deadline')
    with op.batch_alter_table('api_token', schema=None) as batch_op:
        batch_op.drop_column('use')
