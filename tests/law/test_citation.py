"""A citation is printed in the number in force on the day asked (law.md section 0)."""

from __future__ import annotations

from datetime import date

import pytest

from legal_service.errors import Refusal
from legal_service.law import files
from legal_service.law.citation import articles_named

IN_2018, IN_2023, IN_2026 = date(2018, 1, 1), date(2023, 6, 1), date(2026, 11, 23)


@pytest.mark.parametrize(
    ("in_2017", "in_2021", "in_2023"),
    [
        (253, 260, 264),
        (239, 246, 250),
        (225, 232, 236),
        (255, 262, 266),
        (214, 221, 225),
        (217, 224, 228),
        (194, 201, 205),
        (40, 41, 41),
        (41, 44, 44),
    ],
)
def test_the_renumbering_runs_both_ways(in_2017: int, in_2021: int, in_2023: int) -> None:
    law = files.instruments()["civil_procedure_law"]
    numbers = {IN_2018: ("2017修正", in_2017), IN_2023: ("2021修正", in_2021), IN_2026: ("2023修正", in_2023)}
    for written, number in numbers.values():
        for on, (label, expected) in numbers.items():
            printed = law.cite(number, written=written, on=on)
            assert articles_named(printed) == [("民事诉讼法", label, expected)]


def test_delay_interest_prints_264_today() -> None:
    law = files.instruments()["civil_procedure_law"]
    assert law.cite(253, written="2017修正", on=IN_2026) == "民事诉讼法(2023修正) 第二百六十四条"


def test_an_article_new_in_2023_has_no_number_before() -> None:
    law = files.instruments()["civil_procedure_law"]
    with pytest.raises(Refusal) as refused:
        law.cite(195, written="2023修正", on=IN_2023)
    assert refused.value.code == "article_without_counterpart"


def test_a_law_not_yet_in_force_is_not_cited() -> None:
    with pytest.raises(Refusal) as refused:
        files.instruments()["delay_interest_interpretation"].cite(1, written="", on=date(2014, 7, 31))
    assert refused.value.code == "not_in_force"


def test_the_civil_code_was_the_general_provisions_before_2021() -> None:
    code = files.instruments()["civil_code"]
    assert code.cite(188, written="", on=date(2020, 12, 31)) == "民法总则 第一百八十八条"
    assert code.cite(188, written="", on=date(2021, 1, 1)) == "民法典 第一百八十八条"
