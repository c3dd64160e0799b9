"""`/law/notices`: the State Council holiday notices known; uploading the one of a new year: a look at what it moves, then the loading.

Nothing is written at the first step. What was looked at comes back with the form, and its digest: should the docket have
changed meanwhile, the reader is shown what would move now and asked again.
"""

from __future__ import annotations

import hashlib
import json

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from legal_service import clock
from legal_service.cases import operations
from legal_service.cases.operations import Loaded
from legal_service.cases.queries.notices import notices
from legal_service.database import Transaction
from legal_service.errors import Findings, Refusal, Words
from legal_service.law.notices import LARGEST, example
from legal_service.statuses import status_of
from legal_service.web import forms, reader
from legal_service.web.forms import Done
from legal_service.web.pages.law import STATUSES

FILE, TEXT = Words("通知文件", "File of the notice"), Words("通知全文", "Text of the notice")
CHANGED = Refusal(
    "stale_page",
    Words(
        zh="您核对之后案件日程有变动。以下是现在将变动的期限，请重新核对后再确认。",
        en="The docket changed after you looked. Below is what would move now; look again, then confirm.",
    ),
    forms.POLICY,
)


def show(
    refused: Refusal | Findings | None = None, looked: Loaded | None = None, content: str = "", name: str = ""
) -> str:
    """The list and the form; `looked` is what loading the uploaded notice would come to."""
    with reader.reading() as session:
        found = notices(session)
    return render_template(
        "notices.html",
        notices=found,
        model=example(found[0].notice),
        statuses=STATUSES,
        refused=refused,
        looked=looked,
        content=content,
        name=name,
        seen=_digest(looked) if looked else "",
    )


def look() -> ResponseReturnValue:
    """What loading the uploaded notice would come to; nothing is written."""
    try:
        sent = forms.file("file", FILE)
        name, content = (sent.filename or "")[:80], sent.stream.read(LARGEST + 1)
        return show(looked=_looked(content, name), content=content.decode("utf-8-sig"), name=name)
    except (Refusal, Findings) as refused:
        return show(refused), _status(refused)


def load() -> ResponseReturnValue:
    """Load the notice that was looked at."""
    text, name = request.form.get("content", ""), request.form.get("name", "")[:80]

    def work(tx: Transaction) -> Done:
        content = text.replace("\r\n", "\n").encode()
        now = operations.preview_notice(tx.session, content=content, name=name, on=tx.moment.date())
        if request.form.get("seen", "") != _digest(now):
            raise CHANGED
        loaded = operations.load_notice(tx, content=content, name=name)
        year, moved = loaded.notice.year, len(loaded.docket.moved)
        says = Words(
            f"已录入 {year} 年通知，{moved} 个期限变动。", f"Notice of {year} loaded; {moved} deadlines moved."
        )
        return Done(url_for("notices"), says if loaded.changed else Words("没有变化。", "Nothing changed."))

    try:
        return forms.act(work)
    except Findings as wrong:
        return show(wrong), _status(wrong)
    except Refusal as refused:
        if refused is not CHANGED:
            return show(refused), _status(refused)
        return show(refused, _looked(text.replace("\r\n", "\n").encode(), name), text, name), _status(refused)


def _looked(content: bytes, name: str) -> Loaded:
    with reader.reading() as session:
        return operations.preview_notice(session, content=content.replace(b"\r\n", b"\n"), name=name, on=clock.today())


def _digest(looked: Loaded) -> str:
    told = json.dumps(looked.as_json("zh"), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def _status(refused: Refusal | Findings) -> int:
    return status_of(refused.code) if isinstance(refused, Refusal) else 422
