"""`legal docket`: the deadlines of all cases, as JSON, lines or a calendar; and `docket correct`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import click

from legal_service import clock, labels, money
from legal_service.cases import litigants, operations, queries
from legal_service.cases.calendar_feed import feed
from legal_service.cases.docket import CORRECTIONS
from legal_service.cases.reminders import Watched
from legal_service.cli import speech
from legal_service.cli.options import DAY, answer, by_option, json_option, opened, today_option


@click.group(invoke_without_command=True)
@click.option("--case", "case_no", default=None)
@click.option("--until", type=DAY, default=None)
@click.option("--ics", is_flag=True, help="iCalendar")
@json_option
@click.pass_context
@speech.refusals()
def docket(ctx: click.Context, case_no: str | None, until: date | None, ics: bool, as_json: bool) -> None:
    """案件日程：期限、依据、法定末日与内部末日。Deadlines with rule, article, legal and internal date."""
    if ctx.invoked_subcommand is not None:
        return
    with opened().reading() as session:
        found = queries.docket(session, case_no=case_no, until=until)
    if ics:
        click.echo(feed(found, at=clock.now()), nl=False)
        return
    answer(
        [one.as_json() for one in found],
        as_json=as_json,
        lines=(
            f"{clock.dated(one.period.last_day)}  {one.case_no}  {labels.label('deadline', one.rule).read(speech.language())} {one.subject}"
            f"{'  暂定 provisional' if one.period.provisional else ''}"
            for one in found
        ),
    )


@docket.command()
@click.option("--until", type=DAY, default=None, help="法定末日不晚于 legal last day at the latest")
@click.option("--owner", default="", metavar="EMAIL", help="只看该人员建立的案件 only the cases somebody opened")
@click.option("--most", type=click.IntRange(1, 10000), default=50, show_default=True, help="最多列出 at most so many")
@json_option
@speech.refusals()
def dying(until: date | None, owner: str, most: int, as_json: bool) -> None:
    """最先失权的债权：诉讼时效、保证期间、申请执行期限。The claims that die first."""
    with opened().reading() as session:
        found = queries.dying(session, until=until, owner=owner, most=most)
    _watched(found, as_json)


@docket.command()
@today_option("--on", "提醒日 day of the reminder")
@click.option("--since", type=DAY, default=None, help="自此日起的提醒 reminders from this day on (default: that day)")
@click.option("--owner", default="", metavar="EMAIL", help="只看该人员建立的案件 only the cases somebody opened")
@json_option
@speech.refusals()
def reminders(on: date, since: date | None, owner: str, as_json: bool) -> None:
    """应提醒的期限：长期限提前 12、6、3、1 个月，其余提前 7、3、1 日。Deadlines to be reminded of."""
    first = on if since is None else min(since, on)
    with opened().reading() as session:
        found = queries.reminded(session, first, on, owner=owner, most=10000)
    _watched(found, as_json)


def _watched(found: Sequence[Watched], as_json: bool) -> None:
    answer(
        [one.as_json() for one in found],
        as_json=as_json,
        lines=(
            f"{clock.dated(one.due.period.last_day)}  {one.due.case_no}  {labels.label('deadline', one.due.rule).read(speech.language())} "
            f"{litigants.name(one.due.subject).read(speech.language())}  {money.amount_text(one.claim_total)}  {one.owner}"
            f"{'  暂定 provisional' if one.due.period.provisional else ''}"
            for one in found
        ),
    )


@docket.command()
@click.argument("case_no")
@click.argument("rule")
@click.option("--subject", default="", help="期限所属的借据号 the loan it belongs to, if any")
@click.option(
    "--trigger", type=DAY, default=None, help="现起算日（同规则有多个时）the trigger it has, if there are several"
)
@click.option("--to", "corrected", type=DAY, required=True, help="更正后的起算日 the right trigger")
@click.option("--reason", type=click.Choice(CORRECTIONS), required=True, help="理由 why")
@by_option
@json_option
@speech.refusals()
def correct(
    case_no: str, rule: str, subject: str, trigger: date | None, corrected: date, reason: str, by: str | None,
    as_json: bool,
) -> None:  # fmt: skip
    """更正未完成期限的起算日并重新计算。Correct the trigger of an open deadline, by a named person, and reckon it anew."""
    installation = opened()
    with installation.transaction(installation.actor(by)) as tx:
        moved = operations.correct_deadline(
            tx, case_no=case_no, rule=rule, subject=subject, trigger=trigger, corrected=corrected, reason=reason
        )
    answer(
        moved.as_json() | {"corrected": corrected.isoformat(), "reason": reason},
        as_json=as_json,
        lines=[
            f"{case_no} {rule} {moved.due.trigger} → {corrected}: {moved.due.period.last_day} → {moved.after.last_day}"
        ],
    )
