"""Which properties a Word paragraph, run or table really has: defaults, styles along their ancestry, direct formatting.

A property is known by its element's local name; its value is the element's attributes by local name.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from legal_service.documents.word_parts import A, Package, W
from legal_service.errors import Refusal, Words

Properties = dict[str, dict[str, str]]

_BY_ATTRIBUTE = {"spacing", "ind", "rFonts", "tabs", "lang"}
"""Properties of which a later layer changes single attributes only."""

_OFF = {"0", "false", "off", "none"}
_BOXES = {"pBdr", "tblBorders", "tcBorders", "tblCellMar", "tcMar"}


def flat(element: etree._Element | None) -> Properties:
    """The properties an element such as `w:pPr` sets; the edges of borders and margins as `tcBorders.top`."""
    found: Properties = {}
    for child in element if element is not None else ():
        name = etree.QName(child).localname
        if name in _BOXES:
            found |= {f"{name}.{_edge(etree.QName(edge).localname)}": _attributes(edge) for edge in child}
        elif name == "tabs":
            found["tabs"] = {
                tab.get(f"{W}pos", "0"): f"{tab.get(f'{W}val', 'left')} {tab.get(f'{W}leader', 'none')}"
                for tab in child
            }
        elif name == "numPr":
            found |= {etree.QName(item).localname: _attributes(item) for item in child}
        elif name not in {"rPr", "sectPr", "pPrChange", "rPrChange"}:
            found[name] = _attributes(child)
    return found


def _edge(name: str) -> str:
    return {"start": "left", "end": "right"}.get(name, name)


def _attributes(element: etree._Element) -> dict[str, str]:
    return {etree.QName(name).localname: str(text) for name, text in element.attrib.items()}


def merged(*layers: Properties) -> Properties:
    """Later layers win, attribute by attribute where Word does so.

    >>> merged({"ind": {"left": "10", "firstLine": "420"}}, {"ind": {"hanging": "200"}})["ind"]
    {'left': '10', 'hanging': '200'}
    """
    result: Properties = {}
    for layer in layers:
        for name, value in layer.items():
            if name not in _BY_ATTRIBUTE:
                result[name] = value
                continue
            before = dict(result.get(name, {}))
            if name == "ind" and value.keys() & {"hanging", "hangingChars"}:
                before = {key: old for key, old in before.items() if not key.startswith("firstLine")}
            if name == "ind" and value.keys() & {"firstLine", "firstLineChars"}:
                before = {key: old for key, old in before.items() if not key.startswith("hanging")}
            if name == "rFonts":
                before = {
                    key: old
                    for key, old in before.items()
                    if f"{key}Theme" not in value and key.removesuffix("Theme") not in value
                }
            result[name] = before | value
    return result


def on(properties: Properties, name: str) -> bool:
    """Whether a switch such as bold is on."""
    return name in properties and properties[name].get("val", "1") not in _OFF


def value(properties: Properties, name: str, attribute: str = "val", default: str = "") -> str:
    """One attribute of a property."""
    return properties.get(name, {}).get(attribute, default)


class Styles:
    """The style sheet of one document."""

    def __init__(self, package: Package) -> None:
        root = package.parts.get("word/styles.xml")
        self._styles = {} if root is None else {style.get(f"{W}styleId", ""): style for style in root.iter(f"{W}style")}
        self._default = {
            style.get(f"{W}type", ""): identity
            for identity, style in self._styles.items()
            if style.get(f"{W}default") in {"1", "true"}
        }
        defaults = None if root is None else root.find(f"{W}docDefaults")
        self.paragraph_defaults = flat(None if defaults is None else defaults.find(f"{W}pPrDefault/{W}pPr"))
        self.run_defaults = flat(None if defaults is None else defaults.find(f"{W}rPrDefault/{W}rPr"))
        self._theme = _theme_faces(package)
        settings = package.parts.get("word/settings.xml")
        tab = None if settings is None else settings.find(f"{W}defaultTabStop")
        self.tab_every = 720 if tab is None else int(tab.get(f"{W}val", "720"))
        self.even_and_odd = settings is not None and settings.find(f"{W}evenAndOddHeaders") is not None

    def ancestry(self, identity: str, kind: str) -> list[etree._Element]:
        """A style and what it is based on, the oldest first; the default style of its kind where none is named."""
        identity = identity if identity in self._styles else self._default.get(kind, "")
        line: list[etree._Element] = []
        while identity in self._styles and self._styles[identity] not in line:
            style = self._styles[identity]
            line.insert(0, style)
            parent = style.find(f"{W}basedOn")
            identity = "" if parent is None else parent.get(f"{W}val", "")
        return line

    def of_style(self, identity: str, kind: str, part: str) -> Properties:
        """What a style sets in one of its parts (`pPr`, `rPr`, `tblPr`, `tcPr`), ancestors included."""
        return merged(*(flat(style.find(f"{W}{part}")) for style in self.ancestry(identity, kind)))

    def has_conditions(self, identity: str) -> bool:
        """Whether a table style formats first rows, bands and so on differently."""
        return any(
            part.find(f"{W}{name}") is not None and len(part.find(f"{W}{name}")) > 0  # type: ignore[arg-type]
            for style in self.ancestry(identity, "table")
            for part in style.iter(f"{W}tblStylePr")
            for name in ("pPr", "rPr", "tcPr", "tblPr")
        )

    def face(self, run: Properties, script: str) -> str:
        """The name of the typeface of a run for `ascii` or `eastAsia`, themes looked up."""
        fonts = run.get("rFonts", {})
        theme = fonts.get(f"{script}Theme") or (fonts.get("hAnsiTheme") if script == "ascii" else None)
        if theme is not None:
            return self._theme.get(theme, "宋体")
        return fonts.get(script) or (fonts.get("hAnsi", "Times New Roman") if script == "ascii" else "宋体")


def _theme_faces(package: Package) -> dict[str, str]:
    root = next((part for name, part in package.parts.items() if name.startswith("word/theme/")), None)
    faces: dict[str, str] = {}
    for kind in ("major", "minor"):
        group = None if root is None else root.find(f".//{A}{kind}Font")
        if group is None:
            continue
        latin = _typeface(group.findall(f"{A}latin")) or "Times New Roman"
        han = [font for font in group.findall(f"{A}font") if font.get("script") == "Hans"]
        faces |= {
            f"{kind}Ascii": latin,
            f"{kind}HAnsi": latin,
            f"{kind}EastAsia": _typeface(group.findall(f"{A}ea")) or _typeface(han) or "宋体",
        }
    return faces


def _typeface(elements: Iterable[etree._Element]) -> str:
    return next((element.get("typeface", "") for element in elements if element.get("typeface")), "")


def refuse_unknown(names: Iterable[str], known: frozenset[str], where: Words) -> None:
    """Refuse the first property that this converter does not know: it would change the page unseen."""
    for name in names:
        if name.split(".")[0] not in known:
            raise unsupported(name, where)


def unsupported(element: str, where: Words, zh: str = "", en: str = "") -> Refusal:
    """The refusal of something Word can express and the PDF could not show faithfully."""
    return Refusal(
        "word_unsupported",
        Words(
            zh=f"{where.zh}：Word 模板用了不能如实转为 PDF 的内容（{zh or element}）；请改用文字、表格与段落格式。",
            en=f"{where.en}: the Word template uses what cannot be shown faithfully in PDF ({en or element}); use text, tables and paragraph formatting",
        ),
        "机构内部规则：DOCX 与 PDF 须一字不差",
    )
