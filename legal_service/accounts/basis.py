"""The articles that a statement of account applies, each with how far its text was checked (law.md 3).

What was not read in the text of the instrument says so wherever it is printed.
"""

from __future__ import annotations

from dataclasses import dataclass

from legal_service.accounts.alternatives import acceleration_status
from legal_service.accounts.appropriation import LEGAL_ORDER, parse
from legal_service.accounts.cap import DAYS_A_YEAR
from legal_service.accounts.statement import Statement
from legal_service.errors import Language, Words
from legal_service.law.parameters import Status

STATUS_WORDS: dict[Status, Words] = {
    "verified": Words("已核对原文", "verified"),
    "secondary": Words("据二手资料，未核对原文", "secondary source, text not read"),
    "awaiting_counsel": Words("待律师确认", "awaiting counsel"),
}


def marked(status: Status, language: Language) -> str:
    """How far a text was checked, for a printed statement: in Chinese with the code, which a reader of the JSON meets too."""
    words = STATUS_WORDS[status].read(language)
    return f"{words} ({status})" if language == "zh" else words


NOT_PRIVATE = {
    "bank": "民间借贷规定 第一条第二款",
    "consumer_finance": "民间借贷规定 第一条第二款",
    "micro_loan": "法释〔2020〕27号 第一条",
}
"""Lender type → why four times the loan prime rate is no test of its loans (law.md 3.1)."""


@dataclass(frozen=True, slots=True)
class Article:
    """One rule applied: where it stands, what it decided here, and how far the text was checked."""

    citation: str
    decides: Words
    status: Status

    def read(self, language: Language) -> str:
        """One line for people.

        >>> Article("民法典 第六百七十四条", Words("支付利息的期限", "when interest is paid"), "verified").read("zh")
        '民法典 第六百七十四条：支付利息的期限'
        """
        line = f"{self.citation}：{self.decides.zh}" if language == "zh" else f"{self.citation}: {self.decides.en}"
        if self.status == "verified":
            return line
        mark = marked(self.status, language)
        return f"{line}〔{mark}〕" if language == "zh" else f"{line} [{mark}]"


def articles(statement: Statement) -> tuple[Article, ...]:
    """The rules that decided something in this statement, in the order in which they were applied."""
    return (*_terms(statement), *_payments(statement), *_limits(statement))


def _terms(statement: Statement) -> list[Article]:
    facts = statement.facts
    found = [
        _verified("民法典 第六百七十条", "本金按实际提供的数额计算", "principal is the sum actually received"),
        _verified("民法典 第六百七十四条", "按约定的期限支付利息", "contract interest falls due as agreed"),
    ]
    if any(line.penalty_segments for line in statement.lines):
        band = statement.rules.penalty_band
        zh = f"（该条：逾期 {band.least}%–{band.most}%）" if band else ""
        en = f" (the article: {band.least} % to {band.most} % when overdue)" if band else ""
        found += [
            _verified("民法典 第六百七十六条", "逾期还款按约定支付逾期利息", "overdue interest as agreed"),
            _unread(
                "银发〔2003〕251号 第三条",
                f"罚息在合同利率上加收 {facts.penalty_uplift}%{zh}",
                f"penalty at the contract rate raised by {facts.penalty_uplift} %{en}",
            ),
        ]
    if any(line.compound_segments for line in statement.lines):
        found.append(
            _unread(
                "银发〔2003〕251号 第三条",
                "对逾期未付的期内利息按罚息利率计收复利；罚息、复利不再计息",
                "compound interest on overdue contract interest at the penalty rate; none on penalty or compound",
            )
        )
    if status := acceleration_status(statement):
        zh = f"{statement.accelerated_on} 起全部未到期本金提前到期"
        en = f"all undue principal due from {statement.accelerated_on}"
        if status != "verified":
            zh, en = f"{zh}，该日尚未得到证明", f"{en}, a day not yet proved"
        found.append(Article("民法典 第五百六十二条第二款、第五百六十五条", Words(zh, en), status))
    return found


def _payments(statement: Statement) -> list[Article]:
    found = []
    orders = {entry.order for entry in statement.postings if entry.order}
    if LEGAL_ORDER in orders:
        found.append(
            _verified("民法典 第五百六十一条", "费用、利息、本金的抵充次序", "costs, then interest, then principal")
        )
    if orders:
        found.append(
            _unread(
                "民法典 第五百六十一条",
                "该条未提罚息、复利与费用；此处归入利息：先期内利息，次复利，次罚息，次费用",
                "the article names neither penalty nor compound nor fees; taken as interest: contract interest, compound, penalty, fees",
            )
        )
    contractual = parse(statement.facts.allocation)
    if orders & {order for order in (contractual.first, *(o for _, o in contractual.later)) if order != LEGAL_ORDER}:
        found.append(
            _verified(
                "民法典 第五百六十一条（当事人另有约定的除外）",
                f"合同约定的抵充次序：{statement.facts.allocation}",
                f"the contract's order of payment: {statement.facts.allocation}",
            )
        )
    if any(posting.designated for posting in statement.facts.postings if posting.on <= statement.as_of):
        found.append(
            _unread(
                "民法典 第五百六十条、第五百六十一条",
                "债务人在清偿时指定了抵充次序",
                "the debtor designated the order when paying",
            )
        )
    return found


def _limits(statement: Statement) -> list[Article]:
    rules = statement.rules
    found = [
        Article(
            rules.cap_basis,
            Words("利息、复利、罚息、费用合计超过上限的部分予以减除", "what all charges exceed the cap by is reduced"),
            rules.cap_status,
        ),
        _unread(
            rules.cap_basis,
            f"上限按 {DAYS_A_YEAR} 日为一年、实际未还本金逐日计算；实现债权的费用不计入",
            f"the cap counts days over {DAYS_A_YEAR} on principal outstanding; costs of realising the debt stay outside",
        ),
    ]
    if statement.facts.lender_type in NOT_PRIVATE:
        citation = NOT_PRIVATE[statement.facts.lender_type]
        found.append(
            _verified(
                citation,
                "不适用一年期 LPR 四倍的民间借贷上限",
                "four times LPR, the cap of private lending, does not apply",
            )
        )
    if rules.disclosure_from is not None and statement.facts.disbursed_on >= rules.disclosure_from:
        found.append(
            Article(
                rules.disclosure_basis,
                Words("未在成本明示表中载明的费用不得收取", "fees not on the signed cost table may not be charged"),
                rules.disclosure_status,
            )
        )
    found.append(
        _unread(
            "商业银行金融资产风险分类办法（银保监会 人民银行令〔2023〕第1号）",
            "五级分类按逾期天数的下限；催收分层为机构内部规则",
            "five-class floor by days overdue; the collection tier is a rule of the house",
        )
    )
    return found


def _verified(citation: str, zh: str, en: str) -> Article:
    return Article(citation, Words(zh, en), "verified")


def _unread(citation: str, zh: str, en: str) -> Article:
    return Article(citation, Words(zh, en), "awaiting_counsel")
