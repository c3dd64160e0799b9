"""Two issues of one return and period side by side: what was published then and now, and how the rows moved."""

from __future__ import annotations

from flask import render_template, request

from legal_service.errors import Refusal, Words
from legal_service.reports import queries
from legal_service.reports.issues import IssueFacts
from legal_service.web import reader
from legal_service.web.pages.regulator.shown import issue_with_others
from legal_service.web.pages.regulator.tables import moved
from legal_service.web.pages.regulator.tables import shown as written


def show(issue_id: int) -> str:
    """The comparison with `?with=` another issue, else with the one before; `?all=1` lists unchanged numbers too."""
    issue, others = issue_with_others(issue_id)
    other = _other(issue, others)
    older, newer = sorted((issue, other), key=lambda one: one.issue) if other else (issue, issue)
    store = reader.installation().store
    found = queries.differences(store, older, newer) if other else None
    every = request.args.get("all") == "1"
    return render_template(
        "regulator/differences.html",
        issue=issue,
        others=others,
        other=other,
        older=older,
        newer=newer,
        found=found,
        numbers=[one for one in found.numbers if every or one.changed] if found else [],
        changed=sum(one.changed for one in found.numbers) if found else 0,
        every=every,
        written=written,
        moved=moved,
    )


def _other(issue: IssueFacts, others: list[IssueFacts]) -> IssueFacts | None:
    asked = request.args.get("with", "")
    if asked:
        if not asked.isdecimal() or len(asked) > 9:
            raise Refusal("unknown_issue", Words(zh="没有这一版报表。", en="there is no such issue."))
        with reader.reading() as session:
            return queries.issue(session, int(asked))
    before = [one for one in others if one.issue < issue.issue]
    return before[0] if before else others[-1] if others else None
