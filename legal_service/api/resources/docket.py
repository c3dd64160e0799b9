"""`/deadlines`: the docket of all cases, and of one, earliest first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from legal_service.api.paging import Page, PageQuery, cursor, cut, place
from legal_service.api.queries import docket_page, place_of
from legal_service.api.resource import Resource
from legal_service.api.schemas.cases import DueShape
from legal_service.api.schemas.kinds import day
from legal_service.errors import Words

resource = Resource("deadlines", Words("期限", "Deadlines"))


class DocketQuery(PageQuery):
    """Which deadlines."""

    until = day("法定末日不晚于", "legal last day at the latest", load_default=None)


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
    return _page(session, asked, until=asked["until"])


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
