"""The navigation: who sees which entries, and where each role's home is."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app
from flask import session as cookie

from legal_service.access import permissions
from legal_service.errors import Words
from legal_service.web import session


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: the page it leads to, its name, the permission without which it is not shown, the pages that belong to it."""

    endpoint: str
    name: Words
    permission: str
    also: tuple[str, ...] = ()


CASE_PAGES = (
    "case", "case_account", "case_evidence", "case_filings", "case_filing", "case_packages", "case_package", "case_proceedings", "case_enforcement", "case_deadlines",
    "case_suggestions", "case_contacts", "case_log", "loan", "work_preview", "work_moves_preview", "search",
)  # fmt: skip

ENTRIES = (
    Entry("work", Words("工作清单", "Work list"), "case.read", CASE_PAGES),
    Entry("docket", Words("日程", "Docket"), "case.read"),
    Entry("imports", Words("导入", "Import"), "portfolio.import", ("import_shown",)),
    Entry("jobs", Words("任务", "Jobs"), "job.read", ("job",)),
    Entry(
        "received", Words("我的证据包", "My packages"), "package.received", ("received_package", "received_download")
    ),
    Entry(
        "returns",
        Words("监管报表", "Returns"),
        "return.read",
        ("return_shown", "return_verify", "return_number", "return_number_rows", "return_differences"),
    ),
    Entry("overview", Words("概览", "Overview"), "overview.read"),
    Entry("users", Words("用户", "Users"), "user.read", ("user",)),
    Entry("webhooks", Words("事件推送", "Webhooks"), "webhook.manage"),
    Entry("trail", Words("审计日志", "Audit trail"), "trail.read"),
    Entry("law", Words("法律参数", "Law"), "law.read", ("stages", "notices")),
    Entry("calculator", Words("法律计算", "Calculator"), "law.read", ("calculation", "calculation_personal")),
)

CASE_TABS = (
    ("case", Words("时间线", "Time line")),
    ("case_account", Words("账目", "Account")),
    ("case_evidence", Words("证据", "Evidence")),
    ("case_filings", Words("文书", "Filings")),
    ("case_packages", Words("证据包", "Packages")),
    ("case_proceedings", Words("程序", "Proceedings")),
    ("case_enforcement", Words("执行", "Enforcement")),
    ("case_deadlines", Words("期限", "Deadlines")),
    ("case_suggestions", Words("管辖与程序", "Court and procedure")),
    ("case_contacts", Words("联系与投诉", "Contacts and complaints")),
    ("case_log", Words("权限与日志", "Access and log")),
)
"""The pages of a case, in order: endpoint (each takes `case_no`) and name."""

HOMES = {"counsel": "received", "regulator": "returns", "admin": "users", "auditor": "trail"}
"""Role → its first page; everybody else begins with the work list."""


def install(app: Flask) -> None:
    """Give the pages their navigation."""
    app.context_processor(
        lambda: {
            "navigation": shown(),
            "home": home(),
            "keys_off": bool(cookie.get("keys_off")),
            "addresses": current_app.view_functions,
            "tabs": case_tabs(),
        }
    )


def shown() -> list[Entry]:
    """The entries that the reader may open."""
    found = session.current()
    if found is None or found.user.must_change:
        return []
    role = found.actor.role
    return [
        one
        for one in ENTRIES
        if permissions.allowed(role, one.permission) and one.endpoint in current_app.view_functions
    ]


def home() -> str:
    """The endpoint of the reader's first page."""
    found = session.current()
    return HOMES.get(found.actor.role, "work") if found else "sign_in"


def case_tabs() -> list[tuple[str, Words]]:
    """The pages of a case that are there."""
    return [tab for tab in CASE_TABS if tab[0] in current_app.view_functions]
