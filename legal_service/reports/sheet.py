"""A return as sheets of paper: what its template prints. Measures parted alike stand side by side in one table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from legal_service.money import grouped, parse_amount, parse_rate, percent_text
from legal_service.reports.composition import WITHHELD, Return, Value, cell_title
from legal_service.reports.measures import Measured

STATUSES = {
    "verified": "已核对原文",
    "secondary": "据二手资料，未核对原文",
    "awaiting_counsel": "待律师确认",
    "internal": "机构内部口径",
}
_ABSENT = "—"


def context(whole: Return) -> dict[str, Any]:
    """The values of `templates/regulatory_return`, all text."""
    definition, head, issue = whole.definition, whole.cut.head, whole.issue
    period = head.period
    return {
        "title": definition.title.zh,
        "title_en": definition.title.en,
        "label": definition.label.zh,
        "label_en": definition.label.en,
        "institution": head.institution,
        "lenders": "；".join(f"{name}（{uscc}）" for name, uscc in head.lenders) or _ABSENT,
        "period": f"{period.name}（{period.first}至{period.last}）",
        "as_of": f"{period.last}日终",
        "issue": str(issue.number),
        "definition_version": definition.version,
        "prepared_by": issue.prepared_by,
        "cut_sha256": whole.cut_sha256,
        "cut_rows": f"{len(whole.cut.rows):,}",
        "cap": f"年利率{percent_text(parse_rate(head.cap_rate))}%（{head.cap_basis}，{STATUSES[head.cap_status]}）",
        "suppression": definition.suppression.zh,
        "withheld": str(whole.withheld),
        "sections": [
            {"ordinal": ordinal, "title": words.zh, "tables": list(_tables(whole, code))}
            for ordinal, (code, words) in zip("一二三四五六七八九十", definition.sections.items(), strict=False)
        ],
        "notes": [_note(number, one) for number, one in enumerate(whole.measured, 1)],
        "since": str(issue.previous.number) if issue.previous else "",
        "changed_rows": _changed_rows(whole),
        "differences": [
            {"id": one.id, "title": _title_of(whole, one.id), "before": _shown(one.before), "after": _shown(one.after)}
            for one in whole.differences
        ],
    }


def _tables(whole: Return, section: str) -> Iterator[dict[str, Any]]:
    numbered = [(number, one) for number, one in enumerate(whole.measured, 1) if one.measure.section == section]
    for by in dict.fromkeys(one.measure.by for _, one in numbered if one.measure.by):
        columns = [(number, one) for number, one in numbered if one.measure.by == by]
        first = columns[0][1]
        yield {
            "name": whole.definition.dimensions[by].title.zh,
            "heads": [_head(number, one) for number, one in columns],
            "narrow": len(columns) == 1,
            "rows": [
                {
                    "title": cell_title(first, cell, whole.definition).zh,
                    "total": cell is first.total,
                    "numbers": [_shown(_value(whole, one.all_cells[position].id)) for _, one in columns],
                }
                for position, cell in enumerate(first.all_cells)
            ],
        }
    if single := [(number, one) for number, one in numbered if not one.measure.by]:
        yield {
            "name": "指标",
            "heads": ["数值"],
            "narrow": True,
            "rows": [
                {"title": _head(number, one), "total": False, "numbers": [_shown(_value(whole, one.total.id))]}
                for number, one in single
            ],
        }


def _head(number: int, one: Measured) -> str:
    unit = "（元）" if one.measure.unit == "yuan" and "（元）" not in one.measure.title.zh else ""
    return f"{one.measure.title.zh}{unit}〔{number}〕"


def _value(whole: Return, id: str) -> Value:
    shown = whole.published[id]
    return WITHHELD if shown.withheld else shown.value


def _shown(value: Value) -> str:
    if value is None:
        return _ABSENT
    if isinstance(value, int):
        return f"{value:,}"
    return value if value == WITHHELD else grouped(parse_amount(value))


def _note(number: int, one: Measured) -> dict[str, str]:
    measure = one.measure
    told = "、".join(filter(None, (measure.basis, STATUSES[measure.status])))
    return {
        "number": str(number),
        "code": measure.code,
        "says": measure.says.zh,
        "told": told,
        "why": f"小格照列：{measure.why.zh}" if measure.why else "",
    }


def _title_of(whole: Return, id: str) -> str:
    for one in whole.measured:
        for cell in one.all_cells:
            if cell.id == id:
                return f"{one.measure.title.zh}·{cell_title(one, cell, whole.definition).zh}"
    return _ABSENT


def _changed_rows(whole: Return) -> str:
    if whole.issue.previous is None:
        return ""
    rows = whole.issue.previous.rows
    told = f"数据行：新增{rows['added']}，消失{rows['removed']}，变动{rows['changed']}"
    if whole.issue.previous.definition_version != whole.definition.version:
        told += f"；口径版本由{whole.issue.previous.definition_version}改为{whole.definition.version}"
    return told
