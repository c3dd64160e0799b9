"""Commands on loans: the lender's own books held against our account."""

from __future__ import annotations

from datetime import date

import click

from legal_service.accounts import queries
from legal_service.cli import speech
from legal_service.cli.options import answer, json_option, opened, today_option


@click.group()
def loan() -> None:
    """贷款。Loans."""


@loan.command()
@click.option("--loan", "loan_no", default="", metavar="NO", help="只核对一笔 one loan only")
@today_option("--as-of", "数据带未载明日期的还款拆分按该日核对 the day for splits of which the tape names none")
@json_option
@speech.refusals()
def reconcile(loan_no: str, as_of: date, as_json: bool) -> None:
    """贷款人账面与本系统计算的差异：两数并列，不作改写。Where the lender's books and our statement differ; nothing is overwritten."""
    installation, language = opened(), speech.language()
    with installation.reading() as session:
        compared, found = queries.differences(session, as_of=as_of, loan_no=loan_no)
    document = {
        "as_of": as_of.isoformat(),
        "compared": compared,
        "differing": len({one.loan_no for one in found}),
        "findings": [one.as_json(language) for one in found],
    }
    lines = [f"△ {one.finding.message.read(language)}〔{one.finding.where}〕" for one in found]
    lines.append(
        f"核对 {compared} 笔 loans compared, 差异 {len(found)} 处 differences, {document['differing']} 笔 loans"
    )
    answer(document, as_json=as_json, lines=lines)
