"""Every value of the law has its date, its article and its status; nothing unverified is silent."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from legal_service.definitions import DefinitionError
from legal_service.law import files as law
from legal_service.law.parameters import Parameters


def incomplete(parameters: Parameters) -> list[str]:
    """Values that do not say whence they are: an article, or the instrument where its text was not read yet."""
    return [
        f"{parameter.key}@{value.since}"
        for parameter in parameters
        for value in parameter.values
        if not (
            re.search("第.+条|规定|解释|办法|法释|法发", value.basis)
            and value.status in ("verified", "secondary", "awaiting_counsel")
            and date(1949, 10, 1) < value.since
        )
    ]


def test_every_value_has_basis_date_and_status() -> None:
    parameters = law.parameters()
    assert sum(len(parameter.values) for parameter in parameters) > 50
    assert incomplete(parameters) == []


def unspoken(parameters: Parameters) -> list[str]:
    """Names and sentences that are not in the language they stand for: no Chinese in Chinese, or Chinese alone in English."""
    told = [(one.key, words) for one in parameters for words in (one.name, one.says, one.note)]
    told += [(f"{one.key}@{dated.since}", dated.note) for one in parameters for dated in one.values]
    han = re.compile("[\u4e00-\u9fff]")
    return [
        place
        for place, words in told
        if words is not None
        and not (han.search(words.zh) and len(han.findall(words.en)) < len(re.findall("[A-Za-z]", words.en)))
    ]


def test_every_parameter_speaks_both_languages() -> None:
    parameters = law.parameters()
    assert unspoken(parameters) == []
    assert [one.key for one in parameters if re.search("[\u4e00-\u9fff]", one.name.en)] == []


def test_a_planted_sentence_in_the_wrong_language_is_found(tmp_path: Path) -> None:
    text = "name: {zh: 期间, en: Period}\nsays: {zh: says, en: says}\nunit: day\nvalues:\n"
    text += "  2024-01-01: {value: 7, basis: 民法典 第一条, status: secondary, note: {zh: 注, en: 注}}\n"
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    assert unspoken(law.load_parameters(tmp_path)) == ["x", "x@2024-01-01"]


def test_every_parameter_lies_on_the_shelf_it_is_asked_from() -> None:
    assert {parameter.key for parameter in law.parameters()} == {
        str(path.relative_to(law.HERE / "parameters").with_suffix(""))
        for path in (law.HERE / "parameters").rglob("*.yaml")
    }


@pytest.mark.parametrize(
    "entry",
    [
        "2024-01-01: {value: 7, status: verified}",
        "2024-01-01: {value: 7, basis: '', status: verified}",
        "2024-01-01: {value: 7, basis: 民事诉讼法 第一条}",
        "2024-01-01: {value: 7, basis: 民事诉讼法 第一条, status: surely}",
        "sometime: {value: 7, basis: 民事诉讼法 第一条, status: verified}",
        "2024-01-01: {basis: 民事诉讼法 第一条, status: verified}",
    ],
)
def test_a_planted_value_without_basis_date_or_status_does_not_load(tmp_path: Path, entry: str) -> None:
    (tmp_path / "periods").mkdir()
    (tmp_path / "periods" / "x.yaml").write_text(
        f"name: {{zh: 期间, en: Period}}\nsays: {{zh: 说, en: says}}\nunit: day\nvalues:\n  {entry}\n", encoding="utf-8"
    )
    with pytest.raises(DefinitionError):
        law.load_parameters(tmp_path)


def test_a_planted_basis_without_an_article_is_found(tmp_path: Path) -> None:
    text = "name: {zh: 期间, en: Period}\nsays: {zh: 说, en: says}\nunit: day\nvalues:\n"
    text += "  2024-01-01: {value: 7, basis: somebody said so, status: secondary}\n"
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    assert incomplete(law.load_parameters(tmp_path)) == ["x@2024-01-01"]
