"""The complaints of invented borrowers: about collection, rates, credit records and fees; most of them closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from legal_service.intake.sample.draw import happens, one_of
from legal_service.intake.sample.loans import Loan
from legal_service.intake.sample.people import Kin, Person
from legal_service.intake.sample.postings import Ledger

KINDS = {
    "催收行为": (
        "投诉催收人员多次拨打{relation}{kin}的电话{phone}，要求停止联系第三人。",
        "投诉一天内接到三次催收电话，要求规范催收时间。",
    ),
    "利率与费用": ("认为综合费用过高，要求说明各项费用并退还服务费。", "对罚息和复利的计算方式有异议，要求提供明细。"),
    "征信异议": ("已还款但征信仍显示逾期，要求更正。", "因扣款失败造成逾期记录，要求核实。"),
    "协商还款": ("{name}称因{reason}无力一次还清，申请分期，多次致电未得到答复。",),
}
OUTCOMES = (
    "已核实并致歉，停止联系第三人",
    "已书面说明计息方式，客户认可",
    "已报送更正",
    "已达成还款安排",
    "经核实不属实，已答复",
)


@dataclass(frozen=True, slots=True)
class Complaint:
    """One line of complaints.csv, without its number."""

    received_on: date
    kind: str
    content: str
    closed_on: date | None
    outcome: str

    def row(self) -> dict[str, str]:
        """The line of complaints.csv."""
        return {
            "received_on": self.received_on.isoformat(),
            "kind": self.kind,
            "content": self.content,
            "closed_on": self.closed_on.isoformat() if self.closed_on else "",
            "outcome": self.outcome,
        }


def draw_complaints(
    chance: Random, borrower: Person, kin: Kin, loan: Loan, ledger: Ledger, as_of: date
) -> tuple[Complaint, ...]:
    """A complaint of few borrowers in arrears and of very few others; one in four is still open if it is recent."""
    since = ledger.episodes[-1].due_on if ledger.episodes else None
    if not happens(chance, 0.4 if since is None else 4):
        return ()
    start = since + timedelta(days=10) if since else max(loan.disbursed_on, as_of - timedelta(days=200))
    if start >= as_of:
        return ()
    received = start + timedelta(days=chance.randrange((as_of - start).days))
    kind = one_of(chance, tuple(KINDS))
    content = one_of(chance, KINDS[kind]).format(
        relation=kin.relation, kin=kin.name, phone=kin.phone, name=borrower.name, reason="家人住院"
    )
    closed = received + timedelta(days=chance.randrange(3, 15))
    if closed > as_of or (received > as_of - timedelta(days=60) and happens(chance, 40)):
        return (Complaint(received, kind, content, None, ""),)
    return (Complaint(received, kind, content, closed, one_of(chance, OUTCOMES)),)
