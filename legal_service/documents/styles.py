"""CSS of the house for documents written in HTML: type sizes and margins after GB/T 9704—2012, tables that can be checked.

GB/T 9704 is the standard of party and state organs' documents (A4; head margin 37 mm, binding margin 28 mm, text 156 × 225 mm;
title 2号小标宋, text 3号仿宋, heads 黑体 and 楷体; page numbers 4号 between dashes). Courts do not demand it of a litigant; they expect
it by habit, so the letters follow it and the tables of evidence use smaller sizes of the same faces.
"""

from __future__ import annotations

SIZES = {"二号": 22, "小二": 18, "三号": 16, "小三": 15, "四号": 14, "小四": 12, "五号": 10.5, "小五": 9}
"""Chinese type sizes in points."""

_PAGE_NUMBER = '@bottom-center{content:"— " counter(page) " —";font:14pt "宋体";vertical-align:top;padding-top:7mm}'

BASE = f"""
@page{{size:A4;margin:37mm 26mm 35mm 28mm;{_PAGE_NUMBER}}}
html{{font:16pt/28pt "仿宋";color:#000}}
body{{margin:0}}
h1{{font:22pt/32pt "小标宋";text-align:center;margin:0 0 28pt;bookmark-level:1}}
h2{{font:16pt/28pt "黑体";margin:0;break-after:avoid;bookmark-level:2}}
h3{{font:16pt/28pt "楷体";margin:0;break-after:avoid;bookmark-level:3}}
p{{margin:0;text-indent:2em;text-align:justify;orphans:2;widows:2;overflow-wrap:anywhere}}
p.flush,td p,th p{{text-indent:0;text-align:left}}
p.addressee{{text-indent:0;margin-bottom:0}}
p.centre{{text-indent:0;text-align:center}}
.signature{{margin-top:28pt;text-align:right;break-inside:avoid}}
.signature p{{text-indent:0;text-align:right;padding-right:4em}}
.attachments{{margin-top:28pt}}
.note{{font:10.5pt/16pt "楷体";text-indent:0}}
.blank{{display:inline-block;min-width:6em;border-bottom:0.5pt solid}}
table{{width:100%;border-collapse:collapse;table-layout:fixed;font:10.5pt/15pt "宋体";margin:6pt 0}}
thead{{display:table-header-group}}
th{{font:10.5pt/15pt "黑体";text-align:center;background:#f2f2f2}}
th,td{{border:0.5pt solid #000;padding:2pt 4pt;vertical-align:middle;overflow-wrap:anywhere}}
tr{{break-inside:avoid}}
td.number,th.number{{text-align:right;white-space:nowrap}}
td.centre{{text-align:center}}
tr.total td{{font-weight:bold;border-top:1pt solid #000}}
"""
"""A letter or a pleading: 仿宋 3号, a page number between dashes."""

TABLES = f"""
{BASE}
@page{{margin:25mm 20mm 22mm 20mm;@bottom-center{{content:"— " counter(page) " —";font:10.5pt "宋体";padding-top:5mm}}}}
html{{font:12pt/20pt "宋体"}}
h1{{font-size:18pt;line-height:26pt;margin-bottom:10pt}}
h2{{font-size:14pt;line-height:22pt;margin-top:8pt}}
h3{{font-size:12pt;line-height:20pt}}
p{{text-indent:0}}
table{{font-size:9pt;line-height:13pt}}
th{{font-size:9pt;line-height:13pt}}
"""
"""A document made mostly of tables: statement of account, evidence catalogue, contact log."""

LANDSCAPE = "@page{size:A4 landscape}"
"""Added for tables wider than a page is."""

DEMONSTRATION = """
@page{@top-right{content:"演示";font:10.5pt "黑体";color:#a00}}
"""
"""Marks what the demonstration makes, so that nobody files it."""


def watermarked(words: str) -> str:
    """CSS that prints a recipient's mark at the head of every page.

    >>> "外聘律师" in watermarked("仅供 外聘律师 使用")
    True
    """
    safe = words.replace("\\", "").replace('"', "").replace("\n", " ")
    return f'@page{{@top-left{{content:"{safe}";font:9pt "黑体";color:#666;white-space:nowrap}}}}'
