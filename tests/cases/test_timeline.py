"""The time line: everything of a case in one list, the newest first, in words that name no person."""

from __future__ import annotations

from datetime import date

import pytest

from legal_service import labels
from legal_service.cases import operations, queries
from legal_service.cases.serving import parse
from legal_service.cases.timeline import KINDS, Event, in_order
from legal_service.errors import Refusal, Words
from legal_service.installation import Installation
from tests.cases.a_case import AS_OF, a_portfolio, call, complain, writing
from tests.cases.test_operations import LETTER, advance, evidence, open_case
from tests.cases.test_work_lines import milestone, paid

LAWYER = "lawyer@b.cn"


@pytest.fixture
def case_no(on_both: Installation) -> str:
    """A case with something of every kind."""
    a_portfolio(on_both)
    number = open_case(on_both, by=LAWYER)
    proof = evidence(on_both, "loan:L1", "delivery_receipt")
    for write in (
        lambda tx: call(tx, "L1", date(2026, 4, 1)),
        lambda tx: complain(tx, "L1", date(2026, 4, 2), date(2026, 4, 9)),
        lambda tx: paid(tx, date(2026, 6, 1), "R1"),
        lambda tx: operations.record_service(tx, case_no=number, paper=parse({**LETTER, "proof": proof})),
        lambda tx: operations.record_settlement(
            tx,
            case_no=number,
            attempted_on=date(2026, 5, 1),
            channel="call",
            offer="张三减免 100 元",
            outcome="refused",
        ),
        lambda tx: operations.record_milestone(
            tx, case_no=number, kind="package", subject="court", reached_on=AS_OF, reference="P-1"
        ),
    ):
        writing(on_both, write)
    advance(on_both, number, "contact")
    note = {"court": "某区人民法院", "note": "张三同意"}
    writing(
        on_both,
        lambda tx: operations.record_event(
            tx, case_no=number, kind="confirmation_refused", on=date(2026, 6, 30), data=note
        ),
    )
    milestone(on_both, number, "revision", "7")
    milestone(on_both, number, "approval", "7")
    milestone(on_both, number, "statement", "s")
    advance(on_both, number, "closed", date(2026, 7, 2), data={"reason": "paid"})
    return number


def told(installation: Installation, case_no: str, **titles: Words) -> list[Event]:
    with installation.reading() as session:
        return queries.timeline(session, case_no, titles)


def test_every_kind_of_event_is_there_the_newest_first(on_both: Installation, case_no: str) -> None:
    events = told(on_both, case_no)
    assert {one.kind for one in events} == set(KINDS)
    assert [one.on for one in events] == sorted((one.on for one in events), reverse=True)
    happened = {(one.kind, one.on.isoformat(), one.words.zh) for one in events}
    assert {
        ("stage", "2026-07-02", "催告联系 → 已结案（已清偿）"),
        ("stage", "2026-06-30", "建案"),
        ("contact", "2026-04-01", "电话（去）借款人：接通"),
        ("complaint", "2026-04-09", "投诉 K1 办结"),
        ("settlement", "2026-05-01", "和解（电话）：借款人拒绝"),
        ("service", "2026-04-04", "向借款人邮寄送达催收函（2026-04-01 发出）：送达，2026-04-04 生效"),
        ("package", "2026-06-30", f"生成证据包，接收方：{labels.label('audience', 'court').zh}"),
        ("posting", "2026-06-01", "还款 10.00 元"),
        ("proceeding", "2026-06-30", "裁定驳回司法确认申请 某区人民法院"),
    } <= happened


def test_deadlines_begin_and_end_on_the_line(on_both: Installation, case_no: str) -> None:
    began, done = sorted((one for one in told(on_both, case_no) if one.kind == "deadline"), key=lambda one: one.on)
    assert (began.on, done.on, began.ref) == (date(2026, 6, 1), date(2026, 7, 2), done.ref)
    assert "法定末日 2029-06-01（暂定）" in began.words.zh
    assert "办结" in done.words.zh


def test_references_lead_to_what_it_was(on_both: Installation, case_no: str) -> None:
    refs = {one.kind: one.ref for one in told(on_both, case_no)}
    assert (refs["document"], refs["approval"], refs["package"]) == (
        ("revision", "7"),
        ("revision", "7"),
        ("package", "P-1"),
    )
    assert (refs["contact"], refs["complaint"]) == (("contact", "C1"), ("complaint", "K1"))


def test_colleagues_are_named_and_borrowers_are_not(on_both: Installation, case_no: str) -> None:
    events = told(on_both, case_no)
    assert next(one.by for one in events if one.words.zh == "建案") == "王律师"
    words = "".join(one.words.zh + one.words.en + one.by for one in events)
    for secret in ("张三", "19900000001", "某市某路2号", "减免"):
        assert secret not in words
    assert not any(one.personal for one in events)


def test_titles_from_above_name_papers_and_exhibits(on_both: Installation, case_no: str) -> None:
    titles = {
        "statement_of_claim": Words(zh="民事起诉状", en="statement of claim"),
        "delivery_receipt": Words(zh="送达凭证", en="proof of delivery"),
    }
    words = {one.kind: one.words for one in told(on_both, case_no, **titles)}
    assert words["document"] == Words(zh="制作《民事起诉状》（第 7 号稿）", en="statement of claim made (revision 7)")
    assert words["evidence"].zh == "证据入库：送达凭证"


def test_kinds_filter_and_have_labels(on_both: Installation, case_no: str) -> None:
    events = told(on_both, case_no)
    assert {one.kind for one in in_order(events, ["stage", "contact"])} == {"stage", "contact"}
    assert set(labels.families()["timeline"]) == set(KINDS)


def test_an_unknown_case_is_refused(on_both: Installation) -> None:
    with pytest.raises(Refusal) as refused:
        told(on_both, "LC-2026-999999")
    assert refused.value.code == "unknown_case"
