"""A template printed on the sample case, so that whoever edits it sees what it prints before a court does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from legal_service.accounts import sheet
from legal_service.documents import styles
from legal_service.documents.manifest import Template
from legal_service.documents.page import render_html
from legal_service.documents.pdf import from_html
from legal_service.documents.word import render
from legal_service.evidence.catalogue import Head, Row, chinese_date, page_range
from legal_service.evidence.catalogue import context as catalogue_context
from legal_service.filings import rendering
from legal_service.filings.facts.statement_of_claim import context as claim_context
from legal_service.filings.sample_case import BORROWER, CASE_NO, COURT, GUARANTOR, LENDER, SampleCase

CLAIM, LOG = "statement_of_claim", "contact_log"
MARK = "样稿：资料均系虚构"
PAGES = 9
_HASH = "0" * 64

Context = Callable[[SampleCase], dict[str, Any]]


def preview(template: Template, case: SampleCase) -> dict[str, bytes]:
    """The files of one document, by file name: the PDF, and the DOCX where the template is a Word one.

    HTML templates bear a mark at the head of each page. Raises `Refusal` as rendering does: `template_field_missing`, …
    """
    code = template.code
    if code == CLAIM:
        made = rendering.statement_of_claim(template, case.claim, case.on)
        return {f"{code}.{form}": content for form, content in made.items()}
    marked = replace(template, style=template.style + styles.watermarked(MARK))
    if code == LOG:
        return {f"{code}.pdf": rendering.contact_log(marked, case.log, case.on)}
    html = filled(marked, case)
    return {f"{code}.pdf": from_html(html, css=marked.style, title=template.manifest.title.zh, on=case.on)}


def filled(template: Template, case: SampleCase) -> str:
    """An HTML template with the sample's values in it."""
    return render_html(template.body.decode(), CONTEXTS[template.code](case), name=f"{template.code}/body.html")


def try_out(template: Template, case: SampleCase) -> None:
    """Fill the template without printing it where that can be told apart: the refusal names a field that is missing."""
    if template.code == CLAIM:
        render(template.body, CONTEXTS[CLAIM](case), on=case.on)
    elif template.code == LOG:
        rendering.contact_log(template, case.log, case.on)
    else:
        filled(template, case)


def fields(code: str, case: SampleCase) -> set[str] | None:
    """The fields that the values of a document have, dotted (`plaintiff.name`); None where its renderer keeps them."""
    return set(_dotted("", CONTEXTS[code](case))) if code in CONTEXTS else None


def _dotted(prefix: str, values: Mapping[str, Any]) -> list[str]:
    found = []
    for name, value in values.items():
        path = f"{prefix}{name}"
        found.append(path)
        if isinstance(value, Mapping):
            found += _dotted(f"{path}.", value)
    return found


def _head(case: SampleCase) -> Head:
    return Head(
        package_id=f"{CASE_NO}-statement_of_claim-court-{case.on:%Y%m%d}",
        title="起诉证据",
        case_no=CASE_NO,
        court=COURT,
        cause="金融借款合同纠纷",
        submitter=LENDER,
        opponents=(BORROWER, GUARANTOR),
        on=case.on,
        copies=3,
        claim_total=case.statement.claim.total,
        request="请求判令被告偿还借款",
        request_name="诉讼请求",
    )


def _rows(case: SampleCase) -> list[Row]:
    contract = Row(
        number=1,
        group="contract",
        kind="contract",
        name="借款合同",
        file="data/exhibits/01-借款合同.pdf",
        first_page=4,
        last_page=7,
        source="样例电子合同系统",
        form="electronic",
        obtained_on=case.on - timedelta(days=30),
        sha256=_HASH,
        original_sha256="",
        proves="借款关系成立及约定",
        claims=(1, 2),
        remark="",
    )
    withheld = Row(
        number=2,
        group="demand",
        kind="recording",
        name="催收录音",
        file="",
        first_page=8,
        last_page=8,
        source="样例呼叫中心",
        form="copy",
        obtained_on=None,
        sha256=_HASH,
        original_sha256=_HASH,
        proves="原告主张权利",
        claims=(),
        remark="本副本未附：含案外人信息",
    )
    return [contract, withheld]


def _catalogue(case: SampleCase) -> dict[str, Any]:
    return catalogue_context(_head(case), _rows(case), pages=PAGES)


def _cover(case: SampleCase) -> dict[str, Any]:
    contents = [
        {"number": row.number, "name": row.name, "range": page_range(row.first_page, row.last_page)}
        for row in _rows(case)
    ]
    return _catalogue(case) | {
        "recipient": COURT,
        "audience": "court",
        "date": chinese_date(case.on),
        "contents": contents,
        "contents_page": 2,
        "catalogue_page": 3,
    }


def _slip(case: SampleCase) -> dict[str, Any]:
    row = _rows(case)[1]
    return {
        "number": row.number,
        "name": row.name,
        "case_no": CASE_NO,
        "file": row.file,
        "size": 0,
        "sha256": row.sha256,
        "withheld": "含案外人信息",
        "proves": row.proves,
    }


CONTEXTS: Mapping[str, Context] = {
    CLAIM: lambda case: claim_context(case.claim),
    "statement_of_account": lambda case: sheet.context(case.statement, case.names),
    "evidence_catalogue": _catalogue,
    "package_cover": _cover,
    "package_slip": _slip,
}
"""The values that each template gets; the contact log's are made by its renderer."""

DOCUMENTS = tuple(sorted({*CONTEXTS, LOG}))
"""Every document that can be printed on the sample case."""
