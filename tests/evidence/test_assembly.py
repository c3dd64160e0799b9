"""The package: every file the contract names, one sum everywhere, nothing without custody."""

import hashlib
import json
from dataclasses import replace

import pytest

from legal_service.errors import Refusal
from legal_service.evidence import bag, files
from legal_service.evidence.assembly import assemble, file_name
from legal_service.evidence.facts import Exhibit, Filing, Logs, StatementFiles
from tests.evidence.a_package import (
    FACTS,
    a_drawer,
    assembled,
    custody_of,
    exhibits,
    planned,
    statement,
    text_pdf,
    the_package,
)

ROOT = "AJ2026-0001-statement_of_claim-court-20261123"


def build(
    items: list[Exhibit],
    *,
    filings: list[Filing] | None = None,
    stated: StatementFiles | None = None,
    **changes: object,
):
    return assemble(
        replace(FACTS, **changes),
        exhibits=items,
        filings=filings or [],
        statement=stated or statement(),
        logs=Logs(custody=custody_of(items), provenance=[], redactions=[]),
        drawers=a_drawer(),
        sheets=files.sheets(),
        verify_page=files.verify_page(),
    )


def test_the_files_are_those_of_the_contract() -> None:
    package = the_package()
    assert package.root == ROOT
    assert sorted(package.files) == [
        "data/binder.pdf",
        "data/catalogue.json",
        "data/catalogue.pdf",
        "data/exhibits/01-张三身份证.jpg",
        "data/exhibits/02-借款合同.pdf",
        "data/exhibits/03-放款凭证.pdf",
        "data/exhibits/04-欠款明细.pdf",
        "data/exhibits/05-催收函.xlsx",
        "data/filings/01-民事起诉状.docx",
        "data/filings/01-民事起诉状.pdf",
        "data/statement.json",
        "data/statement.pdf",
        "data/statement.xlsx",
        "metadata/custody.jsonl",
        "metadata/provenance.jsonl",
        "metadata/redactions.jsonl",
        "metadata/verify.html",
    ]


def test_the_catalogue_holds_what_the_law_of_evidence_asks_of_each_item() -> None:
    catalogue = json.loads(the_package().files["data/catalogue.json"])
    contract = catalogue["exhibits"][1]
    assert contract["class"] == "合同订立" and contract["number"] == 2
    assert (contract["copies"], contract["pages"], contract["first_page"], contract["last_page"]) == (2, 3, 6, 8)
    assert contract["source"] == "双方签订，申请人留存" and contract["form"] == "electronic"
    assert contract["claims"] == [1, 2] and "借款合同关系" in contract["proves"]
    assert contract["sha256"] == hashlib.sha256(exhibits()[1].content or b"").hexdigest()
    assert catalogue["claim_total"] == "12345.67" and catalogue["pages"] == 12


def test_the_same_facts_make_the_same_package() -> None:
    assert bag.packed(planned(assembled())) == bag.packed(planned(the_package()))


@pytest.mark.parametrize(
    ("filings", "stated", "total"),
    [
        ([], "12345.67", 1234568),
        ([], "12345.68", 1234567),
        ([Filing("statement_of_claim", "民事起诉状", "docx", b"", 1234566)], "12345.67", 1234567),
    ],
)
def test_one_fen_of_difference_between_complaint_statement_and_catalogue_is_refused(
    filings: list[Filing], stated: str, total: int
) -> None:
    with pytest.raises(Refusal) as refused:
        build(exhibits(), filings=filings, stated=statement(stated), claim_total=total)
    assert refused.value.code == "claim_total_mismatch"


def test_the_statements_of_several_loans_are_added() -> None:
    several = json.dumps([{"claim_total": "12000.00"}, {"claim_total": "345.67"}]).encode()
    assert build(exhibits()[:1], stated=replace(statement(), json=several)).files["data/statement.json"] == several


def test_an_exhibit_nobody_kept_is_refused() -> None:
    items = exhibits()
    with pytest.raises(Refusal) as refused:
        assemble(
            FACTS,
            exhibits=items,
            filings=[],
            statement=statement(),
            logs=Logs(custody=custody_of(items[1:]), provenance=[], redactions=[]),
            drawers=a_drawer(),
            sheets=files.sheets(),
            verify_page=b"",
        )
    assert refused.value.code == "custody_missing" and "欠款明细" in refused.value.reason.zh


def test_a_withheld_exhibit_leaves_a_slip_with_the_reason_and_no_file() -> None:
    items = [item for item in exhibits() if item.kind != "id_card"]
    withheld = Exhibit(
        "id_card", "身份证", "jpg", None, "copy", original_sha256="ab" * 32, withheld="扫描件尚不能可靠脱敏"
    )
    package = build([*items, withheld])
    assert package.withheld == 1
    assert not any("身份证" in name for name in package.files)
    row = json.loads(package.files["data/catalogue.json"])["exhibits"][0]
    assert row["file"] == "" and "扫描件尚不能可靠脱敏" in row["remark"] and row["pages"] == 1


def test_a_redacted_copy_stands_on_the_custody_of_its_original() -> None:
    redacted = replace(exhibits()[1], content=text_pdf("借款合同（已脱敏）"), original_sha256="cd" * 32)
    package = build([redacted], audience="external_counsel")
    row = json.loads(package.files["data/catalogue.json"])["exhibits"][0]
    assert row["original_sha256"] == "cd" * 32 != row["sha256"]


def test_a_kind_the_procedure_does_not_take_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        build([Exhibit("judgment", "判决书", "pdf", text_pdf("判决书"), "original")])
    assert refused.value.code == "exhibit_not_in_package"


def test_other_evidence_must_say_what_it_proves() -> None:
    items = [Exhibit("other", "微信记录", "pdf", text_pdf("微信记录"), "electronic")]
    with pytest.raises(Refusal) as refused:
        build(items)
    assert refused.value.code == "no_proof_purpose"
    assert build([replace(items[0], proves="被告承认欠款")]).rows[0].proves == "被告承认欠款"


def test_no_exhibit_at_all_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        build([])
    assert refused.value.code == "no_exhibits"


@pytest.mark.parametrize(
    ("title", "expected"), [("../../etc/passwd", "_.._etc_passwd"), ("合同<1>", "合同_1_"), ("长" * 100, "长" * 50)]
)
def test_a_title_becomes_a_harmless_file_name(title: str, expected: str) -> None:
    assert file_name(title) == expected


def test_characters_of_a_name_are_not_markup() -> None:
    package = build(exhibits()[:1], opponents=("张<b>三&四",))
    assert json.loads(package.files["data/catalogue.json"])["opponents"] == ["张<b>三&四"]
