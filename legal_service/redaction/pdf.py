"""True removal from text PDFs: the hidden glyphs leave the file, the rest stays text.

The copy is a new document built from an allow-list (pages, fonts, forms, plain colours and states), so that information
dictionary, XMP, annotations, form fields, attachments, scripts, bookmarks, layers, structure, thumbnails, labels, older
revisions and trailing bytes have no way into it. What cannot be read with certainty is withheld.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from legal_service.law import identifiers
from legal_service.redaction.detect import detect
from legal_service.redaction.kinds import Kind
from legal_service.redaction.operators import Redactor
from legal_service.redaction.pdf_fonts import PdfFont
from legal_service.redaction.pdf_glyphs import Content, Glyph, PageReader
from legal_service.redaction.pdf_lines import readings, twins
from legal_service.redaction.pdf_subset import font_copy
from legal_service.redaction.pdf_writing import boxes, rewritten
from legal_service.redaction.spans import KnownValue, Span
from legal_service.redaction.withheld import Withheld

_MOST_PAGES = 3000
_EDGE = 80


def redact_pdf(data: bytes, redactor: Redactor, known: Iterable[KnownValue]) -> bytes:
    """A copy of a text PDF without what the policy hides; places are `page N`. Raises `Withheld`; same input, same bytes."""
    with _opened(data) as source:
        reader = PageReader()
        pages = [reader.page(page) for page in source.pages]
        values = tuple(known)
        hidden: dict[int, list[Glyph]] = {}
        for number, (_, glyphs) in enumerate(pages):
            hidden[number] = _hidden(glyphs, redactor, values, f"page {number + 1}")
            if number:
                before, after = _crossing(pages[number - 1][1], glyphs, redactor, values, f"page {number + 1}")
                hidden[number - 1] += before
                hidden[number] += after
        if not reader.glyphs:
            raise Withheld("no_text", "PDF 没有可识别的文字", "the PDF has no text that can be read")
        copy = _Copy(reader.contents, reader.glyphs, [glyph for page in hidden.values() for glyph in page])
        for number, page in enumerate(source.pages):
            copy.page(page, pages[number][0], hidden[number])
        return copy.saved()


def _opened(data: bytes) -> pikepdf.Pdf:
    try:
        source = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError as error:
        raise Withheld("encrypted", "PDF 已加密", "the PDF is encrypted") from error
    except (pikepdf.PdfError, ValueError) as error:
        raise Withheld("pdf_broken", "PDF 无法打开", "the PDF cannot be opened") from error
    if source.is_encrypted:
        source.close()
        raise Withheld("encrypted", "PDF 已加密", "the PDF is encrypted")
    if len(source.pages) > _MOST_PAGES:
        source.close()
        raise Withheld("too_large", "PDF 页数过多", "the PDF has too many pages")
    return source


def _hidden(glyphs: list[Glyph], redactor: Redactor, known: tuple[KnownValue, ...], place: str) -> list[Glyph]:
    """The glyphs of one page that the reader may not see."""
    treated: set[int] = set()
    chosen: set[int] = set()
    for page in readings(glyphs):
        for span in detect(page.text, known):
            owners = page.owners[span.start : span.end]
            if {owner for owner in owners if owner >= 0} <= treated or _strewn(span, page.text[span.start : span.end]):
                continue
            covered = redactor.covered(span, page.text[span.start : span.end], place)
            treated |= {owner for owner in owners if owner >= 0}
            chosen |= {owner for owner, cover in zip(owners, covered, strict=True) if cover and owner >= 0}
    return [glyphs[index] for index in sorted(twins(glyphs, chosen))]


_NUMBERS = {Kind.ID_NUMBER: "id_card", Kind.BANK_CARD: "bank_card", Kind.MOBILE: "mobile"}


def _strewn(span: Span, raw: str) -> bool:
    """Whether a find by rule is only figures of different cells or lines that happen to stand in a row.

    A column of day counts read downwards looks like a long number. A number nobody told us of is taken for one only in
    one piece, or wrapped once with a right check digit; what the case knows counts however it is torn.
    """
    pieces = re.split(r"[\n\t]+", raw.strip())
    if span.known or len(pieces) == 1 or not re.search(r"\d", raw) or span.kind in (Kind.ADDRESS, Kind.PERSON):
        return False
    kind = _NUMBERS.get(span.kind)
    whole = re.sub(r"[\s-]", "", raw)
    return "\t" in raw or len(pieces) > 2 or kind is None or not identifiers.check(kind, whole).valid


def _crossing(
    before: list[Glyph], after: list[Glyph], redactor: Redactor, known: tuple[KnownValue, ...], place: str
) -> tuple[list[Glyph], list[Glyph]]:
    """The hidden glyphs of values that begin on one page and end on the next."""
    tail, head = before[-_EDGE:], after[:_EDGE]
    joined = [*tail, *head]
    chosen: set[int] = set()
    page = next(readings(joined))
    for span in detect(page.text, known):
        owners = page.owners[span.start : span.end]
        crosses = any(0 <= owner < len(tail) for owner in owners) and max(owners) >= len(tail)
        if crosses and not _strewn(span, page.text[span.start : span.end]):
            covered = redactor.covered(span, page.text[span.start : span.end], place)
            chosen |= {owner for owner, cover in zip(owners, covered, strict=True) if cover and owner >= 0}
    return [joined[at] for at in sorted(chosen) if at < len(tail)], [
        joined[at] for at in sorted(chosen) if at >= len(tail)
    ]


@dataclass(slots=True)
class _Copy:
    """The new document under construction."""

    contents: list[Content]
    glyphs: list[Glyph]
    hidden: list[Glyph]
    target: pikepdf.Pdf = field(default_factory=pikepdf.new)
    _names: dict[tuple[str, int, str], str] = field(default_factory=dict)
    _fonts: dict[int, Any] = field(default_factory=dict)
    _forms: dict[int, Any] = field(default_factory=dict)
    _gone: dict[int, dict[tuple[int, int, int], float]] = field(default_factory=dict)
    _used: dict[int, set[int]] = field(default_factory=dict)
    _by_source: dict[int, PdfFont] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for glyph in self.hidden:
            self._gone.setdefault(glyph.content, {})[glyph.operation, glyph.piece, glyph.at] = glyph.shift
        for glyph in self.glyphs:
            self._by_source[id(glyph.font)] = glyph.font
            codes = self._used.setdefault(id(glyph.font), set())
            if (glyph.operation, glyph.piece, glyph.at) not in self._gone.get(glyph.content, {}):
                codes.add(glyph.code)

    def page(self, page: pikepdf.Page, content: int, hidden: list[Glyph]) -> None:
        """Add one page of the source, rewritten."""
        body, resources = self._written(content)
        new = pikepdf.Dictionary(
            Type=pikepdf.Name.Page, MediaBox=_numbers(page.mediabox), CropBox=_numbers(page.cropbox)
        )
        turned = int(page.obj.get("/Rotate", page.obj.get("/Parent", pikepdf.Dictionary()).get("/Rotate", 0)))
        if turned % 360:
            new["/Rotate"] = turned
        if "/UserUnit" in page.obj:
            new["/UserUnit"] = float(page.obj.UserUnit)
        new["/Resources"] = resources
        new["/Contents"] = self.target.make_stream(b"q\n" + body + b"\nQ\n" + boxes(hidden))
        self.target.pages.append(pikepdf.Page(self.target.make_indirect(new)))

    def _written(self, index: int) -> tuple[bytes, pikepdf.Dictionary]:
        content = self.contents[index]
        resources = pikepdf.Dictionary()

        def rename(category: str, name: str, resource: Any) -> pikepdf.Name:
            return self._resource(resources, index, category, name, resource)

        body = rewritten(content, self._gone.get(index, {}), rename, content.children)
        return body, resources

    def _resource(
        self, resources: pikepdf.Dictionary, index: int, category: str, name: str, resource: Any
    ) -> pikepdf.Name:
        """The new name of a resource, which is copied on first use; device colour spaces keep their name."""
        if category == "/ColorSpace" and resource is None:
            if name in {"/DeviceGray", "/DeviceRGB", "/DeviceCMYK"}:
                return pikepdf.Name(name)
            raise Withheld("colour", "PDF 使用了无法处理的颜色空间", "the PDF uses a colour space that cannot be read")
        new = self._names.setdefault((category, index, name), f"/{category[1]}{len(self._names)}")
        table = resources.get(category)
        if table is None:
            table = resources[category] = pikepdf.Dictionary()
            table = resources[category]
        if new not in table:
            table[new] = self._copied(index, category, name, resource)
        return pikepdf.Name(new)

    def _copied(self, index: int, category: str, name: str, resource: Any) -> Any:
        if category == "/Font":
            return self._font(index, name)
        if category == "/XObject":
            return self._form(self.contents[index].children[name])
        if category == "/ExtGState":
            return _state(resource)
        return _colour(resource)

    def _font(self, index: int, name: str) -> Any:
        """The copy of a font; one that shows nothing any more is the standard one."""
        content = self.contents[index]
        source = content.resources.Font[name]
        for key, font in self._by_source.items():
            if font.source == source and (font.source.objgen == source.objgen):
                if key not in self._fonts:
                    self._fonts[key] = self._embedded(font, self._used[key])
                return self._fonts[key]
        return self._nothing()

    def _embedded(self, font: PdfFont, used: set[int]) -> Any:
        return font_copy(self.target, font, used, len(self._fonts) + 1) if used else self._nothing()

    def _nothing(self) -> Any:
        return pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)

    def _form(self, index: int) -> Any:
        if index not in self._forms:
            form = self.contents[index].form
            body, resources = self._written(index)
            new = self.target.make_stream(body)
            new["/Type"], new["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Form
            new["/BBox"] = _numbers(form.BBox)
            if "/Matrix" in form:
                new["/Matrix"] = _numbers(form.Matrix)
            if "/Group" in form:
                new["/Group"] = pikepdf.Dictionary(
                    S=pikepdf.Name.Transparency,
                    I=bool(form.Group.get("/I", False)),
                    K=bool(form.Group.get("/K", False)),
                )
            new["/Resources"] = resources
            self._forms[index] = new
        return self._forms[index]

    def saved(self) -> bytes:
        """The document's bytes: one revision, no information dictionary, an id that depends on the content only."""
        written = io.BytesIO()
        self.target.save(
            written,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            fix_metadata_version=False,
        )
        return written.getvalue()


def _numbers(array: Any) -> pikepdf.Array:
    return pikepdf.Array([float(number) for number in array])


def _state(old: Any) -> pikepdf.Dictionary:
    """A graphics state reduced to opacity, line and blend settings."""
    new = pikepdf.Dictionary(Type=pikepdf.Name.ExtGState)
    if old is None:
        return new
    for key in ("/ca", "/CA", "/LW", "/LC", "/LJ", "/ML", "/OPM"):
        if key in old:
            new[key] = float(old[key]) if key in {"/ca", "/CA", "/LW", "/ML"} else int(old[key])
    for key in ("/OP", "/op", "/SA", "/AIS"):
        if key in old:
            new[key] = bool(old[key])
    if str(old.get("/BM", "")) in {"/Normal", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten"}:
        new["/BM"] = pikepdf.Name(str(old.BM))
    return new


def _colour(old: Any) -> Any:
    """A plain colour space; a profile becomes the device space with as many components."""
    if isinstance(old, pikepdf.Name):
        return pikepdf.Name(str(old)) if str(old) in {"/DeviceGray", "/DeviceRGB", "/DeviceCMYK"} else _unknown_colour()
    family = str(old[0])
    if family == "/ICCBased":
        return {1: pikepdf.Name.DeviceGray, 3: pikepdf.Name.DeviceRGB, 4: pikepdf.Name.DeviceCMYK}[int(old[1].N)]
    if family in {"/CalGray", "/CalRGB", "/Lab"}:
        numbers = {
            key: _numbers(value) if isinstance(value, pikepdf.Array) else float(value)
            for key, value in old[1].items()
            if key in {"/WhitePoint", "/BlackPoint", "/Gamma", "/Matrix", "/Range"}
        }
        return pikepdf.Array([pikepdf.Name(family), pikepdf.Dictionary(numbers)])
    return _unknown_colour()


def _unknown_colour() -> Any:
    raise Withheld("colour", "PDF 使用了无法处理的颜色空间", "the PDF uses a colour space that cannot be read")
