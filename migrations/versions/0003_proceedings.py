"""The case at law: events of the proceedings, moves that were asked to be forced.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('proceeding_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('happened_on', sa.Date(), nullable=False),
    sa.Column('court', sa.String(length=100), nullable=False),
    sa.Column('reason', sa.String(length=40), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=False),
    sa.Column('number_index', sa.String(length=64), nullable=False),
    sa.Column('withdraws', sa.Integer(), nullable=True),
    sa.Column('recorded_by', sa.String(length=200), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('institution_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['legal_case.id'], name=op.f('fk_proceeding_event_case_id_legal_case')),
    sa.ForeignKeyConstraint(['withdraws'], ['proceeding_event.id'], name=op.f('fk_proceeding_event_withdraws_proceeding_event')),
    sa.ForeignKeyConstraint(['institution_id'], ['institution.id'], name=op.f('fk_proceeding_event_institution_id_institution')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_proceeding_event'))
    )
    with op.batch_alter_table('proceeding_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_proceeding_event_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_proceeding_event_institution_id'), ['institution_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_proceeding_event_number_index'), ['number_index'], unique=False)
        batch_op.create_index('ix_proceeding_event_court', ['institution_id', 'kind', 'court'], unique=False)
    op.create_table('forced_move',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('from_stage', sa.String(length=30), nullable=False),
    sa.Column('to_stage', sa.String(length=30), nullable=False),
    sa.Column('entered_on', sa.Date(), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=False),
    sa.Column('reason', sa.LargeBinary(), nullable=False),
    sa.Column('guards', sa.String(length=400), nullable=False),
    sa.Column('asked_by', sa.String(length=200), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_by', sa.String(length=200), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('granted', sa.Boolean(), nullable=False),
    sa.Column('institution_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['legal_case.id'], name=op.f('fk_forced_move_case_id_legal_case')),
    sa.ForeignKeyConstraint(['institution_id'], ['institution.id'], name=op.f('fk_forced_move_institution_id_institution')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forced_move'))
    )
    with op.batch_alter_table('forced_move', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_forced_move_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_forced_move_institution_id'), ['institution_id'], unique=False)


def downgrade() -> None:
    op.drop_table('forced_move')
    op.drop_table('proceeding_event')
