"""Arguments of a question of law as they come from flags, JSON or the API, read one by one with a clear word on what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from legal_service import money
from legal_service.errors import Refusal, Words

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_HOUR = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}", re.ASCII)
_YEARS = frozenset(str(year) for year in range(1900, 3000))
"""Years that a question may name: no period that the law knows leads out of the calendar from there."""
_YES = {"true": True, "yes": True, "y": True, "false": False, "no": False, "n": False}


class ArgumentError(Refusal):
    """An argument is missing, unknown or of the wrong form; `field` names it (`events[0].on`) and `rule` says what is wrong."""

    def __init__(self, zh: str, en: str, *, field: str = "", rule: Words | None = None) -> None:
        reason = Words(zh=zh, en=en)
        super().__init__("wrong_argument", reason, "机构内部规则：命令参数")
        self.field = field
        self.rule = rule or reason


class Given:
    """The arguments of one question, or of one row of a list in it; `null` counts as absent.

    Every reading method names the argument; `finish` refuses what nobody asked for, so that a misspelt name is not
    silently ignored.
    """

    def __init__(self, values: Any, where: str = "") -> None:
        if not isinstance(values, Mapping):
            place = where.rstrip(".") or "object"
            raise ArgumentError(f"{place}：须为 JSON 对象", f"{place}: a JSON object is needed")
        self._values = {_written(str(name), where): value for name, value in values.items() if value is not None}
        self._where = where
        self._asked: set[str] = set()

    def has(self, name: str) -> bool:
        """Whether the argument was given."""
        self._asked.add(name)
        return name in self._values

    def text(self, name: str, default: str | None = None) -> str:
        """A text; a number in its place is read as it is written."""
        value = self._take(name, default)
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise self._wrong(name, "须为文本", "a text is needed")
        return _written(str(value), f"{self._where}{name}")

    def choice(self, name: str, choices: tuple[str, ...], default: str | None = None) -> str:
        """One of several codes."""
        value = self.text(name, default)
        if value not in choices:
            listed = ", ".join(choices)
            raise self._wrong(
                name, f"须为 {listed} 之一，现为 {value[:40]!r}", f"one of {listed} is needed, not {value[:40]!r}"
            )
        return value

    def amount(self, name: str, default: str | None = None) -> money.Fen:
        """An amount of yuan with at most two decimals, in fen; a negative one is refused."""
        value = self.text(name, default)
        try:
            fen = money.parse_amount(value)
        except ValueError:
            raise self._wrong(
                name,
                f"须为至多两位小数的金额（不带千分位），现为 {value[:40]!r}",
                f"an amount with at most two decimals and no separators is needed, not {value[:40]!r}",
            ) from None
        if fen < 0:
            words = Words(
                zh=f"{self._where}{name}：金额不能为负数", en=f"{self._where}{name}: an amount cannot be negative"
            )
            refusal = Refusal("negative_amount", words, "机构内部规则：命令参数")
            refusal.field = f"{self._where}{name}"  # type: ignore[attr-defined]
            refusal.rule = Words(zh="金额不能为负数", en="an amount cannot be negative")  # type: ignore[attr-defined]
            raise refusal
        return fen

    def rate(self, name: str, default: str | None = None) -> money.Micro:
        """A yearly rate as a decimal fraction, in millionths."""
        value = self.text(name, default)
        try:
            return money.parse_rate(value)
        except ValueError:
            raise self._wrong(
                name,
                f"须为至多六位小数的年利率（如 0.18），现为 {value[:40]!r}",
                f"a yearly rate with at most six decimals (0.18) is needed, not {value[:40]!r}",
            ) from None

    def whole(self, name: str, largest: int) -> int:
        """A whole number from 0 to `largest`."""
        value = self.text(name)
        if not re.fullmatch(r"[0-9]{1,9}", value) or int(value) > largest:
            raise self._wrong(name, f"须为 0 至 {largest} 的整数", f"a whole number from 0 to {largest} is needed")
        return int(value)

    def day(self, name: str, default: date | None = None) -> date:
        """A date, ISO 8601 (2026-11-23)."""
        if default is not None and not self.has(name):
            return default
        value = self.text(name)
        try:
            if _DAY.fullmatch(value) and value[:4] in _YEARS:
                return date.fromisoformat(value)
        except ValueError:
            pass
        raise self._wrong(
            name,
            f"须为 1900 至 2999 年间存在的日期（如 2026-11-23），现为 {value[:40]!r}",
            f"a date like 2026-11-23, from 1900 to 2999, is needed, not {value[:40]!r}",
        )

    def moment(self, name: str) -> datetime:
        """A day and an hour in Shanghai, ISO 8601 to the minute (2026-11-23T10:20)."""
        value = self.text(name)
        try:
            if _HOUR.fullmatch(value) and value[:4] in _YEARS:
                return datetime.fromisoformat(value)
        except ValueError:
            pass
        raise self._wrong(
            name,
            f"须为北京时间的日期与时刻（如 2026-11-23T10:20），现为 {value[:40]!r}",
            f"a date and hour of Shanghai like 2026-11-23T10:20 is needed, not {value[:40]!r}",
        )

    def optional_day(self, name: str) -> date | None:
        """A date, or nothing."""
        return self.day(name) if self.has(name) else None

    def flag(self, name: str, default: bool = False) -> bool:
        """Yes or no: a JSON boolean, or Y/N, true/false."""
        value = self._take(name, default)
        if isinstance(value, bool):
            return value
        if isinstance(value, str) and value.lower() in _YES:
            return _YES[value.lower()]
        raise self._wrong(name, "须为 true/false 或 Y/N", "true/false or Y/N is needed")

    def is_amount(self, name: str) -> bool:
        """Whether the argument was given as a number, where a yes or no would also do."""
        return self.has(name) and re.fullmatch(r"[0-9]+(\.[0-9]+)?", str(self._values[name])) is not None

    def rows(self, name: str, *, required: bool = False) -> list[Given]:
        """A list of objects, each to be read like the question itself."""
        values = self._list(name, required)
        return [Given(value, f"{self._where}{name}[{number}].") for number, value in enumerate(values)]

    def texts(self, name: str, *, required: bool = False) -> list[str]:
        """A list of texts; one text alone counts as a list of one."""
        if self.has(name) and isinstance(self._values[name], str):
            return [self.text(name)]
        values = self._list(name, required)
        if not all(isinstance(value, str) for value in values):
            raise self._wrong(name, "须为文本数组", "a list of texts is needed")
        return [_written(value, f"{self._where}{name}") for value in values]

    def finish(self) -> None:
        """Refuse arguments that nobody asked for."""
        if unknown := sorted(self._values.keys() - self._asked):
            names = ", ".join(f"{self._where}{name}"[:60] for name in unknown)
            raise ArgumentError(f"不认识的参数：{names}", f"unknown arguments: {names}")

    def _take(self, name: str, default: Any = None) -> Any:
        if self.has(name):
            return self._values[name]
        if default is None:
            raise self._wrong(name, "缺少此参数", "this argument is missing")
        return default

    def _list(self, name: str, required: bool) -> list[Any]:
        if not self.has(name) and not required:
            return []
        value = self._take(name)
        if not isinstance(value, list):
            raise self._wrong(name, "须为数组", "a list is needed")
        return value

    def _wrong(self, name: str, zh: str, en: str) -> ArgumentError:
        field = f"{self._where}{name}"
        return ArgumentError(f"{field}：{zh}", f"{field}: {en}", field=field, rule=Words(zh=zh, en=en))


def _written(text: str, where: str) -> str:
    """A text as it came. Half a surrogate pair is no character: it could be neither printed nor stored."""
    if text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text):
        return text
    place = where.rstrip(".") or "object"
    raise ArgumentError(
        f"{place}：含有不成字符的编码（半个代理对）",
        f"{place}: holds half a surrogate pair, which is no character",
        field=place,
    )
