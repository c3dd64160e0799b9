"""A portfolio of many loans on PostgreSQL, made by the server itself: rows of the right shape and spread, names all alike."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from legal_service.installation import Installation

CASES_OF = 5
"""One loan in so many is pursued in a case."""

STATEMENTS = (
    # one lender; a borrower for every two loans
    """INSERT INTO lender (lender_no, name, uscc, address, legal_representative, post, phone, lender_type, account_name,
         account_no, account_bank, source_row, institution_id)
       VALUES ('N1', '示例消费金融有限公司', '', '', '', '', '', 'consumer_finance', '', '', '', 'bench', :institution)""",
    """INSERT INTO person (id, borrower_no, name, id_type, id_number, id_number_index, name_index, phone_index, gender,
         ethnicity, phone, domicile, province, source_row, institution_id)
       SELECT n, 'B' || lpad(n::text, 8, '0'), :name, 'id_card', :id_number, md5('i' || n), md5('n' || n % 5000),
         md5('p' || n), '', '', :phone, :domicile, '', 'bench', :institution
       FROM generate_series(1, :loans / 2) n""",
    """INSERT INTO contract (id, loan_no, contract_no, person_id, lender_id, product, principal, disbursed_amount, annual_rate,
         penalty_uplift, compound, day_count, method, term_months, disbursed_on, first_due_on, acceleration_clause,
         agreed_court, agreed_court_connection, e_service, allocation, signed_cost_table, compensated_by, co_lender_shares,
         arbitration_clause, notarised, source_row, institution_id)
       SELECT n, 'HM' || lpad(n::text, 10, '0'), 'HT-' || lpad(n::text, 10, '0'), (n + 1) / 2, (SELECT min(id) FROM lender),
         '消费贷', 1000000, 1000000, 180000, 50, false, 360, 'equal_instalment', 12, :today - 500, :today - 470, true, '', '',
         true, 'costs,interest,principal', true, :nobody, '', false, false, 'bench', :institution
       FROM generate_series(1, :loans) n""",
    # every fifth loan in a case of its own, one case in ten closed
    """INSERT INTO legal_case (id, case_no, person_id, lender_id, stage, stage_since, opened_on, opened_by, version,
         institution_id)
       SELECT n, 'LC-2026-' || lpad(n::text, 6, '0'), (n * 5 + 1) / 2, (SELECT min(id) FROM lender),
         (ARRAY['assessment','contact','contact','negotiation','settlement','preparation','preparation','submitted',
           'submitted','closed'])[1 + n % 10],
         :today - n % 200, :today - 200 - n % 200, 'lawyer' || n % 40 || '@bench.example', 3, :institution
       FROM generate_series(1, :loans / 5) n""",
    """INSERT INTO case_loan (case_id, contract_id, institution_id)
       SELECT n, n * 5, :institution FROM generate_series(1, :loans / 5) n""",
    # the end of limitation for each, a second deadline for half, some of them done
    """INSERT INTO deadline (case_id, rule, subject, basis, trigger_on, raw, last_day, internal, provisional, done_on,
         closed_reason, institution_id)
       SELECT n, 'limitation', 'HM' || lpad((n * 5)::text, 10, '0'), '民法典 第一百八十八条', :today - 300, day, day, day - 30,
         day > :today + 40, CASE WHEN n % 10 = 9 THEN :today END, '', :institution
       FROM (SELECT n, :today - 20 + (n * 7919 % 1000) AS day FROM generate_series(1, :loans / 5) n) drawn""",
    """INSERT INTO deadline (case_id, rule, subject, basis, trigger_on, raw, last_day, internal, provisional, done_on,
         closed_reason, institution_id)
       SELECT n, 'docketing', '', '民事诉讼法(2023修正) 第一百二十六条', day - 7, day, day, day, false,
         CASE WHEN n % 10 = 9 OR n % 3 = 0 THEN :today END, '', :institution
       FROM (SELECT n, :today - 2 + (n * 4729 % 400) AS day FROM generate_series(1, :loans / 5) n WHERE n % 2 = 1) drawn""",
    # a pleading made for a third, approved for all but some
    """INSERT INTO milestone (case_id, kind, subject, reached_on, by, reference, recorded_at, institution_id)
       SELECT n, 'revision', 'statement_of_claim', :today - 9, 'a@bench.example', n::text, now(), :institution
       FROM generate_series(1, :loans / 5) n WHERE n % 3 = 1""",
    """INSERT INTO milestone (case_id, kind, subject, reached_on, by, reference, recorded_at, institution_id)
       SELECT n, 'approval', 'statement_of_claim', :today - 8, 'b@bench.example', n::text, now(), :institution
       FROM generate_series(1, :loans / 5) n WHERE n % 3 = 1 AND n % 11 <> 0""",
    """INSERT INTO work_line (case_id, open, next_rule, next_last_day, next_internal, next_provisional, limitation_on,
         awaits_approval, gaps, returned, days_past_due, tier, claim_total, claim_as_of, institution_id)
       SELECT c.id, c.stage <> 'closed', coalesce(d.rule, ''), coalesce(d.last_day, date '9999-12-31'), d.internal,
         coalesce(d.provisional, false), CASE WHEN c.stage <> 'submitted' THEN :today - 20 + (c.id * 7919 % 1000) END,
         c.id % 3 = 1 AND c.id % 11 = 0, CASE WHEN c.id % 8 = 0 THEN 1 + c.id % 3 ELSE 0 END, c.id % 97 = 0,
         c.id * 31 % 700, CASE WHEN c.id * 31 % 700 > 60 THEN 'severe' WHEN c.id * 31 % 700 > 30 THEN 'moderate'
           WHEN c.id * 31 % 700 > 0 THEN 'mild' ELSE 'none' END,
         (c.id * 7907 % 5000000), :today - 1, :institution
       FROM legal_case c LEFT JOIN (
         SELECT DISTINCT ON (case_id) case_id, rule, last_day, internal, provisional FROM deadline WHERE done_on IS NULL
         ORDER BY case_id, last_day, internal, rule, id) d ON d.case_id = c.id""",
)


def fill(installation: Installation, loans: int, today: date) -> None:
    """Make so many loans, a fifth of them in a case, with deadlines, milestones and work lines; then let the server count them."""
    keys = installation.database.keys
    values: dict[str, Any] = {"loans": loans, "today": today, "institution": installation.institution_id}
    values |= {"name": keys.seal("person.name", "示例借款人"), "id_number": keys.seal("person.id_number", "无")}
    values |= {"phone": keys.seal("person.phone", "无"), "domicile": keys.seal("person.domicile", "无")}
    values["nobody"] = keys.seal("contract.compensated_by", "")
    with installation.database.engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))  # the keys are right by construction
        for statement in STATEMENTS:
            _run(connection, statement, values)
    with installation.database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("VACUUM ANALYZE"))


def _run(connection: Connection, statement: str, values: dict[str, Any]) -> None:
    typed = statement.replace(":today", "CAST(:today AS date)").replace(":loans", "CAST(:loans AS integer)")
    clause = text(typed)
    connection.execute(clause, {name: value for name, value in values.items() if f":{name}" in statement})
