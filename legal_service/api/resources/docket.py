"""`/deadlines`: the docket of all cases, and of one, earliest first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from legal_service.api.paging import Page, PageQuery, cursor, cut, listed, place
from legal_service.api.queries import docket_page, place_of
from legal_service.api.resource import Resource
from legal_service.api.schemas.cases import DueShape, WatchedShape
from legal_service.api.schemas.kinds import day, yes
from legal_service.cases import queries
from legal_service.errors import Refusal, Words

resource = Resource("deadlines", Words("期限", "Deadlines"))
MOST_DAYS, MOST = 31, 10000


class DocketQuery(PageQuery):
    """Which deadlines."""

    until = day("法定末日不晚于", "legal last day at the latest", load_default=None)
    dying = yes(
        "只列未完成且届满即失权的期限（时效、保证期间、申请执行期限），最先失权的在前",
        "only open deadlines with which a claim dies (limitation, guarantee, enforcement), the first to die first",
        written=True,
        load_default=False,
    )


class RemindersQuery(PageQuery):
    """Reminders of which days."""

    since = day("提醒日不早于", "reminders from this day on", required=True)
    until = day("提醒日不晚于", "reminders up to this day", required=True)


@resource.reads(
    "/deadlines",
    needs="case.read",
    says=Words("全部案件的期限，先到期的在前", "The deadlines of all cases, earliest first"),
    asks=DocketQuery,
    gives=DueShape,
    paged=True,
)
def show_all(session: Session, asked: Mapping[str, Any]) -> Page:
    """The docket of all cases."""
    return _page(session, asked, until=asked["until"], dying=asked["dying"])


@resource.reads(
    "/deadlines/reminders",
    needs="case.read",
    says=Words("应提醒的期限", "Deadlines to be reminded of"),
    tells=Words(
        "时效、保证期间、申请执行期限提前 12、6、3、1 个月，全部期限在内部期限前 7、3、1 日；至多三十一日。",
        "Limitation, guarantee and enforcement 12, 6, 3 and 1 months before; every deadline 7, 3 and 1 days before its internal date. At most thirty-one days.",
    ),
    asks=RemindersQuery,
    gives=WatchedShape,
    paged=True,
)
def reminders(session: Session, asked: Mapping[str, Any]) -> Page:
    """The open deadlines whose reminder falls between two days."""
    since, until = asked["since"], asked["until"]
    if not since <= until <= since + timedelta(days=MOST_DAYS):
        raise Refusal(
            "bad_date",
            Words(
                zh=f"提醒日须自 {since} 起、不超过 {MOST_DAYS} 日。",
                en=f"The days asked begin on {since} and span at most {MOST_DAYS} days.",
            ),
            "机构内部规则：接口的查询范围（house policy: how much is asked at once）",
        )
    found = queries.reminded(session, since, until, most=MOST)
    page = listed(found, asked, lambda one: place_of(one.due), date, str, str, str, date)
    return Page([one.as_json() for one in page.items], page.after)


@resource.reads(
    "/cases/<name:case_no>/deadlines",
    needs="case.read",
    says=Words("本案期限", "The deadlines of a case"),
    gives=DueShape,
    paged=True,
)
def show(session: Session, asked: Mapping[str, Any], case_no: str) -> Page:
    """The docket of one case."""
    return _page(session, asked, case_no=case_no)


def _page(session: Session, asked: Mapping[str, Any], **which: Any) -> Page:
    after: Any = place(asked["cursor"], date, str, str, str, date)
    found = docket_page(session, after=after, most=asked["limit"] + 1, **which)
    page = cut(found, asked["limit"], lambda one: cursor(*(_written(value) for value in place_of(one))))
    return Page([one.as_json() for one in page.items], page.after)


def _written(value: date | str) -> str:
    return value if isinstance(value, str) else value.isoformat()
