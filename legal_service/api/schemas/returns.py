"""Shapes of regulatory returns: their issues, their numbers with definitions, the rows behind a number."""

from __future__ import annotations

from legal_service.api.schemas.kinds import (
    Anything,
    Open,
    Part,
    Shape,
    Some,
    choice,
    moment,
    number,
    says,
    text,
    word,
    yes,
)
from legal_service.api.schemas.loans import WordsShape
from legal_service.reports.files import RETURNS
from legal_service.reports.production import CUT, FILES

STATUSES = ("current", "superseded")
CIRCULATED = tuple(name for name in FILES if name != CUT)


class IssueShape(Shape):
    """One issue of a return for a period."""

    id = number(1, 2**31, "编号", "number", required=True)
    name = word("报表", "return", required=True)
    title = Part(WordsShape, required=True)
    period = word("期间", "period", required=True)
    issue = number(1, 2**31, "期次", "issue", required=True)
    status = choice(STATUSES, "状态", "status", required=True)
    superseded_by = number(1, 2**31, "被哪一期次取代", "superseded by issue", required=True, allow_none=True)
    made_by = word("制作人", "made by", required=True)
    made_at = moment("制作时间", "made at", required=True)
    sha256 = word("SHA-256", "SHA-256", required=True)
    manifest_sha256 = word("清单的 SHA-256", "SHA-256 of the manifest", required=True)
    recorded = yes("审计日志有记载", "told of by the audit trail", required=True)


class NumberShape(Shape):
    """One number as published."""

    key = word("编号", "key", required=True)
    title = Part(WordsShape, required=True)
    value = Anything(
        required=True, allow_none=True, metadata=says("数值；不列示为 null", "the value; null when withheld")
    )
    withheld = yes("不予列示", "withheld", required=True)
    rows = number(0, 2**31, "行数", "rows", required=True, allow_none=True)


class MeasureShape(Shape):
    """A measure with its definition and numbers."""

    code = word("代码", "code", required=True)
    section = Part(WordsShape, required=True)
    title = Part(WordsShape, required=True)
    definition = Part(WordsShape, required=True)
    unit = word("单位", "unit", required=True)
    basis = word("依据", "basis", required=True)
    status = word("依据的核实程度", "how far the basis was verified", required=True)
    numbers = Some(Part(NumberShape), required=True)


class WholeIssue(IssueShape):
    """An issue with all its measures."""

    measures = Some(Part(MeasureShape), required=True)


class NewReturn(Shape):
    """A return of a period that has ended."""

    name = choice(RETURNS, "报表", "return", required=True)
    period = text(10, "期间，如 2026-Q3、2026-10", "period, as 2026-Q3 or 2026-10", required=True)


class RowShape(Shape):
    """One pseudonymised row of the frozen cut."""

    row = word("行", "row", required=True)
    kind = word("种类", "kind", required=True)
    values = Open(required=True, metadata=says("字段", "its fields"))


class ReturnFileQuery(Shape):
    """Which file."""

    name = choice(CIRCULATED, "文件", "file", load_default=CIRCULATED[0])
