"""How every figure of a statement came about, step by step, as a lawyer would check it by hand (`--explain`).

Formulas are written out with their numbers, segment by segment, each rounded HALF_UP to the fen; both languages say the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from legal_service import labels
from legal_service.accounts.alternatives import alternatives
from legal_service.accounts.basis import Article, articles
from legal_service.accounts.cap_derivation import cap_steps
from legal_service.accounts.interest import Segment, penalty_rate_text
from legal_service.accounts.interest_derivation import interest_formula, payments
from legal_service.accounts.line_names import line_name
from legal_service.accounts.statement import Entry, Line, Statement
from legal_service.accounts.sums import sums
from legal_service.errors import Language, Words
from legal_service.money import Fen, amount_text, percent_text

_COMPONENTS = {
    "costs": Words("实现债权的费用", "costs"),
    "interest": Words("期内利息", "contract interest"),
    "compound": Words("复利", "compound"),
    "penalty": Words("罚息", "penalty"),
    "fees": Words("费用", "fees"),
    "principal": Words("本金", "principal"),
}
_KINDS = {
    "payment": Words("还款", "payment"),
    "deduction": Words("扣款", "deduction"),
    "waiver": Words("减免", "waiver"),
}
_ORDER = {
    "costs": Words("费用", "costs"),
    "interest": Words("利息", "interest"),
    "principal": Words("本金", "principal"),
}


def explanation(statement: Statement, language: Language) -> str:
    """The whole derivation as plain text, one step a line."""
    return "\n".join(words.read(language) for words in steps(statement)) + "\n"


def steps(statement: Statement) -> Iterator[Words]:
    """The derivation, one step after the other, in both languages."""
    yield from _terms(statement)
    yield from _due(statement)
    yield from _received(statement)
    yield from _accrued(statement)
    yield from _sums(statement)
    yield from cap_steps(statement)
    yield from _claim(statement)
    yield Words("七、依据", "7. Basis")
    for article in articles(statement):
        yield Words(f"  {article.read('zh')}", f"  {article.read('en')}")
    for doubt in statement.doubts:
        yield Words(f"  注意：{doubt.message.zh}", f"  note: {doubt.message.en}")
    yield from _beside(statement)


def _beside(statement: Statement) -> Iterator[Words]:
    """The second statement of the same day, derived in full, where the acceleration is not proved."""
    for one in alternatives(statement):
        article = Article(one.basis, one.says, one.status)
        yield Words(f"八、对照计算：{article.read('zh')}", f"8. Held beside it: {article.read('en')}")
        for part in (_due, _received, _accrued, _sums, cap_steps, _claim):
            for words in part(one.statement):
                yield Words(f"  {words.zh}", f"  {words.en}")
        ours, other = _yuan(statement.claim.total), _yuan(one.statement.claim.total)
        yield Words(
            f"  主张金额：所称提前到期 {ours}；对照 {other}；相差 {_yuan(statement.claim.total - one.statement.claim.total)}",
            f"  claim: accelerated as told {ours}; beside it {other}; "
            f"difference {_yuan(statement.claim.total - one.statement.claim.total)}",
        )


def _terms(statement: Statement) -> Iterator[Words]:
    facts = statement.facts
    yield Words(
        f"贷款 {facts.loan_no} 截至 {statement.as_of} 日终的欠款计算",
        f"Account of loan {facts.loan_no} at the close of {statement.as_of}",
    )
    yield Words("一、约定", "1. Terms")
    yield Words(
        f"  {facts.disbursed_on} 实际放款 {_yuan(facts.disbursed_amount)}，年利率 {percent_text(facts.annual_rate)}%，"
        f"罚息上浮 {facts.penalty_uplift}%，{'计收' if facts.compound else '不计收'}复利，一年按 {facts.day_count} 日计息",
        f"  paid out {_yuan(facts.disbursed_amount)} on {facts.disbursed_on}; {percent_text(facts.annual_rate)} % a year, penalty "
        f"uplift {facts.penalty_uplift} %, {'with' if facts.compound else 'no'} compound interest, {facts.day_count} days a year",
    )
    for change in facts.rates:
        rate = percent_text(change.annual_rate)
        yield Words(
            f"  自 {change.from_on} 起年利率 {rate}%（{change.row}）",
            f"  {rate} % a year from {change.from_on} ({change.row})",
        )
    yield from payments(facts)


def _due(statement: Statement) -> Iterator[Words]:
    yield Words(
        "二、已到期各期（期内利息：首日计入、应还日不计）",
        "2. What has fallen due (contract interest: the first day counts, the due day does not)",
    )
    for line in statement.lines:
        if line.due:
            name, period = line_name(line.period.number), line.period
            how = interest_formula(statement.facts, period)
            zh = f"  {name.zh} {period.due_on} 到期：本金 {_yuan(period.principal)}，期内利息 {_yuan(period.interest)}{how.zh}"
            en = f"  {name.en} due {period.due_on}: principal {_yuan(period.principal)}, interest {_yuan(period.interest)}{how.en}"
            if period.fee:
                zh, en = f"{zh}，费用 {_yuan(period.fee)}", f"{en}, fee {_yuan(period.fee)}"
            if line.paid_off_on is not None:
                zh, en = f"{zh}；{line.paid_off_on} 付清", f"{en}; paid off on {line.paid_off_on}"
            rows = ", ".join(period.rows)
            yield Words(f"{zh}〔{rows}〕", f"{en} [{rows}]")
    for charge in statement.charges:
        if charge.instalment is None:
            zh = "实现债权的费用" if charge.is_cost else "费用"
            en = "cost" if charge.is_cost else "fee"
            kind = labels.label("charge", charge.kind)
            yield Words(
                f"  {charge.on} {zh} {_yuan(charge.amount)}（{kind.zh} {charge.reference}）〔{charge.row}〕",
                f"  {charge.on} {en} {_yuan(charge.amount)} ({kind.en} {charge.reference}) [{charge.row}]",
            )


def _received(statement: Statement) -> Iterator[Words]:
    yield Words("三、入账与抵充", "3. Payments and where they went")
    for entry in statement.postings:
        yield _entry(entry)
    for gone in statement.reversed:
        posting, reversal = gone.posting, gone.reversal
        yield Words(
            f"  {posting.on} {posting.reference} {_yuan(posting.amount)} 已于 {reversal.on} 冲正，视为不存在〔{posting.row}, {reversal.row}〕",
            f"  {posting.on} {posting.reference} {_yuan(posting.amount)} reversed on {reversal.on}, counts as absent [{posting.row}, {reversal.row}]",
        )
    if not statement.postings:
        yield Words("  无", "  none")


def _entry(entry: Entry) -> Words:
    zh = "，".join(
        f"{line_name(part.instalment).zh if part.component not in ('costs', 'fees') else ''}{_COMPONENTS[part.component].zh} {_yuan(part.amount)}"
        for part in entry.parts
    )
    en = ", ".join(
        f"{_COMPONENTS[part.component].en} {_yuan(part.amount)}"
        + (f" of {line_name(part.instalment).en}" if part.component not in ("costs", "fees") else "")
        for part in entry.parts
    )
    if entry.unapplied:
        zh = f"{zh}{'，' if zh else ''}未抵充 {_yuan(entry.unapplied)}"
        en = f"{en}{', ' if en else ''}unapplied {_yuan(entry.unapplied)}"
    order_zh = f"（次序 {'→'.join(_ORDER[kind].zh for kind in entry.order)}）" if entry.order else ""
    order_en = f" (order {', '.join(_ORDER[kind].en for kind in entry.order)})" if entry.order else ""
    kind = _KINDS[entry.kind]
    return Words(
        f"  {entry.on} {kind.zh} {entry.reference} {_yuan(entry.amount)}{order_zh}：{zh}〔{entry.row}〕",
        f"  {entry.on} {kind.en} {entry.reference} {_yuan(entry.amount)}{order_en}: {en} [{entry.row}]",
    )


def _accrued(statement: Statement) -> Iterator[Words]:
    year = statement.facts.day_count
    yield Words(
        "四、罚息与复利（基数 × 年利率 × 天数 ÷ 一年天数，每段四舍五入到分）",
        "4. Penalty and compound (base × yearly rate × days / days a year, each segment rounded half up to the fen)",
    )
    for line in statement.lines:
        yield from _segments(line, "penalty", line.penalty_segments, line.penalty, year)
        yield from _segments(line, "compound", line.compound_segments, line.compound, year)


def _segments(line: Line, kind: str, segments: tuple[Segment, ...], total: Fen, year: int) -> Iterator[Words]:
    name, what = line_name(line.period.number), _COMPONENTS[kind]
    for segment in segments:
        formula = (
            f"{segment.from_on} – {segment.to_on}: {_yuan(segment.base)} × {penalty_rate_text(segment.rate)} × {segment.days} / {year} "
            f"= {_yuan(segment.amount)}"
        )
        rows = ", ".join(segment.rows)
        yield Words(f"  {name.zh}{what.zh} {formula}〔{rows}〕", f"  {name.en} {what.en} {formula} [{rows}]")
    if len(segments) > 1:
        yield Words(f"  {name.zh}{what.zh}合计 {_yuan(total)}", f"  {name.en} {what.en} together {_yuan(total)}")


def _sums(statement: Statement) -> Iterator[Words]:
    yield Words("五、欠款", "5. What is owed")
    for one in sums(statement):
        what = _COMPONENTS[one.component]
        charged, paid, off, unpaid = (_yuan(fen) for fen in (one.charged, one.paid, one.waived, one.unpaid))
        yield Words(
            f"  {what.zh} = 应付 {charged} − 已付 {paid} − 减免 {off} = {unpaid}",
            f"  {what.en} = due {charged} − paid {paid} − waived {off} = {unpaid}",
        )
    yield Words(f"  合计 {_yuan(statement.total)}", f"  total {_yuan(statement.total)}")
    yield Words(
        f"  未到期本金 {_yuan(statement.principal_undue)}；待抵充款 {_yuan(statement.unapplied)}",
        f"  principal not yet due {_yuan(statement.principal_undue)}; money not yet applied {_yuan(statement.unapplied)}",
    )
    yield Words(f"  逾期：{statement.why_tier.zh}", f"  overdue: {statement.why_tier.en}")


def _claim(statement: Statement) -> Iterator[Words]:
    total, off, hidden = _yuan(statement.total), _yuan(statement.cap.reduction), _yuan(statement.undisclosed_left)
    claim, whole, twice = _yuan(statement.claim.total), _yuan(statement.undisclosed_fees), statement.undisclosed_reduced
    zh = f"（共 {whole}，其中 {_yuan(twice)} 已在减除之内，不重复扣除）" if twice else ""
    en = (
        f" ({whole} in all, of which {_yuan(twice)} are in the reduction already and not deducted twice)"
        if twice
        else ""
    )
    yield Words(
        f"  主张金额 = {total} − 减除 {off} − 未明示费用 {hidden}{zh} = {claim}",
        f"  claim = {total} − reduction {off} − undisclosed fees {hidden}{en} = {claim}",
    )


def _yuan(fen: Fen) -> str:
    return amount_text(fen)
