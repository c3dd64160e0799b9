"""Tables of wages and of the loan prime rate: no figure from the house, an institution's own read row by row or refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from legal_service.errors import Refusal
from legal_service.law.identifiers import PROVINCES
from legal_service.law.published import files
from legal_service.law.published.tables import Published, province_of

ROW = "figure: 100000.50, source: 某省统计局公报, published: 2025-06-20, status: verified"


def _wages(instance: Path, text: str) -> Published:
    (instance / "law").mkdir(exist_ok=True)
    (instance / "law" / "wages.yaml").write_text(text, encoding="utf-8")
    return files.published(instance)


def _quotes(instance: Path, text: str) -> Published:
    (instance / "law").mkdir(exist_ok=True)
    (instance / "law" / "lpr.yaml").write_text(text, encoding="utf-8")
    return files.published(instance)


def test_the_house_ships_no_figure() -> None:
    assert files.published() == Published({}, {}, ())


def test_an_institutions_row_is_read_with_source_and_day(tmp_path: Path) -> None:
    found = _wages(tmp_path, f"provinces:\n  浙江: {{2024: {{{ROW}}}}}\n").wages["浙江省", 2024]
    assert (found.figure, found.source, found.published) == (10_000_050, "某省统计局公报", date(2025, 6, 20))
    assert files.published(tmp_path / "nowhere") == Published()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"provinces: {{广南: {{2024: {{{ROW}}}}}}}", "wages.yaml:广南"),
        (f"provinces: {{浙江: {{last: {{{ROW}}}}}}}", "wages.yaml:浙江 last"),
        (f"provinces: {{浙江: {{2024: {{{ROW}}}}}, 浙江省: {{2024: {{{ROW}}}}}}}", "wages.yaml:浙江省 2024"),
        ("provinces: {浙江: {2024: {figure: 100000}}}", "wages.yaml:浙江 2024:source"),
        (f"provinces: {{浙江: {{2024: {{{ROW}, note: x}}}}}}", "wages.yaml:浙江 2024:note"),
        (f"provinces: {{浙江: {{2024: {{{ROW.replace('100000.50', '98.5')}}}}}}}", "wages.yaml:浙江 2024:figure"),
        (f"provinces: {{浙江: {{2024: {{{ROW.replace('100000.50', '100000.505')}}}}}}}", "wages.yaml:浙江 2024:figure"),
        (f"provinces: {{浙江: {{2024: {{{ROW.replace('100000.50', 'about')}}}}}}}", "wages.yaml:浙江 2024:figure"),
        (
            f"provinces: {{浙江: {{2024: {{{ROW.replace('2025-06-20', '2024-06-20')}}}}}}}",
            "wages.yaml:浙江 2024:published",
        ),
        (f"provinces: {{浙江: {{2024: {{{ROW.replace('verified', 'sure')}}}}}}}", "wages.yaml:浙江 2024:status"),
        ("provinces: {浙江: {2024: 100000}}", "wages.yaml:浙江 2024"),
        ("provinces: {浙江: [1]}", "wages.yaml:浙江"),
        ("figures: {}", "wages.yaml:provinces"),
        ("provinces: {浙江: {2024: {}, 2024: {}}}", "duplicate key"),
        ("provinces: [", "wages.yaml"),
    ],
)
def test_a_wrong_row_is_refused_by_row_and_field(tmp_path: Path, text: str, place: str) -> None:
    with pytest.raises(Refusal) as refused:
        _wages(tmp_path, text)
    assert refused.value.code == "bad_law_table"
    assert place in refused.value.reason.zh and place in refused.value.reason.en


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("{one_year: 3.1, source: x, status: verified}", "one_year"),
        ("{one_year: 0.0345, status: verified}", "source"),
        ("{one_year: 0.0345, source: x}", "status"),
    ],
)
def test_a_wrong_quote_is_refused(tmp_path: Path, row: str, name: str) -> None:
    with pytest.raises(Refusal, match="bad_law_table") as refused:
        _quotes(tmp_path, f"quotes: {{2025-06-20: {row}}}")
    assert f"lpr.yaml:2025-06-20:{name}" in refused.value.reason.zh


def test_the_year_befores_figure_counts_from_its_publication(tmp_path: Path) -> None:
    older = "2023: {figure: 90000, source: s, published: 2024-06-21, status: verified}"
    found = _wages(tmp_path, f"provinces: {{浙江: {{{older}, 2024: {{{ROW}}}}}}}")

    def year(on: date) -> int | None:
        wage = found.wage_for("浙江省", on)
        return wage and wage.year

    assert year(date(2025, 6, 19)) == 2023, "2024's is published only the next day"
    assert year(date(2025, 6, 20)) == 2024
    assert year(date(2025, 12, 31)) == 2024
    assert year(date(2026, 1, 1)) is None, "whether 2025's is out is not told, so 2024's is not taken for the last one"
    assert year(date(2024, 12, 31)) == 2023
    assert found.wage_for("广东省", date(2025, 7, 1)) is None


def test_a_row_may_say_that_the_figure_was_not_out_yet(tmp_path: Path) -> None:
    unseen = "2025: {not_published_by: 2026-03-15, source: 浙江省统计局网站, status: verified}"
    found = _wages(tmp_path, f"provinces: {{浙江: {{2024: {{{ROW}}}, {unseen}}}}}")
    wage = found.wage_for("浙江省", date(2026, 3, 15))
    assert wage is not None and wage.year == 2024
    assert found.wage_for("浙江省", date(2026, 3, 16)) is None


def test_a_quote_counts_until_the_next_and_never_over_a_gap(tmp_path: Path) -> None:
    row = "source: 同业拆借中心公告, status: verified"
    found = _quotes(
        tmp_path, f"quotes: {{2025-05-20: {{one_year: 0.03, {row}}}, 2025-04-21: {{one_year: 0.031, {row}}}}}"
    )

    def rate(on: date) -> int | None:
        quote = found.quote_on(on)
        return quote and quote.one_year

    assert rate(date(2025, 4, 20)) is None
    assert rate(date(2025, 5, 19)) == 31_000
    assert rate(date(2025, 5, 20)) == 30_000
    assert rate(date(2025, 6, 27)) == 30_000
    assert rate(date(2025, 6, 28)) is None


def test_every_mainland_province_is_found_by_its_full_and_short_name() -> None:
    names = [name for code, name in PROVINCES.items() if int(code) < 70]
    assert len(names) == 31
    for name in names:
        assert province_of(f"{name}某市") == name
        assert province_of(name[: 3 if name[0] in "内黑" else 2]) == name
    assert province_of("示例市示例区") == ""
