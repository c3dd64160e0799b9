"""From exhibits, filings and logs to the files of one evidence package (contract.md section 6).

Everything that states the sum claimed must state the same sum: a complaint, a statement and a catalogue that disagree by a fen
are refused before anything is bound.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from legal_service.documents.page import render_html
from legal_service.documents.pdf import from_html
from legal_service.errors import Refusal, Words
from legal_service.evidence import binder, images
from legal_service.evidence.bag import Content
from legal_service.evidence.catalogue import Head, Row, as_json, chinese_date, context, page_range
from legal_service.evidence.drawers import Drawers, PackageDefinition
from legal_service.evidence.facts import Exhibit, Filing, Logs, PackageFacts, StatementFiles
from legal_service.money import Fen, amount_text, parse_amount

_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*%\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_LONGEST_NAME = 150  # bytes; with folder and suffix it stays under what Windows and common ZIP tools accept
_BASIS = "机构内部规则：起诉状、欠款明细与证据目录的金额须一致"


@dataclass(frozen=True, slots=True)
class Package:
    """The files of a package and the lines of its bag-info.txt, ready for `bag.prepare`."""

    root: str
    on: date
    files: Mapping[str, Content]
    info: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    pages: int
    withheld: int


def assemble(
    facts: PackageFacts,
    *,
    exhibits: Sequence[Exhibit],
    filings: Sequence[Filing],
    statement: StatementFiles,
    logs: Logs,
    drawers: Drawers,
    sheets: binder.Sheets,
    verify_page: bytes,
) -> Package:
    """All files of the package. Exhibits are numbered in the order of the package, those of one kind in the order given.

    Refuses: `claim_total_mismatch`, `exhibit_not_in_package`, `no_proof_purpose`, `no_exhibits`, `custody_missing`,
    `exhibit_unreadable`, `exhibit_encrypted`, `glyph_missing`. Raises `KeyError` for an unknown package.
    """
    definition = drawers.packages[facts.package]
    _check_totals(facts, filings, statement)
    ordered = _ordered(exhibits, definition)
    _check_custody(ordered, logs.custody)
    rows = [_row(number, exhibit, definition, drawers) for number, exhibit in enumerate(ordered, 1)]
    head = _head(facts, definition)
    parts = [_part(row, exhibit, head, sheets) for row, exhibit in zip(rows, ordered, strict=True)]
    counts = [binder.page_count(part.pdf, part.title) for part in parts]
    pages, front = binder.paginate(counts, lambda found: _front(head, _placed(rows, found), found, facts, sheets))
    rows = _placed(rows, pages)
    files: dict[str, Content] = {
        "data/binder.pdf": binder.bind(front, parts, pages, title=f"{head.title} {facts.package_id}"),
        "data/catalogue.pdf": front.catalogue,
        "data/catalogue.json": as_json(head, rows, pages=pages.total),
        "data/statement.pdf": statement.pdf,
        "data/statement.xlsx": statement.xlsx,
        "data/statement.json": statement.json,
        "metadata/custody.jsonl": _lines(logs.custody),
        "metadata/provenance.jsonl": _lines(logs.provenance),
        "metadata/redactions.jsonl": _lines(logs.redactions),
        "metadata/verify.html": verify_page,
    }
    order = list(dict.fromkeys(each.document for each in filings))  # DOCX and PDF of one filing share its number
    files |= {
        f"data/filings/{order.index(each.document) + 1:02d}-{file_name(each.name)}.{each.extension}": each.content
        for each in filings
    }
    files |= {
        row.file: exhibit.content for row, exhibit in zip(rows, ordered, strict=True) if exhibit.content is not None
    }
    return Package(
        root=facts.package_id,
        on=facts.on,
        files=files,
        info=_info(facts, head),
        rows=tuple(rows),
        pages=pages.total,
        withheld=sum(exhibit.content is None for exhibit in ordered),
    )


def file_name(name: str) -> str:
    """A title as part of a file name: what some system cannot write becomes `_`, long names are cut between characters.

    >>> file_name("借款合同 HM0001/补充:协议")
    '借款合同 HM0001_补充_协议'
    """
    kept = _NOT_IN_NAMES.sub("_", name).strip(" .") or "_"
    return kept.encode()[:_LONGEST_NAME].decode("utf-8", "ignore").strip(" .")


def _check_totals(facts: PackageFacts, filings: Sequence[Filing], statement: StatementFiles) -> None:
    stated = {"欠款明细": _stated(statement.json)}
    stated |= {filing.name: filing.claim_total for filing in filings if filing.claim_total is not None}
    wrong = [f"{name} {amount_text(total)}" for name, total in stated.items() if total != facts.claim_total]
    if wrong:
        raise Refusal(
            "claim_total_mismatch",
            Words(
                zh=f"请求金额不一致：证据目录 {amount_text(facts.claim_total)}；{'；'.join(wrong)}。请按同一日期重新生成",
                en=f"the sums claimed differ: catalogue {amount_text(facts.claim_total)}; {'; '.join(wrong)}. Make them again as of one date",
            ),
            _BASIS,
        )


def _stated(content: bytes) -> Fen:
    """The sum claimed by a statement, or by the statements of several loans of one case together."""
    statement = json.loads(content)
    each = statement if isinstance(statement, list) else [statement]
    return sum(parse_amount(one["claim_total"]) for one in each)


def _ordered(exhibits: Sequence[Exhibit], definition: PackageDefinition) -> list[Exhibit]:
    positions = {place.kind: position for position, place in enumerate(definition.exhibits)}
    for exhibit in exhibits:
        if exhibit.kind not in positions:
            raise Refusal(
                "exhibit_not_in_package",
                Words(
                    zh=f"{definition.title.zh}不收入此类证据：{exhibit.name}",
                    en=f"{definition.title.en} does not take this kind: {exhibit.kind}",
                ),
                definition.basis,
            )
        if exhibit.content is None and not exhibit.withheld:
            raise ValueError(f"{exhibit.name}: withheld without a reason")
    if not exhibits:
        raise Refusal(
            "no_exhibits",
            Words(zh="没有可收入证据包的证据", en="there is no exhibit to put into the package"),
            definition.basis,
        )
    return sorted(exhibits, key=lambda exhibit: positions[exhibit.kind])


def _check_custody(exhibits: Iterable[Exhibit], custody: Sequence[Mapping[str, Any]]) -> None:
    kept = {entry["sha256"] for entry in custody}
    missing = [
        each.name
        for each in exhibits
        if each.content is not None and kept.isdisjoint({_sha256(each.content), each.original_sha256})
    ]
    if missing:
        raise Refusal(
            "custody_missing",
            Words(zh=f"以下证据没有保管记录：{'、'.join(missing)}", en=f"no custody entry for: {', '.join(missing)}"),
            "最高人民法院关于民事诉讼证据的若干规定(2019修正) 第九十三条",
        )


def _row(number: int, exhibit: Exhibit, definition: PackageDefinition, drawers: Drawers) -> Row:
    kind, place = drawers.kinds[exhibit.kind], definition.place(exhibit.kind)
    if place is None:
        raise ValueError(f"{exhibit.kind} is not in {definition.package}")
    if exhibit.kind == "other" and not exhibit.proves:
        raise Refusal(
            "no_proof_purpose",
            Words(
                zh=f"请写明其他证据的证明对象：{exhibit.name}", en=f"say what this exhibit is to prove: {exhibit.name}"
            ),
            "最高人民法院关于民事诉讼证据的若干规定(2019修正) 第十九条",
        )
    remark = "；".join(
        note for note in (exhibit.remark, exhibit.withheld and f"本副本未附：{exhibit.withheld}") if note
    )
    return Row(
        number=number,
        group=kind.group,
        kind=exhibit.kind,
        name=exhibit.name,
        file=""
        if exhibit.content is None
        else f"data/exhibits/{number:02d}-{file_name(exhibit.name)}.{exhibit.extension}",
        first_page=0,
        last_page=0,
        source=exhibit.source or kind.source.zh,
        form=exhibit.form,
        obtained_on=exhibit.obtained_on,
        sha256=_sha256(exhibit.content) if exhibit.content is not None else exhibit.original_sha256,
        original_sha256=exhibit.original_sha256,
        proves=exhibit.proves or place.proves.zh,
        claims=place.claims,
        remark=remark,
    )


def _placed(rows: Sequence[Row], pages: binder.PageMap) -> list[Row]:
    return [
        replace(row, first_page=first, last_page=last) for row, (first, last) in zip(rows, pages.exhibits, strict=True)
    ]


def _head(facts: PackageFacts, definition: PackageDefinition) -> Head:
    return Head(
        package_id=facts.package_id,
        title=definition.title.zh,
        case_no=facts.case_no,
        court=facts.court,
        cause=facts.cause,
        submitter=facts.submitter,
        opponents=facts.opponents,
        on=facts.on,
        copies=1 + len(facts.opponents),
        claim_total=facts.claim_total,
        request=definition.request.zh,
        request_name=definition.request_name,
    )


def _part(row: Row, exhibit: Exhibit, head: Head, sheets: binder.Sheets) -> binder.Part:
    extension = exhibit.extension.lower()
    if exhibit.content is not None and extension == "pdf":
        return binder.Part(row.number, row.name, exhibit.content)
    if exhibit.content is not None and extension in images.MEDIA:
        return binder.Part(row.number, row.name, images.pages_of(exhibit.content, row.name))
    printed = {
        "number": row.number,
        "name": row.name,
        "case_no": head.case_no,
        "file": row.file.removeprefix("data/"),
        "size": len(exhibit.content or b""),
        "sha256": row.sha256,
        "withheld": exhibit.withheld,
        "proves": row.proves,
    }
    html = render_html(sheets.slip.body.decode(), printed, name="package_slip/body.html")
    return binder.Part(row.number, row.name, from_html(html, css=sheets.slip.style, title=row.name, on=head.on))


def _front(
    head: Head, rows: Sequence[Row], pages: binder.PageMap, facts: PackageFacts, sheets: binder.Sheets
) -> binder.Front:
    contents = [
        {"number": row.number, "name": row.name, "range": page_range(row.first_page, row.last_page)} for row in rows
    ]
    printed = context(head, rows, pages=pages.total)
    cover = printed | {
        "recipient": facts.recipient,
        "audience": facts.audience,
        "date": chinese_date(facts.on),
        "contents": contents,
        "contents_page": pages.contents,
        "catalogue_page": pages.catalogue,
    }
    html = render_html(sheets.cover.body.decode(), cover, name="package_cover/body.html")
    table = render_html(sheets.catalogue.body.decode(), printed, name="evidence_catalogue/body.html")
    return binder.Front(
        cover=from_html(html, css=sheets.cover.style, title=head.title, on=facts.on),
        catalogue=from_html(table, css=sheets.catalogue.style, title="证据目录", on=facts.on),
    )


def _lines(lines: Sequence[Mapping[str, Any]]) -> bytes:
    return "".join(
        json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n" for line in lines
    ).encode()


def _info(facts: PackageFacts, head: Head) -> tuple[tuple[str, str], ...]:
    return (
        ("Source-Organization", facts.submitter),
        ("External-Description", head.title),
        ("External-Identifier", facts.package_id),
        ("Bagging-Date", facts.on.isoformat()),
        ("Case-Number", facts.case_no),
        ("Audience", facts.audience),
        ("Recipient", facts.recipient),
    )


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
