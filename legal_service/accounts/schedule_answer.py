"""The question `schedule` of contract.md section 5: terms in, the schedule out."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from legal_service.accounts import schedule
from legal_service.accounts.facts import Method
from legal_service.errors import Words
from legal_service.law.arguments import ArgumentError, Given
from legal_service.law.forms.parts import MONEY, Form, amount, chosen, day, field, rows
from legal_service.money import amount_text

FORM = Form(
    name="schedule",
    group=MONEY,
    title=Words("还款计划", "Repayment schedule"),
    says=Words(
        "按合同条款算出每期本金、利息与余额；首期不足月或超过一月的按日计息。",
        "What follows from the terms of a loan, instalment by instalment; an irregular first period goes by days.",
    ),
    asks=(
        amount("principal", "实际放款金额", "Paid out", required=True),
        field("annual_rate", "rate", "年利率", "Yearly rate", hint=("如 0.18", "as 0.18"), required=True),
        field(
            "months",
            "whole",
            "期数",
            "Instalments",
            most=schedule.LONGEST,
            hint=("一次性还本付息可留空", "may be left out for bullet"),
        ),
        chosen(
            "method",
            "还款方式",
            "Method",
            {
                "equal_instalment": ("等额本息", "equal instalments"),
                "equal_principal": ("等额本金", "equal principal"),
                "interest_only": ("按月付息、到期还本", "interest monthly, principal at the end"),
                "bullet": ("到期一次还本付息", "bullet"),
            },
            required=True,
        ),
        day("disbursed", "放款日", "Disbursed", required=True),
        day("first_due", "首个到期日", "First due day", required=True),
        chosen(
            "day_count",
            "计息年天数",
            "Days of the year",
            {"360": ("360 天", "360"), "365": ("365 天", "365")},
            default="360",
        ),
    ),
    gives=(
        amount("payment", "每期应还", "Payment", shown="figure"),
        amount("total_interest", "利息合计", "Total interest", shown="figure", required=True),
        rows(
            "rows",
            "还款计划表",
            "Schedule",
            field("number", "whole", "期次", "No.", required=True),
            day("due_on", "到期日", "Due on", required=True),
            amount("principal", "本金", "Principal", required=True),
            amount("interest", "利息", "Interest", required=True),
            amount("balance", "余额", "Balance", required=True),
            shown="steps",
            required=True,
        ),
    ),
)


def answer(given: Given) -> dict[str, Any]:
    """`{"payment", "rows", "total_interest"}`; raises `ArgumentError` for wrong arguments, `Refusal` for impossible terms.

    `payment` is null where the sum to pay changes from month to month (equal principal); `months` and `day_count` may be left
    out for a bullet loan's term and for the usual 360.
    """
    method = cast(Method, given.choice("method", schedule.METHODS))
    first_due_on, disbursed_on = given.day("first_due"), given.day("disbursed")
    day_count = given.choice("day_count", ("360", "365"), "360")
    bullet = method == "bullet"
    terms = schedule.Terms(
        principal=given.amount("principal"),
        annual_rate=given.rate("annual_rate"),
        months=1 if bullet and not given.has("months") else given.whole("months", schedule.LONGEST),
        method=method,
        disbursed_on=disbursed_on,
        first_due_on=first_due_on,
        day_count=int(day_count),
    )
    given.finish()
    _within_calendar(terms)
    built = schedule.build(terms)
    return {
        "payment": None if built.payment is None else amount_text(built.payment),
        "rows": [
            {
                "number": row.number,
                "due_on": row.due_on.isoformat(),
                "principal": amount_text(row.principal),
                "interest": amount_text(row.interest),
                "balance": amount_text(row.balance),
            }
            for row in built.rows
        ],
        "total_interest": amount_text(built.total_interest),
    }


def _within_calendar(terms: schedule.Terms) -> None:
    if terms.first_due_on.year + terms.months // 12 + 1 > date.max.year:
        raise ArgumentError("first_due：超出历法范围", "first_due: beyond the calendar")
