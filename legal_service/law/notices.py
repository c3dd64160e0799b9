"""A State Council notice that an institution loads itself: what its file must say, checked field by field and day by day.

The file has the shape of `law/holidays/2026.yaml`. Everything wrong is told at once; what is merely unlikely is a doubt and
does not stop the loading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from legal_service import definitions
from legal_service.definitions import DefinitionError
from legal_service.errors import Finding, Findings, Words
from legal_service.law import calendar
from legal_service.law.calendar import DAY, Notice
from legal_service.law.parameters import Status

BASIS = "机构内部规则：节假日安排通知的录入（house policy: loading a holiday notice）"
LARGEST = 64 * 1024
"""Bytes; a notice has about one thousand."""
FIELDS = ("year", "notice", "published", "sources", "status", "holidays", "working_weekends")
OPTIONAL = ("checked",)
FESTIVALS = ("元旦", "春节", "清明", "劳动节", "端午", "中秋", "国庆")
"""What every notice since 2008 arranges."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A file that may be loaded: the notice it gives and the doubts about it."""

    notice: Notice
    doubts: tuple[Finding, ...]


def same(one: Notice, other: Notice) -> bool:
    """Whether two notices of a year name the same days, whatever else they say."""
    return one.holidays.keys() == other.holidays.keys() and one.working_weekends == other.working_weekends


def read(content: bytes, name: str, *, shipped: Mapping[int, Notice], today: date) -> Draft:
    """The notice a file gives; `name` is the file's, `shipped` the notices of this release by year.

    Raises `Findings` naming field and day of everything wrong: an unreadable file, a field missing, unknown or of the wrong
    form, a publication still to come, a span reversed or outside the year, a day named twice, a working weekend that is none,
    a year that this release has with other days in a text no older.
    """
    reading = _Reading(name[:80])
    definition = reading.definition(content)
    if not reading.found:
        reading.fields(definition, today)
    if reading.wrong:
        raise Findings(reading.found)
    try:
        notice = calendar.from_definition(str(definition["year"]), definition)
    except DefinitionError as error:
        reading.error("bad_notice", "", f"通知无法读取：{error}", f"the notice cannot be read: {error}")
        raise Findings(reading.found) from error
    reading.against(notice, shipped)
    if reading.wrong:
        raise Findings(reading.found)
    return Draft(notice, tuple(reading.found))


def example(notice: Notice) -> str:
    """The file of a notice, as `read` takes it: the model a lawyer fills in for a new year."""
    spans: list[dict[str, Any]] = []
    for day, festival in sorted(notice.holidays.items()):
        if spans and spans[-1]["name"] == festival and spans[-1]["to"] == day - DAY:
            spans[-1]["to"] = day
        else:
            spans.append({"name": festival, "from": day, "to": day})
    return definitions.written(
        {
            "year": notice.year,
            "notice": notice.title,
            "published": notice.published,
            "sources": list(notice.sources),
            "status": notice.status,
            "holidays": spans,
            "working_weekends": sorted(notice.working_weekends),
        }
    )


class _Reading:
    """One file being read; `found` is what was wrong or doubtful about it so far."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: list[Finding] = []
        self.year = 0
        self.days: dict[date, str] = {}

    @property
    def wrong(self) -> bool:
        return any(one.severity == "error" for one in self.found)

    def error(self, code: str, field: str, zh: str, en: str) -> None:
        where = f"{self.name}:{field}" if field else self.name
        self.found.append(Finding(code, "error", where, Words(zh=zh, en=en), BASIS))

    def doubt(self, code: str, field: str, zh: str, en: str) -> None:
        self.found.append(Finding(code, "doubt", f"{self.name}:{field}", Words(zh=zh, en=en), BASIS))

    def definition(self, content: bytes) -> dict[str, Any]:
        if len(content) > LARGEST:
            self.error(
                "too_large", "", "文件超过 64 KB，不是一年的通知。", "The file is above 64 KB: no notice of a year."
            )
            return {}
        try:
            found = definitions.read_foreign(content.decode("utf-8-sig"), self.name, deepest=4)
        except (DefinitionError, ValueError) as error:
            told = str(error)[:200]
            self.error("unreadable", "", f"不是可读的 YAML：{told}", f"not readable as YAML: {told}")
            return {}
        if not isinstance(found, dict):
            self.error("unreadable", "", "应为一份通知（字段：值）。", "One notice (field: value) is needed.")
            return {}
        for missing in [field for field in FIELDS if field not in found]:
            self.error("missing_field", missing, f"缺少字段 {missing}。", f"The field {missing} is missing.")
        for unknown in [str(field)[:40] for field in found if field not in FIELDS + OPTIONAL]:
            self.error("unknown_field", unknown, f"没有字段 {unknown}。", f"There is no field {unknown}.")
        return found

    def fields(self, given: Mapping[str, Any], today: date) -> None:
        year = given["year"]
        if isinstance(year, bool) or not isinstance(year, int) or not 2008 <= year <= today.year + 2:
            self.error(
                "bad_year",
                "year",
                f"年份须为 2008 至 {today.year + 2} 的整数。",
                f"A year from 2008 to {today.year + 2}.",
            )
            return
        self.year = year
        if not isinstance(given["notice"], str) or not given["notice"].strip() or len(given["notice"]) > 200:
            self.error("bad_field", "notice", "须写明通知名称。", "The name of the notice is needed.")
        elif str(year) not in given["notice"]:
            self.doubt("other_title", "notice", f"名称中没有 {year}。", f"The name does not say {year}.")
        if given["status"] not in get_args(Status):
            options = " ".join(get_args(Status))
            self.error("bad_field", "status", f"须为 {options} 之一。", f"One of {options} is needed.")
        sources = given["sources"]
        if not isinstance(sources, list) or not sources or not all(_said(one) for one in sources):
            self.error(
                "bad_field",
                "sources",
                "须列出至少一处来源（网址或文号）。",
                "At least one source (address or number) is needed.",
            )
        self._published(given["published"], today)
        self._holidays(given["holidays"])
        self._weekends(given["working_weekends"])

    def _published(self, published: Any, today: date) -> None:
        if type(published) is not date:
            self.error("bad_field", "published", "须为日期（如 2026-11-04）。", "A date like 2026-11-04 is needed.")
        elif published > today:
            self.error(
                "not_published",
                "published",
                f"{published} 尚未到来：未发布的通知不能录入。",
                f"{published} is still to come: a notice not yet published cannot be loaded.",
            )
        elif not date(self.year - 1, 1, 1) <= published <= date(self.year, 12, 31):
            self.error(
                "bad_field", "published", f"{published} 不在 {self.year} 年或其前一年。",
                f"{published} is not in {self.year} or the year before.",
            )  # fmt: skip

    def _holidays(self, spans: Any) -> None:
        if not isinstance(spans, list) or not spans:
            self.error("bad_field", "holidays", "须列出放假区间。", "The spans of holidays are needed.")
            return
        for number, span in enumerate(spans):
            field = f"holidays[{number}]"
            if not isinstance(span, dict) or set(span) != {"name", "from", "to"} or not _said(span["name"]):
                self.error(
                    "bad_field",
                    field,
                    "每段须有且只有 name、from、to。",
                    "A span has name, from and to, and nothing else.",
                )
            elif type(span["from"]) is not date or type(span["to"]) is not date:
                self.error("bad_field", field, "from、to 须为日期。", "from and to are dates.")
            else:
                self._span(field, span["name"], span["from"], span["to"])
        names = " ".join(str(span.get("name")) for span in spans if isinstance(span, dict))
        if absent := [one for one in FESTIVALS if one not in names]:
            listed = "、".join(absent)
            self.doubt("festival_missing", "holidays", f"没有 {listed}，请核对。", f"{listed} is not there; check it.")
        for day in (date(self.year, 1, 1), date(self.year, 5, 1), date(self.year, 10, 1)):
            if day not in self.days and not self.wrong:
                self.doubt("festival_missing", "holidays", f"{day} 未放假，请核对。", f"{day} is no holiday; check it.")

    def _span(self, field: str, name: str, first: date, last: date) -> None:
        if last < first:
            self.error("span_reversed", field, f"{first} 至 {last} 起止颠倒。", f"{first} to {last} is reversed.")
            return
        for day in (first, last):
            if not self._in_year(day):
                self._outside(field, day)
                return
        for number in range((last - first).days + 1):
            day = first + number * DAY
            if day in self.days:
                self.error(
                    "day_twice",
                    field,
                    f"{day} 已列为{self.days[day]}。",
                    f"{day} is already listed ({self.days[day]}).",
                )
            self.days[day] = name

    def _weekends(self, weekends: Any) -> None:
        if not isinstance(weekends, list) or not all(type(day) is date for day in weekends):
            self.error(
                "bad_field",
                "working_weekends",
                "须为日期的列表（可为空）。",
                "A list of dates is needed; it may be empty.",
            )
            return
        for number, day in enumerate(weekends):
            field = f"working_weekends[{number}]"
            if not self._in_year(day):
                self._outside(field, day)
            elif day.weekday() < 5:
                self.error(
                    "no_weekend", field, f"{day} 是平日，本来就上班；调休上班日须为周六或周日。",
                    f"{day} is a weekday and worked anyway; a make-up day is a Saturday or Sunday.",
                )  # fmt: skip
            elif day in self.days:
                self.error(
                    "day_twice",
                    field,
                    f"{day} 又列为{self.days[day]}放假。",
                    f"{day} is a holiday too ({self.days[day]}).",
                )
            elif day in weekends[:number]:
                self.error("day_twice", field, f"{day} 列了两次。", f"{day} is listed twice.")

    def _in_year(self, day: date) -> bool:
        """A notice arranges its year and the last week of December before it."""
        return date(self.year - 1, 12, 25) <= day <= date(self.year, 12, 31)

    def _outside(self, field: str, day: date) -> None:
        self.error(
            "out_of_year", field, f"{day} 不属 {self.year} 年（含上年 12 月最后一周）。",
            f"{day} is not of {self.year} (with the last week of December before).",
        )  # fmt: skip

    def against(self, notice: Notice, shipped: Mapping[int, Notice]) -> None:
        """This release has the year already: the same days are welcome, other days only in a later text, an amendment."""
        known = shipped.get(notice.year)
        if known is None or same(known, notice):
            return
        if notice.published > known.published:
            self.doubt(
                "amends",
                "year",
                f"本版本已含 {notice.year} 年通知（{known.published} 发布）；本通知发布在后，按调整录入并取代之，请核对。",
                f"This release has the notice of {notice.year}, published {known.published}; this one is later, amends and replaces it: check it.",
            )
            return
        differing = sorted(
            (known.holidays.keys() ^ notice.holidays.keys()) | (known.working_weekends ^ notice.working_weekends)
        )
        days = "、".join(str(day) for day in differing[:10])
        self.error(
            "already_shipped", "year",
            f"本版本已含 {notice.year} 年通知（{known.title}），且以下日期不同：{days}。如国务院已调整，请写明调整通知的发布日期。",
            f"This release has the notice of {notice.year}, and differs on {days}. If the State Council amended it, give the day the amendment was published.",
        )  # fmt: skip


def _said(text: Any) -> bool:
    return isinstance(text, str) and bool(text.strip()) and len(text) <= 300
