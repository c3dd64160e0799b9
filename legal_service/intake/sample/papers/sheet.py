"""What a paper is, and the styles the papers share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from legal_service.documents import pdf, styles
from legal_service.documents.page import render_html
from legal_service.intake.sample import institution, scans

_MARK = """
@page{@top-right{content:"虚构样本";font:7pt "黑体";color:#999}}
.seal{position:absolute;width:92pt;height:92pt;border:1.6pt solid #c8102e;border-radius:50%;color:#c8102e;text-align:center}
.seal span{display:block;font:7pt/10pt "宋体";margin:0 6pt}
.seal span.star{font:20pt/22pt "宋体";margin-top:15pt}
"""
"""On every paper: that it is invented; on most: a round seal."""

CONTRACT = f"""
{styles.TABLES}{_MARK}
html{{font:10.5pt/17pt "宋体"}}
h1{{font:18pt/26pt "小标宋";margin-bottom:6pt}}
h2{{font:11pt/18pt "黑体";margin-top:5pt}}
p{{text-indent:2em}}
p.number{{text-indent:0;text-align:right}}
b{{font-family:"黑体";font-weight:normal}}
td.name{{width:19%;background:#f7f7f7}}
.sides{{display:flex;margin-top:16pt;break-inside:avoid}}
.side{{width:50%;position:relative;min-height:95pt}}
.side p{{text-indent:0}}
.seal{{left:52pt;top:-10pt}}
.signed{{font:15pt/20pt "楷体"}}
"""
"""A contract: small type, clauses, a seal."""

LETTER = f"""
{styles.BASE}{_MARK}
@page{{margin:30mm 26mm 28mm 28mm}}
html{{font:14pt/25pt "仿宋"}}
.signature{{position:relative;min-height:100pt}}
.seal{{right:60pt;top:-22pt}}
"""
"""A letter under the lender's seal."""

SEAL = '<div class="seal"><span class="star">★</span><span>{{ seal_of }}</span><span>{{ seal }}</span></div>'


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of the file: `kind` is a code of documents.csv, `name` tells papers of one kind apart in the folder."""

    kind: str
    name: str
    title: str
    body: str
    facts: Mapping[str, Any]
    css: str
    on: date
    original: str
    source: str
    scanned: bool = False

    def pdf(self, seed: str) -> bytes:
        """The paper as a PDF with a text layer; a scanned one is a picture of it, without. `seed` is the scanner's noise."""
        inner = render_html(
            self.body,
            {"lender": institution, "seal": "", "seal_of": institution.NAME, **self.facts},
            name=f"sample {self.kind}",
        )
        whole = pdf.from_html(
            f'<html lang="zh-CN"><title>{escape(self.title)}</title><body>{inner}</body></html>',
            css=self.css,
            title=self.title,
            on=self.on,
        )
        return scans.scanned(whole, seed) if self.scanned else whole
