"""The overview: counts and sums as of the last sweep, never a person, a loan or a case."""

from __future__ import annotations

from datetime import date, timedelta

from legal_service import clock
from legal_service.access.operations import record
from legal_service.accounts.models import Contract
from legal_service.database import LOCAL_OPERATOR
from legal_service.installation import Installation
from legal_service.web import queries
from tests.web import a_portfolio
from tests.web.a_portfolio import AS_OF, SECRETS, a_case, a_job, a_package, graded, put
from tests.web.conftest import Desk, Read


def test_an_empty_instance_teaches_the_next_step(words: Read) -> None:
    text = words("/overview")
    for command in ("legal import", "legal sweep --as-of", "legal case open", "legal package build"):
        assert command in text


def test_imported_but_not_graded_asks_for_a_sweep(installation: Installation, words: Read) -> None:
    with installation.database.aside(institution_id=installation.institution_id) as session:
        lender, person = a_portfolio.parties(session, installation.institution_id)
        session.add(a_portfolio.contract("L1", lender.id, person.id))
    text = words("/overview")
    assert "尚未评级" in text
    assert "legal import" not in text


def test_tiers_and_floors_are_counted_and_summed(installation: Installation, words: Read) -> None:
    graded(installation, none_正常=20, mild_关注=12, severe_损失=7)
    text = words("/overview")
    assert "2026-09-30 (周三)" in text
    assert "未逾期 正常 20 20,000.00 2,000.00" in text
    assert "轻度 关注 12 12,000.00 1,200.00" in text
    assert "重度 损失 7 7,000.00 700.00" in text
    assert "合计 39 39,000.00 3,900.00" in text
    assert "mild special mention 12 12,000.00 1,200.00" in words("/overview?lang=en")


def test_few_loans_are_not_counted_out(installation: Installation, words: Read) -> None:
    graded(installation, none_正常=20, mild_关注=12, severe_损失=3)
    text = words("/overview")
    assert "重度 损失 <5 不显示 不显示" in text
    assert "轻度 关注 不显示 不显示 不显示" in text  # or 35 − 20 − 12 would tell
    assert "未逾期 正常 20" in text
    assert "合计 35 35,000.00 3,500.00" in text
    assert "3,000.00" not in text
    assert "severe loss <5 withheld withheld" in words("/overview?lang=en")


def test_only_the_newest_grading_of_a_loan_counts(installation: Installation) -> None:
    graded(installation, none_正常=6)
    with installation.reading() as session:
        keys = [row.id for row in session.query(Contract).all()]
    put(installation, *(a_portfolio.a_grading(key, "mild", "关注", AS_OF + timedelta(days=5)) for key in keys))
    with installation.reading() as session:
        assert [(band.tier, band.loans) for band in queries.bands(session, AS_OF)] == [("none", 6)]
        assert [(band.tier, band.loans) for band in queries.bands(session, AS_OF + timedelta(days=5))] == [("mild", 6)]


def test_a_sweep_that_changed_nothing_still_moves_the_date(installation: Installation, words: Read) -> None:
    graded(installation, none_正常=6)
    put(installation, a_job("sweep", "done", at=clock.now(), outcome={"as_of": "2026-10-31"}))
    assert "贷款截至 2026-10-31" in words("/overview")


def test_another_institution_is_not_counted(installation: Installation, words: Read) -> None:
    graded(installation, none_正常=6)
    graded(installation, institution_id=a_portfolio.another_institution(installation), none_正常=50)
    text = words("/overview")
    assert "未逾期 正常 6 " in text
    assert "56" not in text


def test_cases_are_counted_by_stage_and_deadlines_by_nearness(installation: Installation) -> None:
    today = date(2026, 10, 1)
    days = [today + timedelta(days=days) for days in (-1, 0, 7, 8, 30, 90, 91)]
    a_case(installation, "preparation", last_days=tuple(days))
    a_case(installation, "preparation", number=2)
    a_case(installation, "submitted", number=3, last_days=(date(2027, 1, 2) - timedelta(days=10),))
    with installation.reading() as session:
        assert queries.cases_by_stage(session) == [("preparation", 2), ("submitted", 1)]
        found = queries.deadlines(session, today)
    assert found.passed == 1
    assert found.within == {7: 2, 30: 4, 90: 6}
    assert found.provisional == 0


def test_a_deadline_that_was_met_is_not_open(installation: Installation) -> None:
    from legal_service.cases.models import Deadline

    a_case(installation, "submitted", last_days=(AS_OF,))
    with installation.database.aside(institution_id=installation.institution_id) as session:
        for row in session.query(Deadline):
            row.done_on = AS_OF
    with installation.reading() as session:
        assert queries.deadlines(session, AS_OF).within == {7: 0, 30: 0, 90: 0}


def test_a_passed_deadline_is_marked_by_word_and_shape(installation: Installation, words: Read) -> None:
    a_case(installation, "submitted", last_days=(clock.today() - timedelta(days=2), clock.today()))
    text = words("/overview")
    assert "已过 ✕ 逾期 1" in text
    assert "7 日内 △ 将到期 1" in text


def test_jobs_show_kind_status_and_progress(installation: Installation, words: Read) -> None:
    put(
        installation,
        a_job("filing_batch", "running", at=clock.now(), done_units=312, total_units=1000, leased_until=clock.now()),
    )
    assert "批量制作文书 ▷ 进行中 312/1,000" in words("/overview")
    put(installation, a_job("a_later_release", "dead", at=clock.now()))
    assert "a_later_release ✕" in words("/overview")


def test_packages_are_counted_by_audience(installation: Installation, words: Read) -> None:
    a_case(installation, "submitted")
    for audience in ("court", "external_counsel"):
        a_package(installation, audience)
    text = words("/overview")
    assert "外聘律师 1" in text


def test_the_trail_is_walked(installation: Installation, words: Read) -> None:
    with installation.transaction(LOCAL_OPERATOR) as tx:
        for number in range(3):
            record(tx, action="test.write", subject=f"x:{number}")
    assert "✓ 哈希链完好 核对无误的条目 5" in words("/overview")


def test_a_broken_trail_is_named_by_its_first_bad_entry(installation: Installation, words: Read) -> None:
    with installation.transaction(LOCAL_OPERATOR) as tx:
        for number in range(3):
            record(tx, action="test.write", subject=f"x:{number}")
    with installation.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE audit_entry SET actor = 'somebody' WHERE seq = 2")
    text = words("/overview")
    assert "✕ 断裂于第 2 条" in text
    assert "legal audit verify --json" in text


def test_no_page_shows_a_person_a_loan_a_case_or_a_colleague(installation: Installation, lawyer: Desk) -> None:
    graded(installation, none_正常=20, mild_关注=1)
    a_case(installation, "submitted", last_days=(clock.today(),))
    a_package(installation, "court")
    put(installation, a_job("package", "done", at=clock.now(), outcome={"package_id": SECRETS[5]}))
    for url in ("/", "/overview?lang=en", "/law", "/law/stages", "/readyz", "/healthz", "/nowhere"):
        html = lawyer.get(url).get_data(as_text=True)
        assert [secret for secret in SECRETS if secret in html] == [], url
        assert "LC-2026" not in html
        assert "lender.example" not in html
