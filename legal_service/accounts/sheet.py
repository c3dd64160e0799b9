"""The statement of account as a sheet of paper: what its template prints. Names are as the reader may see them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from legal_service import labels
from legal_service.accounts import irr, sources
from legal_service.accounts.alternatives import Alternative, alternatives
from legal_service.accounts.basis import Article, articles, marked
from legal_service.accounts.explanation import steps
from legal_service.accounts.facts import LoanFacts, RateSegment
from legal_service.accounts.instalments import rate_changes
from legal_service.accounts.interest import penalty_rate, penalty_rate_text
from legal_service.accounts.irr import cost_or_none
from legal_service.accounts.statement import Entry, Line, Statement
from legal_service.law.figures import capitals
from legal_service.money import grouped, percent_text
from legal_service.redaction.kinds import Kind

labels.register(
    "tier",
    {
        "none": ("未逾期", "current"),
        "mild": ("轻度", "mild"),
        "moderate": ("中度", "moderate"),
        "severe": ("重度", "severe"),
    },
)
labels.register(
    "posting",
    {
        "payment": ("还款", "payment"),
        "deduction": ("扣款", "deduction"),
        "waiver": ("减免", "waiver"),
        "reversal": ("冲正", "reversal"),
        "charge": ("费用", "charge"),
    },
)

_COMPONENTS = (
    ("本金", "principal_due", "principal"),
    ("利息（期内）", "interest", "interest"),
    ("罚息", "penalty", "penalty"),
    ("复利", "compound", "compound"),
    ("费用", "fees", "fees"),
    ("实现债权的费用", "costs", "costs"),
)

RATES_TITLE = "利率分段"
"""The heading of the dated rates on the sheet; a complaint with many of them points to it."""


@dataclass(frozen=True, slots=True)
class SheetNames:
    """The names printed on the sheet; the borrower's is personal and is replaced for readers who may not see it."""

    lender: str
    borrower: str = field(metadata={"personal": Kind.PERSON})
    prepared_by: str


def context(statement: Statement, names: SheetNames) -> dict[str, Any]:
    """The values of `templates/statement_of_account`, all text."""
    facts, claim = statement.facts, statement.claim
    rows = sources.of_figures(statement)
    rates = _rates(statement)
    return {
        "loan_no": facts.loan_no,
        "contract_no": facts.contract_no,
        "as_of": statement.as_of.isoformat(),
        "lender": names.lender,
        "borrower": names.borrower,
        "prepared_by": names.prepared_by,
        "disbursed_amount": grouped(facts.disbursed_amount),
        "disbursed_on": facts.disbursed_on.isoformat(),
        "annual_rate": percent_text(facts.annual_rate),
        "rate_note": f"（分段，截止日为{percent_text(rates[-1].annual_rate)}%）" if len(rates) > 1 else "",
        "penalty_rate": _penalty(facts, rates[-1]),
        "penalty_note": f"，截止日适用；分段见“{RATES_TITLE}”" if len(rates) > 1 else "",
        "rates_title": RATES_TITLE,
        "rates": [_rate(facts, one) for one in rates] if len(rates) > 1 else [],
        "uplift": str(facts.penalty_uplift),
        "day_count": str(facts.day_count),
        "compound": "计收" if facts.compound else "不计收",
        "days_past_due": str(statement.days_past_due),
        "tier": labels.label("tier", statement.tier).zh,
        "five_class_floor": statement.five_class_floor,
        "why_tier": statement.why_tier.zh,
        "sums": [
            {
                "name": name,
                "unpaid": grouped(getattr(statement, unpaid)),
                "claimed": grouped(getattr(claim, claimed)),
                "rows": _shown(rows.get(unpaid, [])),
            }
            for name, unpaid, claimed in _COMPONENTS
        ],
        "total": grouped(statement.total),
        "claim_total": grouped(claim.total),
        "claim_capitals": capitals(claim.total),
        "principal_undue": grouped(statement.principal_undue),
        "reduction_note": _reduction(statement),
        "lines": [_line(line) for line in statement.lines],
        "segments": [one for line in statement.lines for one in _segments(line)],
        "postings": [_posting(entry) for entry in statement.postings],
        "basis": [article.read("zh") for article in articles(statement)],
        "financing_cost": _financing_cost(statement),
        "derivation": list(_derivation(statement)),
        "alternatives": [_alternative(statement, one) for one in alternatives(statement)],
    }


def _derivation(statement: Statement) -> Iterator[dict[str, Any]]:
    """The derivation of `--explain`, section by section; the rows that a step rests on stand apart from its words."""
    section: dict[str, Any] = {}
    for words in steps(statement):
        text = words.zh
        if not text.startswith(" "):
            if section:
                yield section
            section = {"title": text, "steps": []}
            continue
        said, bracket, rest = text.strip().rpartition("〔")
        rows = rest.removesuffix("〕") if bracket and ":" in rest else ""
        depth = "inner" if text.startswith("    ") else ""
        section["steps"].append({"text": said if rows else text.strip(), "rows": rows, "depth": depth})
    yield section


def _financing_cost(statement: Statement) -> str:
    """The all-in cost of the loan by both reckonings, with all fees; empty where no rate follows."""
    cost = cost_or_none(statement.facts)
    if cost is None:
        return ""
    mark = marked(irr.STATUS, "zh")
    return (
        f"综合融资成本（内部收益率，含全部费用）：按月×12 为年 {percent_text(cost.monthly)}%，按日复利（{irr.DAYS_A_YEAR} 天）为年 "
        f"{percent_text(cost.by_days)}%；净放款 {grouped(cost.received)} 元，应还及费用合计 {grouped(cost.paid)} 元"
        f"（{irr.BASIS}〔{mark}〕）。"
    )


def _alternative(statement: Statement, one: Alternative) -> dict[str, Any]:
    """The second statement held beside the first, component by component."""
    claim, other = statement.claim, one.statement.claim
    return {
        "footing": Article(one.basis, one.says, one.status).read("zh"),
        "rows": [
            {"name": name, "told": grouped(getattr(claim, part)), "other": grouped(getattr(other, part))}
            for name, _, part in _COMPONENTS
        ],
        "told_total": grouped(claim.total),
        "other_total": grouped(other.total),
        "told_undue": grouped(statement.principal_undue),
        "other_undue": grouped(one.statement.principal_undue),
        "difference": grouped(claim.total - other.total),
    }


def _rates(statement: Statement) -> list[RateSegment]:
    """The yearly rates that ruled up to the day of the statement, oldest first: the one agreed, then each dated change."""
    facts = statement.facts
    agreed = RateSegment(facts.disbursed_on, facts.annual_rate, facts.row)
    return [agreed, *(one for one in rate_changes(facts) if one.from_on <= statement.as_of)]


def _rate(facts: LoanFacts, one: RateSegment) -> dict[str, str]:
    agreed = one.row == facts.row
    return {
        "from_on": "合同约定" if agreed else one.from_on.isoformat(),
        "rate": percent_text(one.annual_rate) + "%",
        "penalty_rate": _penalty(facts, one) + "%",
        "row": one.row,
    }


def _penalty(facts: LoanFacts, one: RateSegment) -> str:
    return _percent(penalty_rate_text(penalty_rate(one.annual_rate, facts.penalty_uplift)))


def _percent(rate: str) -> str:
    """A yearly rate as decimal text in per cent.

    >>> _percent("0.27")
    '27'
    """
    whole, _, part = rate.partition(".")
    digits = (part + "00")[:2] + ("." + part[2:] if len(part) > 2 else "")
    return (whole + digits).lstrip("0") or "0"


def _shown(rows: list[str] | tuple[str, ...]) -> str:
    found = list(rows)
    return "、".join(found[:6]) + (f" 等{len(found)}项" if len(found) > 6 else "")


def _reduction(statement: Statement) -> str:
    parts = []
    if statement.cap.reduction:
        parts.append(
            f"息费合计超过年利率{percent_text(statement.cap.rate)}%的部分 {grouped(statement.cap.reduction)} 元已自行调减"
            f"（{statement.cap.basis}）。"
        )
    if statement.undisclosed_fees:
        parts.append(f"未在成本明示表载明的费用 {grouped(statement.undisclosed_fees)} 元不予主张")
        within = statement.undisclosed_fees - statement.undisclosed_left
        parts.append(f"（其中 {grouped(within)} 元已在上述调减之内，不重复扣除）。" if within else "。")
    return "".join(parts)


def _number(line: Line) -> str:
    return "提前到期" if line.period.number is None else str(line.period.number)


def _line(line: Line) -> dict[str, str]:
    return {
        "number": _number(line),
        "due_on": line.period.due_on.isoformat(),
        "principal": grouped(line.period.principal),
        "interest": grouped(line.period.interest),
        "principal_paid": grouped(line.principal_paid),
        "interest_paid": grouped(line.interest_paid),
        "paid_off_on": line.paid_off_on.isoformat() if line.paid_off_on else ("" if line.due else "未到期"),
        "overdue_days": str(line.overdue_days),
        "penalty": grouped(line.penalty),
        "compound": grouped(line.compound),
    }


def _segments(line: Line) -> list[dict[str, str]]:
    return [
        {
            "number": _number(line),
            "kind": kind,
            "from_on": segment.from_on.isoformat(),
            "to_on": segment.to_on.isoformat(),
            "days": str(segment.days),
            "base": grouped(segment.base),
            "rate": _percent(penalty_rate_text(segment.rate)) + "%",
            "amount": grouped(segment.amount),
        }
        for kind, segments in (("罚息", line.penalty_segments), ("复利", line.compound_segments))
        for segment in segments
    ]


def _posting(entry: Entry) -> dict[str, str]:
    return {
        "on": entry.on.isoformat(),
        "kind": labels.label("posting", entry.kind).zh,
        "reference": entry.reference,
        "amount": grouped(entry.amount),
        "to_fees": grouped(entry.to("fees") + entry.to("costs")),
        "to_interest": grouped(entry.to("interest")),
        "to_compound": grouped(entry.to("compound")),
        "to_penalty": grouped(entry.to("penalty")),
        "to_principal": grouped(entry.to("principal")),
        "unapplied": grouped(entry.unapplied),
    }
