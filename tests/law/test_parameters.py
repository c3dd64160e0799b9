"""Dated parameters: no value without date, basis and status; no answer before the first value."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from legal_service.definitions import DefinitionError
from legal_service.errors import Refusal
from legal_service.law import files
from legal_service.law.citation import articles_named

ENFORCEMENT = "periods/enforcement"


@pytest.mark.parametrize(
    ("on", "article"),
    [
        (date(2020, 5, 1), "民事诉讼法(2017修正) 第二百三十九条"),
        (date(2023, 12, 31), "民事诉讼法(2021修正) 第二百四十六条"),
        (date(2024, 1, 1), "民事诉讼法(2023修正) 第二百五十条"),
        (date(2026, 11, 23), "民事诉讼法(2023修正) 第二百五十条"),
    ],
)
def test_the_value_stayed_and_the_article_changed(on: date, article: str) -> None:
    found = files.parameters().on(ENFORCEMENT, on)
    assert (found.value, found.basis) == (2, article)


def test_service_by_publication_was_sixty_days_until_the_end_of_2021() -> None:
    parameters = files.parameters()
    assert parameters.on("periods/service_by_publication", date(2021, 12, 31)).value == 60
    assert parameters.on("periods/service_by_publication", date(2022, 1, 1)).value == 30


def test_a_day_before_the_first_value_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        files.parameters().on("court_fees/acceptance", date(2007, 3, 31))
    assert refused.value.code == "before_first_value"
    assert "2007-04-01" in refused.value.reason.zh


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("court_fees/acceptanse", "court_fees/acceptance"),
        ("案件受理费", "财产案件受理费"),
        ("cap rate", "interest/cap_rate"),
    ],
)
def test_an_unknown_parameter_is_refused_with_those_near_it_and_where_all_are(asked: str, near: str) -> None:
    with pytest.raises(Refusal) as refused:
        files.parameters().parameter(asked)
    told = refused.value.reason
    assert near in told.zh
    for sentence in (told.zh, told.en):
        assert "/law" in sentence
        assert len(re.findall("[（(][a-z_]+/[a-z_]+[)）]", sentence)) <= 5
        assert len(sentence) < 600


def test_a_name_near_to_nothing_names_nothing() -> None:
    with pytest.raises(Refusal) as refused:
        files.parameters().parameter("0" * 4000)
    assert not re.findall("[a-z_]+/[a-z_]+", refused.value.reason.zh)
    assert len(refused.value.reason.zh) < 200


def test_a_chinese_name_and_a_dotted_key_find_the_same_parameter() -> None:
    parameters = files.parameters()
    assert parameters.parameter("申请执行期间") is parameters.parameter("periods.enforcement")


def test_an_english_name_finds_it_too() -> None:
    parameters = files.parameters()
    assert parameters.parameter("period for applying for enforcement") is parameters.parameter("periods/enforcement")


@pytest.mark.parametrize("lacking", ["name", "says", "note"])
@pytest.mark.parametrize(
    "told", ["只有中文", "{zh: 只有中文}", "{en: English only}", "{zh: 中文, en: ' '}", "{zh: 中, en: e, fr: f}"]
)
def test_a_definition_without_one_of_the_languages_does_not_load(tmp_path: Path, lacking: str, told: str) -> None:
    fields = dict.fromkeys(("name", "says", "note"), "{zh: 试验, en: Trial}") | {lacking: told}
    written = "".join(f"{field}: {words}\n" for field, words in fields.items())
    value = "unit: day\nvalues:\n  2026-01-01: {value: 3, basis: 民法典 第一条, status: verified}\n"
    (tmp_path / "p.yaml").write_text(written + value, encoding="utf-8")
    with pytest.raises(DefinitionError, match=f"{lacking} needs zh and en"):
        files.load_parameters(tmp_path)


@pytest.mark.parametrize("name", ["{zh: 申请执行期间, en: Another}", "{zh: 另一期间, en: Period for Applying}"])
def test_two_parameters_cannot_bear_one_name(tmp_path: Path, name: str) -> None:
    value = "says: {zh: 说, en: says}\nunit: day\nvalues:\n  2026-01-01: {value: 3, basis: 民法典 第一条, status: verified}\n"
    (tmp_path / "one.yaml").write_text("name: {zh: 申请执行期间, en: Period for applying}\n" + value, encoding="utf-8")
    (tmp_path / "two.yaml").write_text(f"name: {name}\n{value}", encoding="utf-8")
    with pytest.raises(DefinitionError, match="bear the same name"):
        files.load_parameters(tmp_path)


def _file(folder: Path, values: str) -> Path:
    (folder / "p.yaml").write_text(
        f"name: {{zh: 试验, en: Trial}}\nsays: {{zh: 试验期间。, en: A trial.}}\nunit: day\nvalues:\n{values}",
        encoding="utf-8",
    )
    return folder


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ("  2026-01-01: {value: 3, status: verified}\n", "no basis"),
        ("  2026-01-01: {value: 3, basis: ' ', status: verified}\n", "no basis"),
        ("  2026-01-01: {value: 3, basis: 民法典 第一条}\n", "needs a status"),
        ("  2026-01-01: {value: 3, basis: 民法典 第一条, status: sure}\n", "needs a status"),
        ("  2026-01-01: {basis: 民法典 第一条, status: verified}\n", "no value"),
        ("  first: {value: 3, basis: 民法典 第一条, status: verified}\n", "not a date"),
        ("  2026-01-01: {value: 3, basis: 民法典 第一条, status: verified, bases: x}\n", "unknown fields"),
        ("  2026-01-01: {value: 3, basis: 民法典 第一条, status: verified}\n" * 2, "duplicate key"),
        ("  2026-01-01: {value: 3, basis: 民法典 第一条, status: verified, note: 凭记忆}\n", "note needs zh and en"),
    ],
)
def test_a_wrong_definition_does_not_load(tmp_path: Path, values: str, complaint: str) -> None:
    with pytest.raises(DefinitionError, match=complaint):
        files.load_parameters(_file(tmp_path, values))


def test_a_future_value_waits_for_its_day(tmp_path: Path) -> None:
    values = "  2021-01-01: {value: 3, basis: 民法典 第一条, status: verified}\n"
    values += "  2031-01-01: {value: 5, basis: 民法典 第一条, status: awaiting_counsel}\n"
    parameters = files.load_parameters(_file(tmp_path, values))
    assert parameters.on("p", date(2030, 12, 31)).value == 3
    assert parameters.on("p", date(2031, 1, 1)).value == 5


def test_every_basis_names_the_text_that_was_in_force_on_its_day() -> None:
    laws = {version.name: law for law in files.instruments().values() for version in law.versions}
    checked = 0
    for parameter in files.parameters():
        for dated in parameter.values:
            for name, label, _ in articles_named(dated.basis):
                if name not in laws:
                    continue
                version = laws[name].version_on(dated.since)
                assert (version.name, version.label) == (name, label), f"{parameter.key} {dated.since}: {dated.basis}"
                checked += 1
    assert checked > 60


def test_the_articles_of_one_period_are_one_article_renumbered() -> None:
    procedure = files.instruments()["civil_procedure_law"]
    for parameter in files.parameters().within("periods").values():
        newest = parameter.values[-1]
        for name, label, number in articles_named(newest.basis):
            if name != "民事诉讼法":
                continue
            for dated in parameter.values:
                expected = procedure.cite(number, written=label, on=dated.since)
                assert expected in dated.basis, f"{parameter.key} {dated.since}"
