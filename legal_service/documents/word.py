"""Word templates filled strictly through docxtpl: nothing silently lost, errors by paragraph and cell, same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from jinja2 import TemplateError, UndefinedError
from lxml import etree

from legal_service import clock
from legal_service.documents import page
from legal_service.documents.word_parts import W, paragraphs_of, story_parts, text_of
from legal_service.errors import Refusal

_MARK = f"{W}rsidRPr"
_MARKED = "0C0FFEE0"
_STATEMENT = re.compile(r"\{%")
_VISIBLE = tuple(
    W + name for name in ("t", "tab", "br", "sym", "drawing", "pict", "object", "fldSimple", "instrText", "sectPr")
)
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_HOUSE = "legal-service"


def render(body: bytes, context: Mapping[str, Any], *, on: date | None = None) -> bytes:
    """Fill a DOCX template; the same arguments give the same bytes.

    Every tag is escaped (甲&乙<丙>公司 survives), runs in a sandbox and must find its field. A paragraph that a false
    condition left without words is taken out. `on`, where given, is written as the date of making.
    Raises `Refusal`: `template_field_missing` (place, field, how to mend), `template_value_unprintable`,
    `template_broken`, `word_unreadable`.
    """
    from docxtpl import DocxTemplate

    marked = _with_conditions_marked(body)
    template = DocxTemplate(io.BytesIO(marked))
    try:
        template.render(dict(context), jinja_env=page.environment(), autoescape=True)
    except UndefinedError as error:
        raise _missing(body, template, error) from error
    except (
        page.Unprintable,
        TemplateError,
        TypeError,
        ValueError,
        ArithmeticError,
        LookupError,
        AttributeError,
    ) as error:
        zh, en = _place(body, template, page.failing_line(error), "")
        raise page.broken(error, zh=zh, en=en) from error
    out = io.BytesIO()
    template.save(out)
    return _settled(out.getvalue(), order=_names(body), on=on)


def _names(docx: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return archive.namelist()


def _with_conditions_marked(body: bytes) -> bytes:
    """Mark the paragraphs that hold a `{% … %}`, so that those left empty by it can be told from blank lines that were meant."""
    stories = story_parts(body)
    replaced: dict[str, bytes] = {}
    for name, root in stories.items():
        touched = False
        for paragraph in root.iter(f"{W}p"):
            paragraph.attrib.pop(_MARK, "")
            if _STATEMENT.search(text_of(paragraph)):
                paragraph.set(_MARK, _MARKED)
                touched = True
        if touched:
            replaced[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, replaced.get(name, source.read(name)))
    return out.getvalue()


def _without_empty_leftovers(root: etree._Element) -> None:
    for paragraph in list(root.iter(f"{W}p")):
        if paragraph.attrib.pop(_MARK, "") != _MARKED or any(
            node.tag != f"{W}t" or (node.text or "").strip() for node in paragraph.iter(*_VISIBLE)
        ):
            continue
        parent = paragraph.getparent()
        if parent is not None and (parent.tag != f"{W}tc" or len(parent.findall(f"{W}p")) > 1):
            parent.remove(paragraph)


def _settled(docx: bytes, *, order: list[str], on: date | None) -> bytes:
    """The package with its parts in the template's order, fixed times, and no trace of who last opened the template."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        names = source.namelist()
        place = {name: index for index, name in enumerate(order)}
        for name in sorted(names, key=lambda name: (place.get(name, len(order)), name)):
            content = source.read(name)
            if re.fullmatch(r"word/(document|header\d*|footer\d*|footnotes)\.xml", name):
                root = etree.fromstring(content)
                _without_empty_leftovers(root)
                content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            elif name == "docProps/core.xml":
                content = _core(content, on)
            entry = zipfile.ZipInfo(name, _FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            target.writestr(entry, content)
    return out.getvalue()


def _core(content: bytes, on: date | None) -> bytes:
    root = etree.fromstring(content)
    moment = f"{on.isoformat()}T04:00:00Z" if on is not None else "1980-01-01T00:00:00Z"
    assert on is None or clock.midday(on).utctimetuple().tm_hour == 4  # noon in Shanghai
    for node in root:
        name = etree.QName(node).localname
        if name in {"created", "modified"}:
            node.text = moment
        elif name in {"creator", "lastModifiedBy"}:
            node.text = _HOUSE
        elif name in {"revision"}:
            node.text = "1"
        elif name == "lastPrinted":
            root.remove(node)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _missing(body: bytes, template: Any, error: UndefinedError) -> Refusal:
    line = page.failing_line(error)
    source = _failing_source(template)
    names = re.findall(r"'([^']+)'", str(error))
    zh, en = _place(body, template, line, names[-1] if names else "")
    return page.missing_field(error, source=source, line=line, zh=zh, en=en)


def _failing_source(template: Any) -> list[str]:
    """The part that was being filled, as docxtpl gave it to Jinja: one paragraph a line."""
    part = template.current_rendering_part
    xml = template.get_xml() if part is template.docx._part else template.get_part_xml(part)
    patched = re.sub(r"<w:p([ >])", r"\n<w:p\1", template.patch_xml(deepcopy(xml)))
    return [re.sub(r"<[^>]+>", "", line) for line in patched.split("\n")]


def _place(body: bytes, template: Any, line: int, field: str) -> tuple[str, str]:
    """Where a tag stands, in the words of someone looking at the page: the paragraph or cell, and its first words."""
    source = _failing_source(template)
    failing = source[line - 1] if 0 < line <= len(source) else ""
    candidates = [
        (place, text)
        for place, text in paragraphs_of(body)
        if ("{{" in text or "{%" in text) and (not field or re.search(rf"\b{re.escape(field)}\b", text))
    ]
    flat = re.sub(r"\s|p |tr |tc |r ", "", failing)
    best = [found for found in candidates if flat and _flat(found[1]) in flat] or [
        found for found in candidates if flat and flat in _flat(found[1])
    ]
    for place, text in best or candidates:
        shown = text.strip()[:40]
        return f"{place.zh}（“{shown}”）", f"{place.en} ({shown!r})"
    return "文书模板", "the template"


def _flat(text: str) -> str:
    return re.sub(r"\s|(?<=\{%)(p|tr|tc|r) |(?<=\{\{)(p|tr|tc|r) ", "", text)
