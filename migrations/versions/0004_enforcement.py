"""Enforcement: clues, measures and what became of them, judgment terms, recoveries, the release list.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('property_clue',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('party', sa.String(length=20), nullable=False),
    sa.Column('description', sa.LargeBinary(), nullable=False),
    sa.Column('source', sa.String(length=30), nullable=False),
    sa.Column('found_on', sa.Date(), nullable=False),
    sa.Column('exempt', sa.Boolean(), nullable=False),
    sa.Column('recorded_by', sa.String(length=200), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('institution_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['legal_case.id'], name=op.f('fk_property_clue_case_id_legal_case')),
    sa.ForeignKeyConstraint(['institution_id'], ['institution.id'], name=op.f('fk_property_clue_institution_id_institution')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_property_clue')),
    )
    with op.batch_alter_table('property_clue', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_property_clue_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_property_clue_institution_id'), ['institution_id'], unique=False)
    op.create_table('enforcement_measure',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('regime', sa.String(length=15), nullable=False),
    sa.Column('party', sa.String(length=20), nullable=False),
    sa.Column('clue_id', sa.Integer(), nullable=True),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.Column('facts', sa.LargeBinary(), nullable=False),
    sa.Column('recorded_by', sa.String(length=200), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('institution_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['clue_id'], ['property_clue.id'], name=op.f('fk_enforcement_measure_clue_id_property_clue')),
    sa.ForeignKeyConstraint(['case_id'], ['legal_case.id'], name=op.f('fk_enforcement_measure_case_id_legal_case')),
    sa.ForeignKeyConstraint(['institution_id'], ['institution.id'], name=op.f('fk_enforcement_measure_institution_id_institution')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enforcement_measure')),
    )
    with op.batch_alter_table('enforcement_measure', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_enforcement_measure_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_enforcement_measure_institution_id'), ['institution_id'], unique=False)
    op.create_table('measure_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('measure_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('happened_on', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('proof_sha256', sa.String(length=64), nullable=False),
    sa.Column('recorded_by', sa.String(length=200), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('institution_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['measure_id'], ['enforcement_measure.id'], name=op.f('fk_measure_entry_measure_id_enforcement_measure')),
    sa.ForeignKeyConstraint(['institution_id'], ['institution.id'], name=op.f('fk_measure_entry_institution_id_institution')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_measure_entry')),
    )
    with op.batch_alter_table('measure_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_measure_entry_institution_id'), ['institution_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_measure_entry_measure_id'), ['measure_id'], unique=False)
    op.create_table('title_term',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('component', sa.String(length=20), nullable=False),
    sa.Column('party', sa.String(length=20), nullable=False),
    sa.Column('claimed', sa.BigInteger(), nullable=False),
    sa.Column('awarded', sa.BigInteger(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('reason', sa.LargeBinary(), nullable=False),
    sa.Column('recorded_by', sa.String(length=200), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('institution_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['legal_case.id'], name=op.f('fk_title_term_case_id_legal_case')),
    sa.ForeignKeyConstraint(['institution_id'], ['institution.id'], name=op.f('fk_title_term_institution_id_institution')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_title_term')),
    sa.UniqueConstraint('case_id', 'version', 'number', name=op.f('uq_title_term_case_id')),
    )
    with op.batch_alter_table('title_term', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_title_term_institution_id'), ['institution_id'], unique=False)
    op.create_table('recovery',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=80), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('source', sa.String(length=30), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('reverses', sa.String(length=80), nullable=False),
    sa.Column('recorded_by', sa.String(length=200), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('institution_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['institution_id'], ['institution.id'], name=op.f('fk_recovery_institution_id_institution')),
    sa.ForeignKeyConstraint(['case_id'], ['legal_case.id'], name=op.f('fk_recovery_case_id_legal_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recovery')),
    sa.UniqueConstraint('case_id', 'reference', name=op.f('uq_recovery_case_id')),
    )
    with op.batch_alter_table('recovery', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recovery_institution_id'), ['institution_id'], unique=False)
    op.create_table('release_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('item', sa.String(length=40), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=False),
    sa.Column('proof_sha256', sa.String(length=64), nullable=False),
    sa.Column('recorded_by', sa.String(length=200), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('institution_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['legal_case.id'], name=op.f('fk_release_entry_case_id_legal_case')),
    sa.ForeignKeyConstraint(['institution_id'], ['institution.id'], name=op.f('fk_release_entry_institution_id_institution')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_release_entry')),
    sa.UniqueConstraint('case_id', 'item', name=op.f('uq_release_entry_case_id')),
    )
    with op.batch_alter_table('release_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_release_entry_institution_id'), ['institution_id'], unique=False)


def downgrade() -> None:
    op.drop_table('release_entry')
    op.drop_table('recovery')
    op.drop_table('title_term')
    op.drop_table('measure_entry')
    op.drop_table('enforcement_measure')
    op.drop_table('property_clue')
