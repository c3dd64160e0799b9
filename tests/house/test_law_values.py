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
        f"name: 期间\nsays: x\nunit: day\nvalues:\n  {entry}\n", encoding="utf-8"
    )
    with pytest.raises(DefinitionError):
        law.load_parameters(tmp_path)


def test_a_planted_basis_without_an_article_is_found(tmp_path: Path) -> None:
    text = "name: 期间\nsays: x\nunit: day\nvalues:\n  2024-01-01: {value: 7, basis: somebody said so, status: secondary}\n"
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    assert incomplete(law.load_parameters(tmp_path)) == ["x@2024-01-01"]
