"""Tables of a Word document as HTML tables: grid, merged cells, borders, repeated heads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from legal_service.documents.word_format import Setting
from legal_service.documents.word_parts import W
from legal_service.documents.word_sheet import Declarations, Sheet, border, points, pt, shading
from legal_service.documents.word_styles import Properties, Styles, flat, merged, on, refuse_unknown, unsupported, value
from legal_service.errors import Words

_TABLE = frozenset({
    "tblStyle", "tblW", "jc", "tblInd", "tblBorders", "tblLayout", "tblCellMar", "tblLook", "tblStyleRowBandSize", "tblStyleColBandSize",
    "tblCaption", "tblDescription", "shd",
})  # fmt: skip
_ROW = frozenset(
    {"cantSplit", "tblHeader", "trHeight", "gridBefore", "gridAfter", "wBefore", "wAfter", "jc", "cnfStyle"}
)
_CELL = frozenset(
    {
        "tcW",
        "gridSpan",
        "vMerge",
        "tcBorders",
        "shd",
        "tcMar",
        "vAlign",
        "noWrap",
        "hideMark",
        "cnfStyle",
        "textDirection",
    }
)
_VERTICAL = {"top": "top", "center": "middle", "bottom": "bottom"}

CellContent = Callable[[etree._Element, Words, Setting], str]


@dataclass
class Cell:
    """One `w:tc` on the grid: its first column, how many it spans, and over how many rows."""

    element: etree._Element
    props: Properties
    column: int
    columns: int
    rows: int = 1
    continues: bool = False


class Tables:
    """Converts tables; `content` converts what stands inside a cell."""

    def __init__(self, styles: Styles, sheet: Sheet, content: CellContent, *, compatibility: int) -> None:
        self.styles = styles
        self.sheet = sheet
        self.content = content
        self.compatibility = compatibility

    def table(self, element: etree._Element, where: Words, setting: Setting) -> str:
        """One `w:tbl`."""
        direct = flat(element.find(f"{W}tblPr"))
        style = value(direct, "tblStyle")
        if "tblpPr" in direct:
            raise unsupported("tblpPr", where, zh="浮动表格（文字环绕）", en="a floating table")
        if self.styles.has_conditions(style):
            raise unsupported(
                f"tblStylePr {style}",
                where,
                zh=f"带条件格式的表格样式“{style}”",
                en=f"the conditional table style {style}",
            )
        props = merged(self.styles.of_style(style, "table", "tblPr"), direct)
        refuse_unknown(props, _TABLE, where)
        widths = [points(column.get(f"{W}w", "0")) for column in element.iterfind(f"{W}tblGrid/{W}gridCol")]
        rows = [row for row in element if row.tag == f"{W}tr"]
        strange = [
            child
            for child in element
            if child.tag not in {f"{W}{name}" for name in ("tr", "tblPr", "tblGrid", "bookmarkStart", "bookmarkEnd")}
        ]
        if strange:
            raise unsupported(etree.QName(strange[0]).localname, where)
        grid = [self._cells(row, index, where) for index, row in enumerate(rows, start=1)]
        _join(grid)
        inner = Setting(table_style=style, pitch=setting.pitch)
        drawn = [
            self._row(row, cells, props, inner, where, (index, len(rows), len(widths)))
            for index, (row, cells) in enumerate(zip(rows, grid, strict=True))
        ]
        heads = 0
        while heads < len(rows) and on(flat(rows[heads].find(f"{W}trPr")), "tblHeader"):
            heads += 1
        head = f"<thead>{''.join(drawn[:heads])}</thead>" if 0 < heads < len(rows) else ""
        body = "".join(drawn[heads:] if head else drawn)
        columns = "".join(f'<col style="width:{pt(width)}">' for width in widths)
        css = self._table_css(props, widths, setting)
        setting.flow.after, setting.flow.style = 0, ""
        return (
            f'<table class="{self.sheet.named(css)}"><colgroup>{columns}</colgroup>{head}<tbody>{body}</tbody></table>'
        )

    def _table_css(self, props: Properties, widths: list[float], setting: Setting) -> Declarations:
        css: Declarations = {"width": pt(sum(widths))}
        if value(props, "tblW", "type") == "pct":
            css["width"] = f"{float(value(props, 'tblW', 'w').rstrip('%')) / 50:g}%"
        indent = points(value(props, "tblInd", "w", "0")) if value(props, "tblInd", "type", "dxa") == "dxa" else 0.0
        if self.compatibility < 15:  # before Word 2013 the text, not the border, stands on the margin
            indent -= points(value(props, "tblCellMar.left", "w", "0"))
        align = value(props, "jc", default="left")
        if align == "center":
            css |= {"margin-left": "auto", "margin-right": "auto"}
        elif align in {"right", "end"}:
            css["margin-left"] = "auto"
        elif indent:
            css["margin-left"] = pt(indent)
        if setting.flow.break_before:
            css["break-before"] = "page"
            setting.flow.break_before = False
        return css

    def _cells(self, row: etree._Element, number: int, where: Words) -> list[Cell]:
        props = flat(row.find(f"{W}trPr"))
        refuse_unknown(
            (name for name in props if on(props, name)),
            _ROW,
            Words(zh=f"{where.zh}第{number}行", en=f"{where.en}, row {number}"),
        )
        column = int(value(props, "gridBefore", default="0"))
        cells: list[Cell] = []
        for child in row:
            boxes = (
                child.findall(f"{W}sdtContent/{W}tc")
                if child.tag == f"{W}sdt"
                else [child]
                if child.tag == f"{W}tc"
                else []
            )
            if not boxes and child.tag not in {f"{W}trPr", f"{W}bookmarkStart", f"{W}bookmarkEnd"}:
                raise unsupported(etree.QName(child).localname, where)
            for box in boxes:
                own = flat(box.find(f"{W}tcPr"))
                place = Words(
                    zh=f"{where.zh}第{number}行第{len(cells) + 1}格",
                    en=f"{where.en}, row {number}, cell {len(cells) + 1}",
                )
                refuse_unknown((name for name in own if on(own, name)), _CELL, place)
                if value(own, "textDirection", default="lrTb") not in {"lrTb", "lrTbV"}:
                    raise unsupported("textDirection", place, zh="竖排文字", en="vertical text")
                if {"tcBorders.tl2br", "tcBorders.tr2bl"} & own.keys():
                    raise unsupported("tl2br", place, zh="斜线单元格", en="a diagonal line")
                span = int(value(own, "gridSpan", default="1"))
                continues = "vMerge" in own and value(own, "vMerge", default="continue") == "continue"
                cells.append(Cell(box, own, column, span, continues=continues))
                column += span
        return cells

    def _row(
        self,
        row: etree._Element,
        cells: list[Cell],
        table: Properties,
        setting: Setting,
        where: Words,
        position: tuple[int, int, int],
    ) -> str:
        index, _rows, _columns = position
        props = flat(row.find(f"{W}trPr"))
        css: Declarations = {}
        if "trHeight" in props:
            css["height"] = pt(points(value(props, "trHeight", default="0")))
        if on(props, "cantSplit"):
            css["break-inside"] = "avoid"
        if self._kept_with_next(cells):
            css["break-after"] = "avoid"
        out = _gap(value(props, "gridBefore", default="0"))
        for count, cell in enumerate(cells, start=1):
            if cell.continues and cell.rows == 0:
                continue
            place = Words(zh=f"{where.zh}第{index + 1}行第{count}格", en=f"{where.en}, row {index + 1}, cell {count}")
            spans = (f' colspan="{cell.columns}"' if cell.columns > 1 else "") + (
                f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
            )
            inside = self.content(cell.element, place, Setting(table_style=setting.table_style, pitch=setting.pitch))
            out += f'<td class="{self.sheet.named(self._cell_css(cell, table, position, place))}"{spans}>{inside}</td>'
        out += _gap(value(props, "gridAfter", default="0"))
        return f'<tr class="{self.sheet.named(css)}">{out}</tr>' if css else f"<tr>{out}</tr>"

    def _kept_with_next(self, cells: list[Cell]) -> bool:
        def kept(cell: Cell) -> bool:
            paragraph = cell.element.find(f"{W}p")
            direct = flat(None if paragraph is None else paragraph.find(f"{W}pPr"))
            return on(merged(self.styles.of_style(value(direct, "pStyle"), "paragraph", "pPr"), direct), "keepNext")

        return bool(cells) and all(kept(cell) for cell in cells)

    def _cell_css(self, cell: Cell, table: Properties, position: tuple[int, int, int], where: Words) -> Declarations:
        row, rows, columns = position
        css: Declarations = {}
        outer = {
            "top": row == 0, "bottom": row + cell.rows >= rows, "left": cell.column == 0, "right": cell.column + cell.columns >= columns,
        }  # fmt: skip
        for edge, is_outer in outer.items():
            inside = "insideH" if edge in {"top", "bottom"} else "insideV"
            line = cell.props.get(f"tcBorders.{edge}", table.get(f"tblBorders.{edge if is_outer else inside}", {}))
            if (drawn := border(line, where)) != "none":
                css[f"border-{edge}"] = drawn
            margin = cell.props.get(f"tcMar.{edge}", table.get(f"tblCellMar.{edge}", {})).get("w", "0")
            if float(margin):
                css[f"padding-{edge}"] = pt(points(margin))
        across = _VERTICAL.get(value(cell.props, "vAlign", default="top"))
        if across is None:
            raise unsupported("vAlign", where, zh="单元格垂直对齐方式", en="vertical alignment")
        if across != "top":
            css["vertical-align"] = across
        if fill := shading(cell.props.get("shd", table.get("shd", {}))):
            css["background"] = fill
        return css


def _gap(columns: str) -> str:
    return f'<td colspan="{columns}"></td>' if int(columns) else ""


def _join(grid: list[list[Cell]]) -> None:
    """Give each cell that starts a vertical merge its number of rows; the cells it swallows get none."""
    above: dict[int, Cell] = {}
    for row in grid:
        current: dict[int, Cell] = {}
        for cell in row:
            start = above.get(cell.column)
            if cell.continues and start is not None and start.columns == cell.columns:
                start.rows += 1
                cell.rows = 0
                current[cell.column] = start
            elif "vMerge" in cell.props:
                current[cell.column] = cell
        above = current
