"""Small Word documents for the tests, written as WordprocessingML so that a test says exactly what stands in the file."""

from __future__ import annotations

import io
import zipfile

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/>'
    '<w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>'
)
PAGE = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="851" w:footer="992"/>'


def p(text: str = "", *, ppr: str = "", rpr: str = "") -> str:
    """One paragraph of one run."""
    run = f'<w:r><w:rPr>{rpr}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{ppr}</w:pPr>{run}</w:p>"


def table(*rows: str, grid: tuple[int, ...], tblpr: str = "") -> str:
    """A bordered table."""
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4"/>' for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    return f"<w:tbl><w:tblPr><w:tblBorders>{edges}</w:tblBorders>{tblpr}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def tr(*cells: str, trpr: str = "") -> str:
    """A row."""
    return f"<w:tr><w:trPr>{trpr}</w:trPr>{''.join(cells)}</w:tr>"


def tc(inside: str, tcpr: str = "") -> str:
    """A cell; text is made a paragraph."""
    return f"<w:tc><w:tcPr>{tcpr}</w:tcPr>{inside if inside.startswith('<w:') else p(inside)}</w:tc>"


def docx(
    body: str, *, sect: str = PAGE, styles: str = STYLES, numbering: str = "", footer: str = "", header: str = ""
) -> bytes:
    """A Word file with this body."""
    parts = {"styles": styles, **({"numbering": numbering} if numbering else {})}
    stories = {name: text for name, text in (("header1", header), ("footer1", footer)) if text}
    references = "".join(f'<w:{name[:-1]}Reference w:type="default" r:id="{name}"/>' for name in stories)
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{TYPES}{name.rstrip("1")}+xml"/>'
        for name in (*parts, *stories)
    )
    relations = "".join(
        f'<Relationship Id="{name}" Type="{office}/{name.rstrip("1")}" Target="{name}.xml"/>'
        for name in (*parts, *stories)
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    content = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{TYPES}document.main+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="d" Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {NS}><w:body>{body}<w:sectPr>{references}{sect}</w:sectPr></w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">{relations}</Relationships>',
        **{f"word/{name}.xml": f"<w:{name} {NS}>{text}</w:{name}>" for name, text in parts.items()},
        "word/header1.xml": f"<w:hdr {NS}>{header}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {NS}>{footer}</w:ftr>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in content.items():
            if name.startswith(("word/header", "word/footer")) and name[5:-4] not in stories:
                continue
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}')
    return out.getvalue()
