"""The definition of the return says all that it must, and lists every code that the rooms below know."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from legal_service import definitions, labels
from legal_service.cases.stages import STAGES
from legal_service.definitions import DefinitionError
from legal_service.errors import Refusal
from legal_service.filings.operations import MAKES
from legal_service.redaction.kinds import Audience
from legal_service.reports import files
from legal_service.reports.definition import read
from legal_service.settlements.operations import OUTCOMES

from .a_return import DEFINITION, NAME


def cells(dimension: str) -> set[str]:
    return set(DEFINITION.dimensions[dimension].cells)


def test_every_category_that_a_row_can_fall_into_is_listed() -> None:
    assert cells("channel") == set(labels.families()["channel"])
    assert cells("contact_outcome") == set(labels.families()["outcome"])
    assert cells("direction") == set(labels.families()["direction"])
    assert cells("party") == set(labels.families()["party"])
    assert cells("tier") == set(labels.families()["tier"])
    assert cells("settlement_outcome") == set(OUTCOMES)
    assert cells("stage") == set(STAGES)
    assert cells("audience") == {one.value for one in Audience}
    assert set(MAKES) <= cells("document")


def test_the_return_calls_itself_internal_and_every_measure_is_defined_in_both_languages() -> None:
    assert DEFINITION.label.zh == "内部格式，无法定报表格式"
    assert DEFINITION.label.en == "internal format — no statutory schema"
    for measure in DEFINITION.measures:
        assert measure.title.zh and measure.title.en and measure.says.zh and measure.says.en
        assert measure.sources and measure.status in {"verified", "secondary", "awaiting_counsel", "internal"}


def test_limits_taken_from_a_rule_carry_its_source_and_how_far_it_was_checked() -> None:
    by_code = {measure.code: measure for measure in DEFINITION.measures}
    assert "催收工作指引" in by_code["window_breaches"].basis
    assert by_code["window_breaches"].status == "secondary"
    assert "2020年第3号" in by_code["complaints_closed"].basis


@pytest.mark.parametrize(
    "name", ["complaints", "enforcement_and_recovery", "disposals", "conduct", "borrowers_rights", "incidents"]
)
def test_the_other_returns_of_the_contract_are_refused_by_name(name: str) -> None:
    with pytest.raises(Refusal) as refused:
        files.definition(name)
    assert refused.value.code == "return_not_in_release"
    assert name in refused.value.reason.zh and NAME in refused.value.reason.zh


def test_a_return_nobody_knows_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        files.definition("../collection_and_litigation")
    assert refused.value.code == "unknown_return"


def raw() -> dict[str, Any]:
    return copy.deepcopy(definitions.load(files.HERE / f"{NAME}.yaml"))


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda one: one["measures"][0].pop("says"), "lacks says"),
        (lambda one: one["measures"][0].update(by="planet"), "no dimension"),
        (lambda one: one["measures"][0].update(section="nowhere"), "no section"),
        (lambda one: one["measures"].append(one["measures"][0]), "stands twice"),
        (lambda one: one["measures"][0].update(unit="yuan"), "amounts are in yuan"),
        (lambda one: one["measures"][0].update(suppress=False), "says not why"),
        (lambda one: one["measures"][0].update(colour="red"), "unknown colour"),
        (lambda one: one["title"].pop("en"), "needs zh and en"),
        (lambda one: one["dimensions"]["tier"]["cells"].update(total={"zh": "合", "en": "all"}), "cannot be a cell"),
    ],
)
def test_a_definition_that_is_wrong_says_where(spoil: Any, told: str) -> None:
    spoiled = raw()
    spoil(spoiled)
    with pytest.raises(DefinitionError, match=told):
        read(spoiled, name=NAME, digest="0" * 64)
