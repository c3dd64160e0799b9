"""Shapes of holiday notices, of what loading one moves, and of a correction of the docket."""

from __future__ import annotations

from legal_service.api.schemas.kinds import (
    Part,
    Shape,
    Some,
    Upload,
    choice,
    day,
    moment,
    number,
    says,
    text,
    word,
    yes,
)
from legal_service.api.schemas.problems import FindingShape
from legal_service.cases.docket import CORRECTIONS


class NoticeShape(Shape):
    """One notice that this installation knows."""

    year = number(2008, 9999, "年份", "year", required=True)
    notice = word("通知名称", "title", required=True)
    published = day("发布日", "published on", required=True)
    sources = Some(word("来源", "source"), required=True)
    status = word("核对状态", "how far it was checked", required=True)
    holidays = number(0, 400, "放假日数", "days off", required=True)
    working_weekends = number(0, 400, "调休上班日数", "weekend days worked", required=True)
    loaded_by = word("录入人；随版本者为 null", "who loaded it; null with the release", required=True, allow_none=True)
    loaded_at = moment("录入于", "loaded at", required=True, allow_none=True)
    superseded = yes("本版本已另含该年", "the release has the year itself", required=True)


class NoticeQuery(Shape):
    """Whether to load or only to look."""

    dry_run = yes("只核对，列出将变动的期限", "check only, tell what would move", written=True, load_default=False)


class NewNotice(Shape):
    """A notice as a form with its YAML file."""

    file = Upload(
        required=True, metadata=says("YAML 文件，同 law/holidays/2026.yaml", "a YAML file like law/holidays/2026.yaml")
    )


class DaysShape(Shape):
    """The three days of a deadline."""

    raw = day("未顺延的末日", "last day before it rolls", required=True)
    last_day = day("法定末日", "legal last day", required=True)
    internal = day("内部末日", "internal last day", required=True)
    provisional = yes("暂定", "provisional", required=True)


class MovedShape(Shape):
    """A deadline before and after."""

    case_no = word("案号", "case number", required=True)
    rule = word("期限规则", "the rule", required=True)
    subject = word("所属借据或当事人", "loan or party it belongs to", required=True)
    trigger = day("起算日", "day of the trigger", required=True)
    done_on = day("完成日", "done on", required=True, allow_none=True)
    before = Part(DaysShape, required=True)
    after = Part(DaysShape, required=True)


class LoadedShape(Shape):
    """What loading a notice comes to."""

    year = number(2008, 9999, "年份", "year", required=True)
    notice = word("通知名称", "title", required=True)
    published = day("发布日", "published on", required=True)
    sources = Some(word("来源", "source"), required=True)
    status = word("核对状态", "how far it was checked", required=True)
    sha256 = word("文件的 SHA-256", "SHA-256 of the file", required=True)
    shipped = yes("本版本已含", "in this release already", required=True)
    changed = yes("有变动", "something changes", required=True)
    dry_run = yes("只核对", "nothing was written", required=True)
    moved = Some(Part(MovedShape), required=True)
    confirmed = Some(Part(MovedShape), required=True)
    done = Some(Part(MovedShape), required=True)
    findings = Some(Part(FindingShape), required=True)


class NewCorrection(Shape):
    """A corrected trigger, as `legal docket correct` takes it."""

    rule = text(60, "期限规则", "the rule", required=True)
    subject = text(80, "所属借据号，可空", "the loan it belongs to, if any", least=0, load_default="")
    trigger = day("现起算日", "the trigger it has", load_default=None, allow_none=True)
    to = day("更正后的起算日", "the right trigger", required=True)
    reason = choice(CORRECTIONS, "理由", "why", required=True)
