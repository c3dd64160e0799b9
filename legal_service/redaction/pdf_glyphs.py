"""A PDF page as glyphs: the content stream is run, and each shown code knows its characters and its place.

Only what a text document needs is let through; whatever could hide text from the reader (Type 3 fonts, patterns,
pictures larger than a bullet, soft masks, outlines drawn as curves) withholds the file.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import pikepdf

from legal_service.redaction.pdf_fonts import PdfFont, read_font
from legal_service.redaction.withheld import Withheld

_DROPPED_WRITTEN = """
BMC BDC EMC MP DP BX EX
"""
_DROPPED = frozenset(_DROPPED_WRITTEN.split())
_PAINTED_WRITTEN = """
q Q cm w J j M d ri i gs m l c v y h re S s f F f* B B* b b* n W W* CS cs SC SCN sc scn G g RG rg K k BT ET Tc Tw Tz
TL Tf Tr Ts Td TD Tm T* Tj TJ ' " Do
"""
_PAINTED = frozenset(_PAINTED_WRITTEN.split())
_LARGEST_BULLET = 64
_MOST_CURVES = 600
_DEEPEST_FORM = 8
_MOST_GLYPHS = 3_000_000


class Matrix(NamedTuple):
    """A PDF transformation [a b c d e f]."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def then(self, other: Matrix) -> Matrix:
        """This transformation first, the other after it."""
        return Matrix(
            self.a * other.a + self.b * other.c,
            self.a * other.b + self.b * other.d,
            self.c * other.a + self.d * other.c,
            self.c * other.b + self.d * other.d,
            self.e * other.a + self.f * other.c + other.e,
            self.e * other.b + self.f * other.d + other.f,
        )

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point goes."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f


IDENTITY = Matrix(1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class Glyph:
    """One shown code. `content`, `operation`, `piece` and `at` say where it is written; the rest where it is seen.

    `shift` is the TJ number that moves on by its advance; `origin` to `end` is its base line on the page, `up` the
    vector of its height.
    """

    content: int
    operation: int
    piece: int
    at: int
    font: PdfFont
    code: int
    text: str
    shift: float
    origin: tuple[float, float]
    end: tuple[float, float]
    up: tuple[float, float]

    @property
    def size(self) -> float:
        """The height of the line on the page."""
        return math.hypot(*self.up) or 1.0


@dataclass(slots=True)
class Content:
    """One content stream (a page or a form) as operations; `shows` holds the bytes and fonts of its text operations."""

    operations: list[tuple[list[Any], str]]
    resources: Any
    form: Any = None
    shows: dict[int, tuple[PdfFont, list[bytes | float]]] = field(default_factory=dict)
    children: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class _State:
    ctm: Matrix
    font: PdfFont | None = None
    size: float = 0.0
    spacing: float = 0.0
    word: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0


class PageReader:
    """Runs the content of pages; `contents` are the distinct streams met, `glyphs` what they show, in that order."""

    def __init__(self) -> None:
        self.contents: list[Content] = []
        self.glyphs: list[Glyph] = []
        self._forms: dict[tuple[int, int], int] = {}
        self._fonts: dict[tuple[int, int], PdfFont] = {}
        self._curves = 0

    def page(self, page: pikepdf.Page) -> tuple[int, list[Glyph]]:
        """The index of the page's content and its glyphs in the order they are shown."""
        self._curves = 0
        first = len(self.glyphs)
        index = self._content(page.obj, page.resources, None)
        self._run(index, IDENTITY, 0)
        return index, self.glyphs[first:]

    def _content(self, stream: Any, resources: Any, form: Any) -> int:
        try:
            parsed = pikepdf.parse_content_stream(stream)
        except (pikepdf.PdfError, ValueError, TypeError) as error:
            raise Withheld(
                "content_broken", "PDF 页面内容无法解析", "a content stream of the PDF cannot be parsed"
            ) from error
        operations: list[tuple[list[Any], str]] = []
        for instruction in parsed:
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                _only_bullets(instruction.iimage.width, instruction.iimage.height)
                continue
            operator = str(instruction.operator)
            if operator in _DROPPED:
                continue
            if operator not in _PAINTED:
                raise Withheld(
                    "operator", f"PDF 含有无法处理的绘制指令 {operator}", f"the PDF paints with the operator {operator}"
                )
            operations.append((list(instruction.operands), operator))
        self.contents.append(Content(operations, resources, form))
        return len(self.contents) - 1

    def _run(self, index: int, ctm: Matrix, depth: int) -> None:
        content = self.contents[index]
        state, saved = _State(ctm), list[_State]()
        line = text = IDENTITY
        for number, (operands, operator) in enumerate(content.operations):
            if operator == "q":
                saved.append(replace(state))
            elif operator == "Q":
                state = saved.pop() if saved else state
            elif operator == "cm":
                state.ctm = _matrix(operands).then(state.ctm)
            elif operator == "BT":
                line = text = IDENTITY
            elif operator == "Tm":
                line = text = _matrix(operands)
            elif operator in {"Td", "TD", "T*", "'", '"'}:
                x, y = _move(state, operands, operator)
                line = text = Matrix(1, 0, 0, 1, x, y).then(line)
            elif operator == "Do":
                self._paint(content, str(operands[0]), state.ctm, depth)
            elif operator in "cvy":
                self._curve()
            else:
                self._set(state, operands, operator, content)
            if operator in {"Tj", "TJ", "'", '"'}:
                text = self._show(index, number, operands[-1], operator, state, text)

    def _curve(self) -> None:
        self._curves += 1
        if self._curves > _MOST_CURVES:
            raise Withheld(
                "drawn_shapes",
                "PDF 页面含大量曲线图形，可能是描成图形的文字",
                "a page draws so many curves that they may be letters",
            )

    def _set(self, state: _State, operands: list[Any], operator: str, content: Content) -> None:
        match operator:
            case "Tf":
                state.font, state.size = self._font(content, str(operands[0])), float(operands[1])
            case "Tc":
                state.spacing = float(operands[0])
            case "Tw":
                state.word = float(operands[0])
            case "Tz":
                state.scale = float(operands[0]) / 100
            case "TL":
                state.leading = float(operands[0])
            case "Ts":
                state.rise = float(operands[0])
            case "gs":
                _plain_state(content, str(operands[0]))
            case "scn" | "SCN" if operands and isinstance(operands[-1], pikepdf.Name):
                raise Withheld("pattern", "PDF 含有图案填充", "the PDF paints with a pattern")
            case _:
                pass

    def _font(self, content: Content, name: str) -> PdfFont:
        fonts = content.resources.get("/Font") if content.resources is not None else None
        if fonts is None or name not in fonts:
            raise Withheld("font_missing", "PDF 引用了不存在的字体", "the PDF shows text in a font it does not have")
        font = fonts[name]
        key = font.objgen if font.objgen != (0, 0) else (-id(content), hash(name))
        if key not in self._fonts:
            self._fonts[key] = read_font(font)
        return self._fonts[key]

    def _paint(self, content: Content, name: str, ctm: Matrix, depth: int) -> None:
        objects = content.resources.get("/XObject") if content.resources is not None else None
        if objects is None or name not in objects:
            return
        painted = objects[name]
        if str(painted.get("/Subtype")) == "/Image":
            _only_bullets(int(painted.get("/Width", 1 << 16)), int(painted.get("/Height", 1 << 16)))
            return
        if str(painted.get("/Subtype")) != "/Form" or depth >= _DEEPEST_FORM:
            raise Withheld("xobject", "PDF 含有无法处理的内嵌对象", "the PDF paints an object that cannot be read")
        if painted.objgen not in self._forms:
            resources = painted.get("/Resources", content.resources)
            self._forms[painted.objgen] = self._content(painted, resources, painted)
        content.children[name] = self._forms[painted.objgen]
        matrix = _matrix(painted.Matrix) if "/Matrix" in painted else IDENTITY
        self._run(self._forms[painted.objgen], matrix.then(ctm), depth + 1)

    def _show(self, index: int, number: int, shown: Any, operator: str, state: _State, text: Matrix) -> Matrix:
        """Record the glyphs of one text operation; the text matrix after it."""
        if state.font is None:
            raise Withheld("font_missing", "PDF 文字没有指定字体", "the PDF shows text without a font")
        pieces: list[bytes | float] = (
            [bytes(item) if isinstance(item, pikepdf.String) else float(item) for item in shown]
            if operator == "TJ"
            else [bytes(shown)]
        )
        self.contents[index].shows[number] = (state.font, pieces)
        for place, piece in enumerate(pieces):
            if isinstance(piece, float):
                text = Matrix(1, 0, 0, 1, -piece / 1000 * state.size * state.scale, 0).then(text)
                continue
            for at, (code, raw) in enumerate(state.font.codes(piece)):
                extra = state.spacing + (state.word if raw == b" " else 0.0)
                advance = (state.font.width(code) / 1000 * state.size + extra) * state.scale
                seen = text.then(state.ctm)
                shift = -(state.font.width(code) + (extra * 1000 / state.size if state.size else 0.0))
                up = (seen.c * state.size, seen.d * state.size)
                self.glyphs.append(
                    Glyph(index, number, place, at, state.font, code, state.font.text(code), shift,
                          seen.point(0, state.rise), seen.point(advance, state.rise), up)
                )  # fmt: skip
                text = Matrix(1, 0, 0, 1, advance, 0).then(text)
        if len(self.glyphs) > _MOST_GLYPHS:
            raise Withheld("too_large", "PDF 文字过多", "the PDF shows too much text")
        return text


def _move(state: _State, operands: list[Any], operator: str) -> tuple[float, float]:
    """How far the line moves; sets the leading and spacings that the operator sets on its way."""
    if operator in {"Td", "TD"}:
        if operator == "TD":
            state.leading = -float(operands[1])
        return float(operands[0]), float(operands[1])
    if operator == '"':
        state.word, state.spacing = float(operands[0]), float(operands[1])
    return 0.0, -state.leading


def _matrix(numbers: Sequence[Any]) -> Matrix:
    return Matrix(*(float(number) for number in list(numbers)[:6]))


def _only_bullets(width: int, height: int) -> None:
    if width > _LARGEST_BULLET or height > _LARGEST_BULLET:
        raise Withheld(
            "picture",
            "PDF 含有扫描页或图片，图片文字的识别与遮盖尚未启用",
            "the PDF holds a scan or a picture; reading and masking pictures is not enabled yet",
        )


def _plain_state(content: Content, name: str) -> None:
    states = content.resources.get("/ExtGState") if content.resources is not None else None
    state = states.get(name) if states is not None else None
    if state is None:
        return
    if "/Font" in state or str(state.get("/SMask", "/None")) != "/None":
        raise Withheld(
            "graphics_state", "PDF 含有软蒙版或状态字体", "the PDF uses a soft mask or a font set by a graphics state"
        )
