"""How every figure of a statement came about, step by step, as a lawyer would check it by hand (`--explain`).

Formulas are written out with their numbers, segment by segment, each rounded HALF_UP to the fen; both languages say the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from legal_service import labels
from legal_service.accounts.alternatives import alternatives
from legal_service.accounts.basis import Article, articles
from legal_service.accounts.cap import DAYS_A_YEAR, Tested
from legal_service.accounts.facts import LoanFacts
from legal_service.accounts.instalments import Period, rates_of
from legal_service.accounts.interest import Segment, penalty_rate_text
from legal_service.accounts.schedule import rate_on
from legal_service.accounts.statement import Entry, Line, Statement
from legal_service.accounts.sums import sums
from legal_service.errors import Language, Words
from legal_service.money import MICRO, Fen, amount_text, percent_text, rate_text, round_half_up

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
    yield from _cap(statement)
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
        for part in (_due, _received, _accrued, _sums, _cap, _claim):
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


def _due(statement: Statement) -> Iterator[Words]:
    yield Words(
        "二、已到期各期（天数计首日不计末日）", "2. What has fallen due (the first day counts, the last does not)"
    )
    for line in statement.lines:
        if line.due:
            name, period = _name(line.period.number), line.period
            how = _interest(statement.facts, period)
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


def _interest(facts: LoanFacts, period: Period) -> Words:
    """How the contract interest of a period follows: from the tape's schedule, or from base, rate and a month or days."""
    if period.number is not None and facts.instalments:
        return Words("（依数据带所载还款计划）", " (as the schedule on the tape has it)")
    days, year = (period.due_on - period.opened_on).days, facts.day_count
    rate = rate_on(period.opened_on, facts.annual_rate, rates_of(facts))
    if period.regular:
        exact, share = round_half_up(period.base * rate, 12 * MICRO), "/ 12"
    else:
        exact, share = round_half_up(period.base * rate * days, MICRO * year), f"× {days} / {year}"
    if exact != period.interest:
        return Words(
            f"（{_yuan(period.base)} 按分段利率逐段计算）", f" ({_yuan(period.base)} at the dated rates, part by part)"
        )
    formula = f" = {_yuan(period.base)} × {rate_text(rate)} {share}"
    return Words(formula, formula)


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
        f"{_name(part.instalment).zh if part.component not in ('costs', 'fees') else ''}{_COMPONENTS[part.component].zh} {_yuan(part.amount)}"
        for part in entry.parts
    )
    en = ", ".join(
        f"{_COMPONENTS[part.component].en} {_yuan(part.amount)}"
        + (f" of {_name(part.instalment).en}" if part.component not in ("costs", "fees") else "")
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
    name, what = _name(line.period.number), _COMPONENTS[kind]
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


def _cap(statement: Statement) -> Iterator[Words]:
    cap = statement.cap
    rate = rate_text(cap.rate)
    yield Words(
        f"六、上限测试（年 {percent_text(cap.rate)}%，{cap.basis}）",
        f"6. Cap test ({percent_text(cap.rate)} % a year, {cap.basis})",
    )
    for line in cap.tested:
        if line.excess:
            yield _excess(line, rate)
    within = sum(not line.excess for line in cap.tested)
    yield Words(f"  其余 {within} 期均未超出", f"  the other {within} lines stay within their bounds")
    yield Words(
        f"  各期超出合计 {_yuan(cap.per_period_reduction)}",
        f"  per period, together {_yuan(cap.per_period_reduction)}",
    )
    daily = f"{_yuan(cap.principal_days)} × {rate} / {DAYS_A_YEAR} = {_yuan(cap.ceiling)}"
    yield Words(
        f"  全程上限 = Σ(未还本金 × 天数) × 年率 ÷ {DAYS_A_YEAR} = {daily}",
        f"  ceiling over the life = Σ(principal outstanding × days) × rate / {DAYS_A_YEAR} = {daily}",
    )
    over = f"max(0, {_yuan(cap.charged)} − {_yuan(cap.per_period_reduction)} − {_yuan(cap.ceiling)}) = {_yuan(cap.lifetime_reduction)}"
    yield Words(f"  全程超出 = {over}", f"  over the life = {over}")
    yield Words(
        f"  减除 {_yuan(cap.reduction)}（以未付的息费为限）；已付而超出上限 {_yuan(cap.paid_excess)}",
        f"  reduction {_yuan(cap.reduction)} (at most the unpaid charges); paid above the cap {_yuan(cap.paid_excess)}",
    )


def _excess(line: Tested, rate: str) -> Words:
    name, share = _name(line.instalment), "12" if line.days is None else f"{line.days} / {DAYS_A_YEAR}"
    bound = f"{_yuan(line.base)} × {rate} {'/' if line.days is None else '×'} {share} = {_yuan(line.interest_bound)}"
    late, late_bound = _yuan(line.default), _yuan(line.default_bound)
    return Words(
        f"  {name.zh}：期内利息 {_yuan(line.interest)} 对 {bound}；罚息加复利 {late} 对 Σ(逾期未还本金 × {rate} × 天数 ÷ {DAYS_A_YEAR}) "
        f"= {late_bound}；超出 {_yuan(line.excess)}",
        f"  {name.en}: interest {_yuan(line.interest)} against {bound}; penalty and compound {late} against "
        f"Σ(overdue principal × {rate} × days / {DAYS_A_YEAR}) = {late_bound}; over by {_yuan(line.excess)}",
    )


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


def _name(number: int | None) -> Words:
    if number is None:
        return Words("提前到期部分", "the accelerated balance")
    return Words(f"第 {number} 期", f"instalment {number}")


def _yuan(fen: Fen) -> str:
    return amount_text(fen)
