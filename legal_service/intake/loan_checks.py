"""Checks of the loans, and their dated rates on the tape: parents, amounts, rates, dates, order of appropriation."""

from __future__ import annotations

from datetime import date

from legal_service.accounts.rules import PenaltyBand, penalty_band
from legal_service.accounts.schedule import months_after
from legal_service.intake.cells import CellError, parse_allocation
from legal_service.intake.known import Known
from legal_service.intake.rows import Row, Tape
from legal_service.intake.tape import doubt, error
from legal_service.law import files as law
from legal_service.money import MICRO

CC_670 = "民法典 第六百七十条"
_CEILING_DOUBT = 240_000
_UPLIFT_MISTAKE = 500
"""In hundredths: an uplift that can only be meant in per cent (50 for 0.5)."""


def check_loans(tape: Tape, known: Known, today: date) -> None:
    """Check every row of the loans: that its borrower and lender are known, and that its terms can be."""
    lenders = known.lenders | {row.text("lender_no") for row in tape.rows["lenders"]}
    borrowers = known.borrowers | {row.text("borrower_no") for row in tape.rows["borrowers"]}
    named = {row.text("lender_no") for row in tape.rows["loans"]} - {""}
    due, band = _last_due(tape), penalty_band(law.parameters(), today)
    for row in tape.rows["loans"]:
        if "borrowers" not in tape.unread and row.text("borrower_no") and row.text("borrower_no") not in borrowers:
            _unknown_parent(tape, row, "borrower", "借款人")
        if "lenders" not in tape.unread and row.text("lender_no") not in lenders | {""} and (lenders or len(named) > 1):
            _unknown_parent(tape, row, "lender", "贷款人")
        _amounts(tape, row)
        _rates(tape, row, band)
        _dates(tape, row, today)
        _acceleration(tape, row, due.get(row.text("loan_no")), today)
        _order(tape, row)


def _unknown_parent(tape: Tape, row: Row, parent: str, called: str) -> None:
    number = row.text(f"{parent}_no")
    tape.reject(
        row,
        error(
            f"unknown_{parent}",
            f"{row.where}:{parent.upper()}_NO",
            f"没有{called} {number}（本批与库中均无）；请更正编号，或在 {parent}s.csv 补一行。",
            f"no {parent} {number} on the tape or in the database; correct the number, or add a row to {parent}s.csv.",
        ),
    )


def _amounts(tape: Tape, row: Row) -> None:
    principal, paid_out = row.values.get("principal"), row.values.get("disbursed_amount")
    compensated = row.values.get("compensated_amount")
    if principal == 0:
        tape.reject(
            row,
            error(
                "zero_amount",
                f"{row.where}:PRINCIPAL",
                "本金不得为零，请按合同填写。",
                "the principal cannot be zero; enter the contract's.",
            ),
        )
    if compensated == 0:
        tape.reject(
            row,
            error(
                "zero_amount",
                f"{row.where}:compensated_amount",
                "代偿金额不得为零；未代偿请留空。",
                "the compensation cannot be zero; leave it empty when there was none.",
            ),
        )
    if not isinstance(principal, int) or not isinstance(paid_out, int) or paid_out == principal:
        return
    if paid_out > principal or paid_out == 0:
        tape.reject(
            row,
            error(
                "bad_disbursed_amount",
                f"{row.where}:disbursed_amount",
                "实际放款须大于零且不超过合同本金，请核对放款凭证。",
                "the net payout must be above zero and at most the principal; check the receipt.",
            ),
        )
    else:
        tape.findings.append(
            doubt(
                "deducted_up_front",
                f"{row.where}:disbursed_amount",
                "实际放款少于合同本金：利息不得预先扣除，本金按实际放款计；请核对放款凭证。",
                "less was paid out than contracted: interest may not be deducted up front, the payout counts as principal; "
                "check the receipt.",
                CC_670,
            )
        )


def _rates(tape: Tape, row: Row, band: PenaltyBand) -> None:
    _check_rate(tape, row)
    uplift = row.values.get("penalty_uplift")
    if not isinstance(uplift, int) or uplift <= band.most:
        return
    where = f"{row.where}:PENALTY_UPLIFT"
    if uplift >= _UPLIFT_MISTAKE:
        tape.reject(
            row,
            error(
                "bad_rate",
                where,
                "罚息上浮达 500% 以上：上浮 50% 请写作 0.5。",
                "an uplift of 500 % or more: write +50 % as 0.5.",
            ),
        )
    else:
        tape.findings.append(
            doubt(
                "uplift_above_half",
                where,
                f"逾期罚息上浮超过 {band.most}%，请核对合同。",
                f"the penalty uplift is above {band.most} %; check the contract.",
                f"{band.basis}（{band.status}）",
            )
        )


def _check_rate(tape: Tape, row: Row) -> None:
    rate = row.values.get("annual_rate")
    where = f"{row.where}:ANNUAL_RATE"
    if isinstance(rate, int) and rate > MICRO:
        tape.reject(
            row,
            error(
                "bad_rate",
                where,
                "年利率大于 1（100%）：18% 请写作 0.18。",
                "the rate is above 1 (100 %): write 18 % as 0.18.",
            ),
        )
    elif isinstance(rate, int) and rate > _CEILING_DOUBT:
        tape.findings.append(
            doubt(
                "rate_above_24",
                where,
                "年利率高于 24%，超出部分借款人可请求调减；请核对合同。",
                "the rate is above 24 % a year, the borrower may ask for its reduction; check the contract.",
                "法发〔2017〕22号 第二条（awaiting_counsel）",
            )
        )


def _dates(tape: Tape, row: Row, today: date) -> None:
    disbursed, first_due, term = (row.values.get(name) for name in ("disbursed_on", "first_due_on", "term_months"))
    if isinstance(term, int) and not 1 <= term <= 600:
        tape.reject(
            row,
            error(
                "bad_term",
                f"{row.where}:TERM_MONTHS",
                "期限须为 1 至 600 个月，请按合同填写。",
                "the term must be 1 to 600 months; enter the contract's.",
            ),
        )
    if isinstance(disbursed, date) and isinstance(first_due, date) and first_due <= disbursed:
        tape.reject(
            row,
            error(
                "bad_first_due",
                f"{row.where}:FIRST_DUE_ON",
                "首次还款日须晚于放款日，请核对两个日期。",
                "the first due day must be after disbursement; check both dates.",
            ),
        )
    for name, zh, en in (("disbursed_on", "放款日", "disbursement"), ("compensated_on", "代偿日", "compensation")):
        tape.doubt_future(row, name, zh, en, today)


def _acceleration(tape: Tape, row: Row, last_due: date | None, today: date) -> None:
    accelerated, disbursed = row.values.get("accelerated_on"), row.values.get("disbursed_on")
    where = f"{row.where}:accelerated_on"
    if not isinstance(accelerated, date):
        return
    if isinstance(disbursed, date) and accelerated < disbursed:
        tape.reject(
            row,
            error(
                "bad_acceleration",
                where,
                f"提前到期日早于放款日 {disbursed}，请核对两个日期。",
                f"accelerated before disbursement ({disbursed}); check both dates.",
            ),
        )
    elif last_due is not None and accelerated >= last_due:
        tape.findings.append(
            doubt(
                "accelerated_after_last_due",
                where,
                f"提前到期日不早于最后一期应还日 {last_due}，已无可提前到期的部分；请核对。",
                f"accelerated on or after the last due day ({last_due}), when nothing was left to accelerate; check it.",
            )
        )
    if not row.values.get("acceleration_clause"):
        tape.findings.append(
            doubt(
                "no_acceleration_clause",
                where,
                "已宣布提前到期，但合同未载明提前到期条款；请核对合同。",
                "accelerated, but the contract shows no acceleration clause; check the contract.",
                "民法典 第五百六十二条第二款",
            )
        )
    tape.doubt_future(row, "accelerated_on", "提前到期日", "accelerated", today)


def _last_due(tape: Tape) -> dict[str, date]:
    """The last due day of each loan on the tape: as its instalments say, else as its terms do."""
    found: dict[str, date] = {}
    for row in tape.rows["loans"]:
        first, term = row.values.get("first_due_on"), row.values.get("term_months")
        if isinstance(first, date) and isinstance(term, int) and 1 <= term <= 600 and first.year < 2140:
            found[row.text("loan_no")] = first if row.text("method") == "bullet" else months_after(first, term - 1)
    given: dict[str, date] = {}
    for row in tape.rows["instalments"]:
        due = row.values.get("due_on")
        if isinstance(due, date):
            given[row.text("loan_no")] = max(due, given.get(row.text("loan_no"), due))
    return found | given


def _order(tape: Tape, row: Row) -> None:
    try:
        parse_allocation(row.text("allocation"))
    except CellError as failure:
        finding = error(
            failure.code, f"{row.where}:allocation", failure.words.zh, failure.words.en, "民法典 第五百六十一条"
        )
        tape.reject(row, finding)


def check_rates(tape: Tape) -> None:
    """Check the dated rates of variable-rate contracts like the contracts' own."""
    for row in tape.rows["rates"]:
        _check_rate(tape, row)
