"""Which ceiling on interest and charges a court applies to whose loan (民间借贷规定 1, 25–29; 法释〔2020〕27号; 法发〔2017〕22号).

Four times the loan prime rate is the test for private lending alone. Against a bank, a consumer-finance company or a licensed
micro-loan company it is no test in court; for a micro-loan company it is an aim of its regulator, told apart here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from legal_service import labels
from legal_service.errors import Words
from legal_service.law.parameters import Parameters
from legal_service.law.published.tables import Published
from legal_service.law.reasons import Reason, fact
from legal_service.money import MICRO, Micro, percent_text

Lender = Literal["bank", "consumer_finance", "micro_loan", "unlicensed"]
Plaintiff = Literal["lender", "asset_manager", "private_assignee"]
Where = Literal["court", "regulator"]

LICENSED = ("bank", "consumer_finance", "micro_loan")

labels.register(
    "ceiling",
    {
        "financial_line": ("金融借款综合融资成本线", "line for financial lending"),
        "private_lending": ("民间借贷上限（合同成立时一年期 LPR 的四倍）", "private lending: four times the loan prime rate at the making of the contract"),
        "new_loans": ("小额贷款公司新发放贷款监管上限", "regulator's limit for new micro-loans"),
        "regulatory_target": ("小额贷款公司监管目标（2027 年末前原则上降至四倍 LPR）", "regulator's aim for micro-loans, in principle by the end of 2027"),
    },
)  # fmt: skip
labels.register("ceiling_where", {"court": ("法院", "court"), "regulator": ("监管", "regulator")})


@dataclass(frozen=True, slots=True)
class Ceiling:
    """One ceiling: where it is applied, its yearly rate in millionths (None: unknown, `because` says which figure lacks)."""

    kind: str
    where: Where
    rate: Micro | None
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Ceilings:
    """What applies, the court's first; why four times the loan prime rate does not, where it does not; warnings."""

    apply: tuple[Ceiling, ...]
    not_lpr: Reason | None
    warnings: tuple[Reason, ...]


def ceilings(
    lender: Lender,
    law: Parameters,
    published: Published,
    *,
    contract_on: date,
    on: date,
    plaintiff: Plaintiff = "lender",
) -> Ceilings:
    """The ceilings on a loan made on `contract_on`, claimed on `on`. Raises `Refusal` for days before the law loaded."""
    if lender == "unlicensed":
        return Ceilings((_private_lending(law, published, contract_on),), None, ())
    scope = law.on("interest/private_lending_scope", on)
    row = scope.value[lender]
    not_lpr = Reason("not_private_lending", Words(zh=row["zh"], en=row["en"]), row["basis"], scope.status)
    apply = [_financial_line(law, on)]
    warnings = []
    if lender == "micro_loan":
        apply += _regulator(law, published, contract_on, on)
        warnings.append(_line_for_micro_loans(apply[0]))
    if plaintiff != "lender":
        warnings.append(_assigned(plaintiff, not_lpr))
    return Ceilings(tuple(apply), not_lpr, tuple(warnings))


def _financial_line(law: Parameters, on: date) -> Ceiling:
    dated = law.on("interest/cap_rate", on)
    percent = percent_text(rate := int(dated.value * MICRO))
    words = Words(
        zh=f"借款人请求时，利息、复利、罚息、违约金和其他费用合计超过年利率 {percent}% 的部分调减。",
        en=f"On the borrower's request what interest, compound, penalty, damages and other fees together exceed {percent} % a year by is reduced.",
    )
    return Ceiling("financial_line", "court", rate, (Reason("financial_line", words, dated.basis, dated.status),))


def _private_lending(law: Parameters, published: Published, contract_on: date) -> Ceiling:
    multiple = law.on("interest/private_lending_multiple", contract_on)
    rule = Reason("private_lending", Words("", ""), multiple.basis, multiple.status)
    rate, reason = _times_lpr(published, contract_on, multiple.value, rule)
    return Ceiling("private_lending", "court", rate, (reason,))


def _times_lpr(published: Published, day: date, multiple: int, rule: Reason) -> tuple[Micro | None, Reason]:
    """So many times the quote in force on a day, with its source; unknown where none is entered."""
    quote = published.quote_on(day)
    if quote is None:
        zh = f"一年期 LPR 的 {multiple} 倍；无法计算：未录入 {day} 适用的一年期 LPR。"
        return None, fact(rule.code, zh, f"{multiple} times the one-year LPR; unknown: no quote for {day}", rule)
    rate = quote.one_year * multiple
    sum_ = f"{percent_text(quote.one_year)}% × {multiple} = {percent_text(rate)}%"
    words = Words(
        zh=f"一年期 LPR（{quote.on} 公布，{quote.source}）{sum_}。",
        en=f"one-year LPR (quoted {quote.on}, {quote.source}) {sum_}.",
    )
    return rate, Reason(rule.code, words, rule.basis, rule.status if quote.status == "verified" else quote.status)


def _regulator(law: Parameters, published: Published, contract_on: date, on: date) -> list[Ceiling]:
    """What the regulator wants of a micro-loan company, from the day its guidance counts; never a test in court."""
    found = []
    new, aim = law.parameter("interest/micro_loan_new_loans"), law.parameter("interest/micro_loan_target_multiple")
    if contract_on >= new.values[0].since:
        dated = new.on(contract_on)
        percent = percent_text(rate := int(dated.value * MICRO))
        words = Words(
            zh=f"新发放贷款综合融资成本不得超过年化 {percent}%；这是监管要求，不是法院的审查标准。",
            en=f"No new loan above {percent} % a year all in; a demand of the regulator, not the court's test.",
        )
        found.append(Ceiling("new_loans", "regulator", rate, (Reason("new_loans", words, dated.basis, dated.status),)))
    if on >= aim.values[0].since:
        dated = aim.on(on)
        rate_now, reason = _times_lpr(
            published, on, dated.value, Reason("regulatory_target", Words("", ""), dated.basis, dated.status)
        )
        words = Words(
            zh=f"2027 年末前原则上降至一年期 LPR 的 {dated.value} 倍以内；是监管目标，不得据此在法院自行调减。",
            en=f"In principle down to {dated.value} times the one-year LPR by the end of 2027; an aim of the regulator, no reason to reduce one's own claim in court.",
        )
        found.append(
            Ceiling(
                "regulatory_target",
                "regulator",
                rate_now,
                (fact("regulatory_target", words.zh, words.en, reason), reason),
            )
        )
    return found


def _line_for_micro_loans(line: Ceiling) -> Reason:
    return Reason(
        "line_for_micro_loans",
        Words(
            zh="法发〔2017〕22号的文字针对金融机构；是否直接适用于小额贷款公司，须由律师确认。",
            en="The Supreme People's Court's document 22 of 2017 speaks of financial institutions; whether it reaches a micro-loan company directly is for counsel to confirm.",
        ),
        line.because[0].basis,
        "awaiting_counsel",
    )


def _assigned(plaintiff: Plaintiff, not_lpr: Reason) -> Reason:
    """After an assignment the loan stays one made by a licensed lender; what its new creditor may charge since is open."""
    private = plaintiff == "private_assignee"
    zh = "债权受让后，贷款仍是持牌机构发放的贷款，从权利和债务人的抗辩一并移转；"
    en = "After the assignment it still is a loan that a licensed lender made, with its accessory rights and the debtor's defences; "
    if private:
        zh += "受让人不是金融机构的，受让后能否继续按金融借款标准计收罚息、复利，各地做法不一，须由律师确认后再主张。"
        en += "whether an assignee that is no financial institution may go on charging penalty and compound interest as the lender did is judged differently: counsel must confirm before it is claimed."
    else:
        zh += "资产管理公司受让后利息计收的终点和标准，须由律师确认。"
        en += "until when and how an asset manager may charge interest after taking over is for counsel to confirm."
    return Reason(
        plaintiff, Words(zh=zh, en=en), f"民法典 第五百四十七条、第五百四十八条；{not_lpr.basis}", "awaiting_counsel"
    )
