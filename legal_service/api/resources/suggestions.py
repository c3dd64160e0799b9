"""`/cases/{case_no}/suggestions`: where to sue, by which procedure, under which ceiling, each reason with article and mark."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from legal_service import clock
from legal_service.api.resource import Resource
from legal_service.api.schemas.cases import AsOf
from legal_service.api.schemas.suggestions import SuggestionsShape
from legal_service.api.speech import language
from legal_service.cases import queries
from legal_service.errors import Words
from legal_service.law.published.files import published
from legal_service.web import reader

resource = Resource("suggestions", Words("管辖与程序的建议", "Suggestions on court and procedure"))


@resource.reads(
    "/cases/<name:case_no>/suggestions",
    needs="case.read",
    says=Words("管辖、程序、息费上限的建议及理由", "Where to sue, by which procedure, under which ceiling, and why"),
    tells=Words(
        "按登记的事实与当日法律作出，由具名律师决定；没有数据的写明“无法判断”，不作推测。",
        "From the facts on record and the law of the day; a named lawyer decides. What lacks a figure says unknown, nothing is guessed.",
    ),
    asks=AsOf,
    gives=SuggestionsShape,
)
def show(session: Session, asked: Mapping[str, Any], case_no: str) -> dict[str, Any]:
    """The suggestions for one case, filed on a day."""
    tables = published(reader.installation().settings.instance)
    found = queries.suggestions(session, case_no, asked["as_of"] or clock.today(), tables)
    return found.as_json(language())
