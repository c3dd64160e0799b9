"""The work list (办案清单) as a question: which view, which filters, which order, which page. Its state lives in the URL.

Every value comes from outside as text and is refused politely when it is rubbish; what it becomes is frozen.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from legal_service import labels
from legal_service.cases import stages
from legal_service.errors import Refusal, Words

VIEWS = ("all", "due_today", "due_7", "limitation_90", "my_approvals", "gaps", "returned")
TIERS = ("none", "mild", "moderate", "severe")
SORTS = ("due", "limitation", "claim", "days_past_due", "case_no", "stage_since")
COLUMNS = (
    "case_no", "borrower", "loan_nos", "stage", "stage_since", "next_rule", "next_last_day", "next_internal", "days_left",
    "limitation_on", "tier", "days_past_due", "claim_total", "claim_as_of", "awaits_approval", "gaps", "returned",
)  # fmt: skip
SHOWN = (
    "case_no", "borrower", "stage", "next_rule", "next_last_day", "days_left", "limitation_on", "days_past_due",
    "claim_total", "gaps",
)  # fmt: skip
"""The columns shown unless the reader chooses others."""

MOST = 100
USUAL = 50
COUNTED_TO = 1000
"""Counts stop here: a reader does not need to know whether 41,207 or 41,208 cases wait, and the page must be quick."""

labels.register(
    "work_view",
    {
        "all": ("全部", "all"),
        "due_today": ("今日到期（含已过期未办）", "due today or passed"),
        "due_7": ("7 日内到期", "due within 7 days"),
        "limitation_90": ("时效 90 日内届满", "limitation within 90 days"),
        "my_approvals": ("待我审批", "awaiting my approval"),
        "gaps": ("缺证据", "evidence gaps"),
        "returned": ("退回", "returned"),
    },
)
labels.register(
    "work_column",
    {
        "case_no": ("案件号", "case"),
        "borrower": ("借款人", "borrower"),
        "loan_nos": ("借据号", "loans"),
        "stage": ("阶段", "stage"),
        "stage_since": ("进入阶段日", "in stage since"),
        "next_rule": ("下一期限", "next deadline"),
        "next_last_day": ("法定末日", "legal last day"),
        "next_internal": ("内部末日", "internal last day"),
        "days_left": ("剩余天数", "days left"),
        "limitation_on": ("时效届满日", "limitation ends"),
        "tier": ("逾期档次", "tier"),
        "days_past_due": ("逾期天数", "days past due"),
        "claim_total": ("可主张金额（元）", "claim (CNY)"),
        "claim_as_of": ("金额截至", "claim as of"),
        "awaits_approval": ("待审批", "awaits approval"),
        "gaps": ("缺证据（项）", "evidence gaps"),
        "returned": ("退回", "returned"),
    },
)
labels.register(
    "work_sort",
    {
        "due": ("期限最近", "nearest deadline"),
        "limitation": ("时效最近", "nearest limitation"),
        "claim": ("可主张金额", "claim"),
        "days_past_due": ("逾期天数", "days past due"),
        "case_no": ("案件号", "case number"),
        "stage_since": ("进入阶段日", "in stage since"),
    },
)


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the list: the sort value and case it stands at; `back` reads towards the beginning."""

    sort: str
    desc: bool
    value: str | int
    case_id: int
    back: bool = False


@dataclass(frozen=True, slots=True)
class WorkListQuery:
    """What is asked of the work list. `owner` is the e-mail of who opened the case."""

    view: str = "all"
    stage: str = ""
    tier: str = ""
    owner: str = ""
    text: str = ""
    sort: str = "due"
    desc: bool = False
    after: Cursor | None = None
    size: int = USUAL
    columns: tuple[str, ...] = SHOWN

    def as_parameters(self) -> dict[str, str]:
        """The parameters of the URL that asks the same; what is usual is left out."""
        usual = WorkListQuery()
        found = {
            name: str(getattr(self, name))
            for name in ("view", "stage", "tier", "owner", "text", "sort", "size")
            if getattr(self, name) != getattr(usual, name)
        }
        if self.desc:
            found["desc"] = "1"
        if self.after is not None:
            found["after"] = cursor_text(self.after)
        if self.columns != usual.columns:
            found["columns"] = ",".join(self.columns)
        return found

    def from_start(self, **changes: Any) -> WorkListQuery:
        """The same question with changes, from its first page."""
        return replace(self, after=None, **changes)


def read_query(told: Mapping[str, str]) -> WorkListQuery:
    """The question that a URL asks; names it does not know are left alone. Refuses `bad_work_list`, `bad_cursor`.

    >>> read_query({"view": "due_7", "desc": "1", "size": "20"}).as_parameters()
    {'view': 'due_7', 'size': '20', 'desc': '1'}
    """
    sort = _choice(told, "sort", SORTS, "due")
    desc = _choice(told, "desc", ("0", "1"), "0") == "1"
    return WorkListQuery(
        view=_choice(told, "view", VIEWS, "all"),
        stage=_choice(told, "stage", ("", *stages.STAGES), ""),
        tier=_choice(told, "tier", ("", *TIERS), ""),
        owner=_text(told, "owner", 200),
        text=_text(told, "text", 100),
        sort=sort,
        desc=desc,
        after=read_cursor(told["after"], sort=sort, desc=desc) if told.get("after") else None,
        size=_size(told),
        columns=_columns(told),
    )


def cursor_text(cursor: Cursor) -> str:
    """A cursor as an opaque word for URLs. It names no person: a date, an amount or a case number, and a key.

    >>> read_cursor(cursor_text(Cursor("due", False, "2026-11-30", 7)), sort="due", desc=False).case_id
    7
    """
    told = [cursor.sort, int(cursor.desc), cursor.value, cursor.case_id, int(cursor.back)]
    packed = json.dumps(told, separators=(",", ":"), ensure_ascii=True).encode("ascii")
    return base64.urlsafe_b64encode(packed).decode("ascii").rstrip("=")


def read_cursor(text: str, *, sort: str, desc: bool) -> Cursor:
    """The cursor behind a word; refuses (`bad_cursor`) what this list did not give out, or gave for another order."""
    try:
        if len(text) > 200:
            raise ValueError
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        told_sort, told_desc, value, case_id, back = json.loads(packed.decode("ascii"))
        cursor = Cursor(told_sort, bool(told_desc), value, case_id, bool(back))
        known = (cursor.sort, cursor.desc) == (sort, desc) and _fits(sort, value)
        if not known or isinstance(case_id, bool) or not isinstance(case_id, int) or not 0 <= case_id < 2**31:
            raise ValueError
        if cursor_text(cursor) != text:
            raise ValueError
    except (ValueError, TypeError, RecursionError, binascii.Error):
        raise Refusal(
            "bad_cursor",
            Words(
                zh="翻页标记无效，或排序已改变；请从第一页开始。",
                en="the page mark is not valid, or the order has changed; begin at the first page.",
            ),
            _POLICY,
        ) from None
    return cursor


def value_of(cursor: Cursor) -> date | int | str:
    """The sort value of a cursor in its own type."""
    if cursor.sort in _DATED:
        return date.fromisoformat(str(cursor.value))
    return cursor.value


def days_left(last_day: date | None, today: date) -> int | None:
    """Days from today to a last day; negative when it has passed.

    >>> days_left(date(2026, 11, 30), date(2026, 11, 23)), days_left(None, date(2026, 11, 23))
    (7, None)
    """
    return None if last_day is None else (last_day - today).days


def shown_count(count: int) -> str:
    """A count as pages print it: exact up to 1,000, beyond that only "more than".

    >>> shown_count(999), shown_count(1000), shown_count(1001)
    ('999', '1,000', '1,000+')
    """
    return f"{COUNTED_TO:,}+" if count > COUNTED_TO else f"{count:,}"


_POLICY = "机构内部规则：清单的查询条件（house policy: parameters of the work list）"
_DATED = frozenset({"due", "limitation", "stage_since"})
_COUNTED = frozenset({"claim", "days_past_due"})


def _fits(sort: str, value: object) -> bool:
    if sort in _DATED:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    if sort in _COUNTED:
        return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63
    return isinstance(value, str) and len(value) <= 40


def _bad(name: str, zh: str, en: str) -> Refusal:
    return Refusal("bad_work_list", Words(zh=f"查询条件 {name}：{zh}。", en=f"{name}: {en}."), _POLICY)


def _choice(told: Mapping[str, str], name: str, choices: tuple[str, ...], usual: str) -> str:
    value = told.get(name, "") or usual
    if value not in choices:
        options = "、".join(one for one in choices if one)
        raise _bad(name, f"应为 {options} 之一", f"one of {options.replace('、', ', ')}")
    return value


def _text(told: Mapping[str, str], name: str, longest: int) -> str:
    value = told.get(name, "").strip()
    if len(value) > longest or not value.isprintable():
        raise _bad(name, f"最多 {longest} 个可见字符", f"at most {longest} printable characters")
    return value


def _size(told: Mapping[str, str]) -> int:
    value = told.get("size", "") or str(USUAL)
    if not (value.isascii() and value.isdigit() and len(value) <= 3 and 1 <= int(value) <= MOST):
        raise _bad("size", f"每页 1 至 {MOST} 行", f"1 to {MOST} lines a page")
    return int(value)


def _columns(told: Mapping[str, str]) -> tuple[str, ...]:
    value = told.get("columns", "")
    chosen = tuple(dict.fromkeys(part for part in value.split(",") if part))
    if not set(chosen) <= set(COLUMNS):
        raise _bad("columns", f"可选列：{'、'.join(COLUMNS)}", f"columns are {', '.join(COLUMNS)}")
    return chosen or SHOWN
