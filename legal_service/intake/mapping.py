"""Header mapping: how a lender's own file names, headers and codes become the tape's."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from legal_service.errors import Refusal, Words
from legal_service.intake.layout import BY_NAME


def plain(text: str) -> str:
    """A header or code for comparison: NFKC, no spaces, lower case, no decoration.

    >>> plain("\\ufeff ＬＯＡＮ_NO "), plain("期限（月）")
    ('loan_no', '期限月')
    """
    text = unicodedata.normalize("NFKC", text).replace("\ufeff", "")
    return "".join(one for one in text if not one.isspace() and one not in "()*：:").lower()


@dataclass(frozen=True, slots=True)
class HeaderMapping:
    """Sheet names, headers by sheet, and values by column; looked up after `plain`."""

    sheets: Mapping[str, str]
    headers: Mapping[str, Mapping[str, str]]
    values: Mapping[str, Mapping[str, str]]

    def sheet(self, name: str) -> str | None:
        """The tape's sheet that a file or sheet name stands for."""
        wanted = plain(name)
        return wanted if wanted in BY_NAME else self.sheets.get(wanted)

    def column(self, sheet: str, header: str) -> str:
        """The tape's column for a header; the plain header itself when it stands for none (an unknown column)."""
        wanted = plain(header)
        if any(column.name == wanted for column in BY_NAME[sheet].recognised):
            return wanted
        return self.headers.get(sheet, {}).get(wanted, wanted)

    def value(self, column: str, text: str, choices: Sequence[str] = ()) -> str:
        """The tape's code for a cell of a coded column; a cell that stands for none of the choices stays as it is."""
        if text in choices:
            return text
        wanted = plain(text)
        code = self.values.get(column, {}).get(wanted, wanted)
        return code if code in choices or not choices else text.strip()

    def over(self, weaker: HeaderMapping) -> HeaderMapping:
        """This mapping first, then the weaker one."""
        return HeaderMapping(
            sheets={**weaker.sheets, **self.sheets},
            headers={name: {**weaker.headers.get(name, {}), **self.headers.get(name, {})} for name in BY_NAME},
            values={
                name: {**weaker.values.get(name, {}), **self.values.get(name, {})}
                for name in {*weaker.values, *self.values}
            },
        )


def from_definition(definition: Any, name: str) -> HeaderMapping:
    """A mapping from its YAML (`sheets:`, `headers:` by sheet, `values:` by column); refuses `bad_mapping` naming the place."""

    def refuse(zh: str, en: str) -> Refusal:
        return Refusal("bad_mapping", Words(zh=f"映射文件 {name}：{zh}", en=f"mapping {name}: {en}"))

    if not isinstance(definition, dict) or not set(definition) <= {"sheets", "headers", "values"}:
        raise refuse("只应有 sheets、headers、values 三部分", "only sheets, headers and values are allowed")
    parts = {part: definition.get(part) or {} for part in ("sheets", "headers", "values")}
    for part, content in parts.items():
        deep = part != "sheets"
        if not isinstance(content, dict) or (deep and not all(isinstance(one, dict) for one in content.values())):
            raise refuse(
                f"{part} 须为“名称: 对应”的{'两层' if deep else ''}列表",
                f"{part} must list name: meaning{' below each name' if deep else ''}",
            )
    for sheet, headers in parts["headers"].items():
        if sheet not in BY_NAME:
            raise refuse(f"headers 下没有 {sheet} 这张表", f"no sheet {sheet} under headers")
        known = {column.name for column in BY_NAME[sheet].recognised}
        for header, column in headers.items():
            if str(column).lower() not in known:
                raise refuse(
                    f"{sheet} 表没有 {column} 列（{header}）", f"sheet {sheet} has no column {column} ({header})"
                )
    for title, sheet in parts["sheets"].items():
        if sheet not in BY_NAME:
            raise refuse(f"没有 {sheet} 这张表（{title}）", f"no sheet {sheet} ({title})")
    for column, values in parts["values"].items():
        codes = _codes(str(column).lower())
        for text, code in values.items():
            if not codes or (str(code) not in codes and column != "id_type"):
                raise refuse(
                    f"values 下 {column} 列没有代码 {code}（{text}）；可用：{'、'.join(sorted(codes)) or '（该列不是代码列）'}",
                    f"under values, column {column} has no code {code} ({text}); "
                    f"there are: {', '.join(sorted(codes)) or '(the column has no codes)'}",
                )
    return HeaderMapping(
        sheets={plain(str(title)): sheet for title, sheet in parts["sheets"].items()},
        headers={
            sheet: {plain(str(header)): str(column).lower() for header, column in headers.items()}
            for sheet, headers in parts["headers"].items()
        },
        values={
            str(column).lower(): {plain(str(text)): str(code) for text, code in values.items()}
            for column, values in parts["values"].items()
        },
    )


def _codes(column: str) -> set[str]:
    """The codes of a column of this name, in whatever sheet it stands."""
    if column == "id_type":
        return {"id_card"}
    found = [one for sheet in BY_NAME.values() for one in sheet.columns if one.name == column]
    return {code for one in found for code in (one.choices or (("Y", "N") if one.kind == "flag" else ()))}
