"""A notice that an institution loads: what its file must say, each fault with its field and day; files kept whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from legal_service.errors import Findings, Refusal
from legal_service.law import files, notices
from legal_service.law.notices import Draft
from tests.law.a_notice import a_notice

TODAY = date(2026, 11, 23)


def read(content: bytes) -> Draft:
    return notices.read(content, "n.yaml", shipped=files.shipped(), today=TODAY)


def test_a_notice_in_order_is_read_whole() -> None:
    draft = read(a_notice())
    assert draft.doubts == ()
    assert draft.notice.year == 2027
    assert draft.notice.holidays[date(2027, 2, 6)] == "春节"
    assert len(draft.notice.holidays) == 27
    assert date(2027, 1, 31) in draft.notice.working_weekends


def test_every_notice_of_this_release_could_have_been_loaded() -> None:
    for year in files.shipped():
        content = (files.HERE / "holidays" / f"{year}.yaml").read_bytes()
        assert (
            notices.read(content, f"{year}.yaml", shipped=files.shipped(), today=TODAY).notice == files.shipped()[year]
        )


def test_the_model_shown_to_a_lawyer_is_a_file_that_can_be_loaded() -> None:
    for notice in files.shipped().values():
        assert read(notices.example(notice).encode()).notice == notice


FAULTS = [
    ((("year: 2027", "year: 2077"),), "bad_year", "year", "2028"),
    ((("year: 2027", "year: 二〇二七"),), "bad_year", "year", "2028"),
    ((("year: 2027\n", ""),), "missing_field", "year", "year"),
    ((("status: secondary", "status: sure"),), "bad_field", "status", "awaiting_counsel"),
    ((("status: secondary", "colour: red\nstatus: secondary"),), "unknown_field", "colour", "colour"),
    ((("published: 2026-01-05", "published: 2024-11-05"),), "bad_field", "published", "2024-11-05"),
    ((("published: 2026-01-05", "published: soon"),), "bad_field", "published", "2026-11-04"),
    ((("  - https://www.gov.cn/invented-for-tests\n", ""),), "bad_field", "sources", "来源"),
    ((("from: 2027-02-05, to: 2027-02-11", "from: 2027-02-11, to: 2027-02-05"),), "span_reversed", "holidays[1]", "2027-02-11"),
    ((("to: 2027-10-07", "to: 2028-10-07"),), "out_of_year", "holidays[6]", "2028-10-07"),
    ((("from: 2027-01-01, to", "from: 2026-12-24, to"),), "out_of_year", "holidays[0]", "2026-12-24"),
    ((("from: 2027-06-09, to: 2027-06-09", "from: 2027-05-05, to: 2027-05-06"),), "day_twice", "holidays[4]", "2027-05-05"),
    ((("name: 中秋节, ", ""),), "bad_field", "holidays[5]", "name"),
    ((("- 2027-05-08", "- 2027-05-07"),), "no_weekend", "working_weekends[2]", "2027-05-07"),
    ((("- 2027-05-08", "- 2027-05-01"),), "day_twice", "working_weekends[2]", "2027-05-01"),
    ((("- 2027-05-08", "- 2027-01-31"),), "day_twice", "working_weekends[2]", "2027-01-31"),
    ((("- 2027-05-08", "- 2029-05-05"),), "out_of_year", "working_weekends[2]", "2029-05-05"),
    ((("- 2027-05-08", "- 五月八日"),), "bad_field", "working_weekends", "日期"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "code", "field", "says"), FAULTS)
def test_a_fault_is_told_with_its_field_and_day(
    changes: tuple[tuple[str, str], ...], code: str, field: str, says: str
) -> None:
    with pytest.raises(Findings) as refused:
        read(a_notice(*changes))
    found = [one for one in refused.value.findings if one.severity == "error"]
    assert [(one.code, one.where) for one in found] == [(code, f"n.yaml:{field}")]
    assert says in found[0].message.zh
    assert found[0].message.en
    assert found[0].basis.startswith("机构内部规则")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"- 1\n",
        b"year: [",
        b"\xff\xfe\x00",
        b"year: 1\nyear: 2\n",
        b"[" * 60_000,
        b"{a: " * 15_000,
        b" " * 70_000,
        b"&a {b: *a}",
    ],
)
def test_what_is_no_notice_is_refused_not_raised(content: bytes) -> None:
    with pytest.raises(Findings):
        read(content)


def test_everything_wrong_is_told_at_once() -> None:
    with pytest.raises(Findings) as refused:
        read(
            a_notice(
                ("- 2027-05-08", "- 2027-05-07"), ("status: secondary", "status: x"), ("2027-02-11}", "2027-02-01}")
            )
        )
    errors = [one.code for one in refused.value.findings if one.severity == "error"]
    assert errors == ["bad_field", "span_reversed", "no_weekend"]


def test_a_year_of_this_release_loads_with_the_same_days_only() -> None:
    content = (files.HERE / "holidays" / "2026.yaml").read_bytes()
    assert read(content.replace(b"status: verified", b"status: secondary")).notice.year == 2026
    with pytest.raises(Findings) as refused:
        read(content.replace(b"2026-02-28", b"2026-03-01"))
    (found,) = refused.value.findings
    assert found.code == "already_shipped"
    assert "2026-02-28、2026-03-01" in found.message.zh


def test_a_notice_still_to_come_is_not_loaded() -> None:
    with pytest.raises(Findings) as refused:
        read(a_notice(("2026-01-05", "2026-12-01")))
    assert [(one.code, one.severity) for one in refused.value.findings] == [("not_published", "error")]


def test_the_state_council_may_amend_a_year_of_this_release(tmp_path: Path) -> None:
    content = (files.HERE / "holidays" / "2026.yaml").read_bytes().replace(b"  - 2026-10-10\n", b"")
    amended = content.replace(b"published: 2025-11-04", b"published: 2026-03-02")
    draft = read(amended)
    assert [(one.code, one.severity) for one in draft.doubts] == [("amends", "doubt")]
    assert files.calendar().is_working_day(date(2026, 10, 10))
    assert not files.calendar_with(draft.notice, None).is_working_day(date(2026, 10, 10))
    files.keep_notice(tmp_path, 2026, amended)
    assert not files.calendar(tmp_path).is_working_day(date(2026, 10, 10))


def test_what_is_unlikely_is_a_doubt_and_loads() -> None:
    draft = read(a_notice(("端午节", "休假"), ("from: 2027-05-01", "from: 2027-05-02")))
    assert [(one.code, one.severity) for one in draft.doubts] == [
        ("festival_missing", "doubt"),
        ("festival_missing", "doubt"),
    ]


def test_a_loaded_notice_is_seen_at_once_and_this_release_decides_over_it(tmp_path: Path) -> None:
    folder = tmp_path / "law" / "holidays"
    assert not files.calendar(folder).knows(date(2027, 3, 1))
    assert files.keep_notice(folder, 2027, a_notice())
    assert files.calendar(folder).knows(date(2026, 12, 31))
    assert files.calendar(folder).next_working_day(date(2027, 2, 5)) == date(2027, 2, 12)
    assert not files.calendar().knows(date(2027, 3, 1)), "another installation knows nothing of it"
    assert not files.keep_notice(folder, 2027, a_notice()), "the same again"
    assert files.keep_notice(folder, 2027, a_notice(("2027-02-11", "2027-02-12")))
    assert files.calendar(folder).next_working_day(date(2027, 2, 5)) == date(2027, 2, 13 + 2)
    assert [path.name for path in folder.iterdir()] == ["2027.yaml"], "nothing half-written is left"


def test_a_damaged_file_is_refused_by_name_and_can_be_loaded_over(tmp_path: Path) -> None:
    files.keep_notice(tmp_path, 2027, b"year: 2027\n")
    with pytest.raises(Refusal) as refused:
        files.calendar(tmp_path)
    assert refused.value.code == "notice_damaged"
    assert "2027.yaml" in refused.value.reason.zh
    assert files.calendar_with(read(a_notice()).notice, tmp_path).knows(date(2027, 3, 1))
