"""One cell: from text to an exact value, or a finding that says what is wrong and how to mend it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime

from legal_service import clock, money
from legal_service.errors import Words
from legal_service.intake.layout import Column

Value = str | int | bool | date | datetime | None

EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)

_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d{2})(\d{2})")
_MIDNIGHT = re.compile(r"[ T]0?0:00(:00(\.0+)?)?$")
_MOMENT = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[ T]*(\d{1,2})[:时](\d{1,2})分?(.*)")
_GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d{1,2})?")
_TRUE, _FALSE = {"y", "yes", "true", "1", "是", "有"}, {"n", "no", "false", "0", "否", "无"}
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_IN_PROSE = {"Cf", "Zl", "Zp"}
_TURNS_TEXT = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class CellError(ValueError):
    """What is wrong with a cell, with a code for the finding."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.code = code
        self.words = Words(zh=zh, en=en)


def parse(column: Column, text: str) -> Value:
    """The value of a cell by its column's kind; an empty optional cell is the column's default, else None (text: "").

    Amounts come back in fen, rates in millionths, uplifts in hundredths. Raises `CellError`.
    """
    text = (text if text.isascii() else unicodedata.normalize("NFC", text)).strip()
    if not text:
        if column.required:
            raise CellError(
                "required", f"{column.shown} 为必填项，请补填。", f"{column.shown} is required; fill it in."
            )
        text = column.default
        if not text:
            return "" if column.kind in ("text", "prose", "choice", "order") else None
    return _PARSERS[column.kind](column, text)


def _text(column: Column, text: str) -> str:
    if len(text) > column.longest:
        raise CellError(
            "cell_too_long",
            f"有 {len(text)} 个字符，上限 {column.longest}；请核对是否错列，或予以缩短。",
            f"{len(text)} characters where {column.longest} are allowed; check for a shifted column, or shorten it.",
        )
    if column.name == "loan_no" and any(one.isspace() for one in text):
        raise CellError(
            "bad_character", "借据号中不得有空格，请删除。", "a loan number cannot hold spaces; delete them."
        )
    if text.isprintable():
        return text
    for one in text:
        if _unusable(one, prose=column.kind == "prose"):
            raise CellError(
                "bad_character",
                f"含看不见或不可用的字符 U+{ord(one):04X}（换行、零宽字符等），请删除。",
                f"holds the unseen or unusable character U+{ord(one):04X} (a line break, a zero-width one); delete it.",
            )
    return text


def _unusable(one: str, *, prose: bool) -> bool:
    """Whether a character cannot stand in a name or number (or, in prose, in running text)."""
    category = unicodedata.category(one)
    if category not in _UNSEEN or (category == "Cn" and 0x20000 <= ord(one) < 0x3FFFE and ord(one) & 0xFFFF < 0xFFFE):
        return False  # rare characters of personal names, assigned after this Python's Unicode tables
    if prose:
        return not (one in "\n\r\t" or (category in _IN_PROSE and one not in _TURNS_TEXT))
    return True


def _narrow(text: str) -> str:
    """Full-width digits and signs as the ordinary ones."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def _amount(_column: Column, text: str) -> int:
    text = _narrow(text)
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    try:
        fen = money.parse_amount(text)
    except ValueError:
        raise CellError(
            "bad_amount",
            f"{text[:40]!r} 不是以元为单位、最多两位小数的金额，请写作 12345.60 的形式。",
            f"{text[:40]!r} is not an amount of yuan with at most two decimals; write it like 12345.60.",
        ) from None
    if fen < 0:
        raise CellError(
            "negative_amount",
            "金额不得为负；请填正数，冲正须另立一行（kind 填 reversal）。",
            "an amount cannot be negative: write it positive; a reversal is a line of its own of kind reversal.",
        )
    return fen


def _rate(_column: Column, text: str) -> int:
    try:
        return money.parse_rate(_narrow(text))
    except ValueError:
        raise CellError(
            "bad_rate",
            f"{text[:40]!r} 不是小数形式的年利率；18% 请写作 0.18，最多六位小数。",
            f"{text[:40]!r} is not a yearly rate as a decimal; write 18 % as 0.18, with at most six decimals.",
        ) from None


def _uplift(_column: Column, text: str) -> int:
    micro = _rate(_column, text)
    if micro % 10_000:
        raise CellError(
            "bad_rate",
            "罚息上浮最多两位小数；上浮 50% 请写作 0.5。",
            "an uplift has at most two decimals; write +50 % as 0.5.",
        )
    return micro // 10_000


def _whole(_column: Column, text: str) -> int:
    text = _narrow(text)
    if not re.fullmatch(r"\d{1,6}", text):
        raise CellError(
            "bad_number",
            f"{text[:40]!r} 不是整数，请写作 12 的形式。",
            f"{text[:40]!r} is not a whole number; write it like 12.",
        )
    return int(text)


def _date(_column: Column, text: str) -> date:
    text = _narrow(text)
    match = _DATE.fullmatch(text) or _DATE.fullmatch(_MIDNIGHT.sub("", text))
    if match is None:
        raise CellError(
            "bad_date",
            f"{text[:40]!r} 不是日期；请写作 2026-03-01。",
            f"{text[:40]!r} is not a date; write 2026-03-01.",
        )
    year, month, day = (int(part) for part in match.groups() if part is not None)
    try:
        found = date(year, month, day)
    except ValueError:
        raise CellError(
            "bad_date",
            f"日历上没有 {year}年{month}月{day}日这一天，请核对原件后更正。",
            f"there is no such day as {year}-{month:02d}-{day:02d}; check the source and correct it.",
        ) from None
    _within("bad_date", found)
    return found


def _within(code: str, found: date) -> None:
    if not EARLIEST <= found <= LATEST:
        raise CellError(
            code,
            f"日期 {found} 须在 {EARLIEST.year} 年至 {LATEST.year} 年之间，请更正。",
            f"the date {found} must lie between {EARLIEST.year} and {LATEST.year}; correct it.",
        )


def _moment(_column: Column, text: str) -> datetime:
    text = _narrow(text)
    try:
        if match := _MOMENT.fullmatch(text):
            year, month, day, hour, minute = (int(part) for part in match.groups()[:5])
            found = clock.parse_moment(f"{year}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}{match[6].strip()}")
        else:
            found = clock.parse_moment(text.replace("/", "-"))
    except (ValueError, OverflowError):
        raise CellError(
            "bad_moment",
            f"{text[:40]!r} 不是时间；请写作 2026-03-01 09:30（北京时间）或带时区的 ISO 8601。",
            f"{text[:40]!r} is not a moment; write 2026-03-01 09:30 (Shanghai time) or ISO 8601 with an offset.",
        ) from None
    _within("bad_moment", found.date())
    return found


def _flag(_column: Column, text: str) -> bool:
    plain = _narrow(text).lower()
    if plain in _TRUE:
        return True
    if plain in _FALSE:
        return False
    raise CellError(
        "bad_flag", f"{text[:40]!r} 不是 Y 或 N，请改写。", f"{text[:40]!r} is neither Y nor N; write one of them."
    )


def _choice(column: Column, text: str) -> str:
    if text in column.choices:
        return text
    options = "、".join(column.choices)
    raise CellError(
        "unknown_code",
        f"{text[:40]!r} 不在可用值之内，请改为：{options}；或在 --mapping 的 values 中对应。",
        f"{text[:40]!r} is not a code here; write one of {', '.join(column.choices)}, or map it under values of --mapping.",
    )


def _order(column: Column, text: str) -> str:
    parts = [part.strip() for part in _narrow(text).replace("、", ",").split(",")]
    if len(set(parts)) != len(parts) or not set(parts) <= {"costs", "interest", "principal"}:
        raise CellError(
            "bad_order",
            f"{text[:40]!r} 须为 costs、interest、principal 的先后次序，请写作 principal,interest,costs 的形式。",
            f"{text[:40]!r} must order costs, interest and principal; write it like principal,interest,costs.",
        )
    return ",".join(parts)


def parse_allocation(text: str) -> str:
    """The contract's order of appropriation (`costs,interest,principal` or with later orders `;91:…`), checked.

    >>> parse_allocation("interest,principal,costs;91:principal,interest,costs")
    'interest,principal,costs;91:principal,interest,costs'
    """
    text = "".join(_narrow(text).replace("、", ",").split())
    before = 0
    for position, part in enumerate(text.split(";")):
        days, colon, order = part.partition(":") if position else ("", "", part)
        later = int(days) if position and colon and re.fullmatch(r"[0-9]{1,5}", days) else 0
        if (position and later <= before) or sorted(order.split(",")) != ["costs", "interest", "principal"]:
            raise CellError(
                "bad_allocation",
                f"{text[:80]!r} 须写作 costs,interest,principal，或其后接 ;91:costs,principal,interest（逾期天数递增）。",
                f"{text[:80]!r} must read costs,interest,principal, perhaps followed by ;91:costs,principal,interest (days rising).",
            )
        before = later
    return text


_PARSERS: dict[str, Callable[[Column, str], Value]] = {
    "text": _text,
    "prose": _text,
    "amount": _amount,
    "rate": _rate,
    "uplift": _uplift,
    "whole": _whole,
    "date": _date,
    "moment": _moment,
    "flag": _flag,
    "choice": _choice,
    "order": _order,
}
