"""The five files of a return: same cut, same bytes, in any process; every number says what it rests on."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pypdfium2

from legal_service.reports import files
from legal_service.reports.composition import Issue, Previous, as_json, compose
from legal_service.reports.cut import decode, digest, encode, rows_digest
from legal_service.reports.measures import rows_of
from legal_service.reports.production import CUT, FILES, MANIFEST, PDF, RETURN, XLSX, produce, values_of

from .a_return import DEFINITION, FIRST, NAME, a_cut, a_loan, a_quarter

AGAIN = """
import sys
from pathlib import Path
from legal_service.reports import files
from legal_service.reports.composition import Issue
from legal_service.reports.cut import digest
from legal_service.reports.production import produce
made = produce(Path(sys.argv[1]).read_bytes(), files.press("collection_and_litigation"), Issue(1, "王合规"))
print(" ".join(f"{name}={digest(content)}" for name, content in sorted(made.items())))
"""


def test_another_process_makes_the_same_bytes(made: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / CUT).write_bytes(made[CUT])
    environment = os.environ | {"PYTHONHASHSEED": "12345", "TZ": "America/New_York", "LANG": "C"}
    told = subprocess.run(
        [sys.executable, "-c", AGAIN, str(tmp_path / CUT)],
        capture_output=True, text=True, check=True, env=environment, timeout=120,
    ).stdout  # fmt: skip
    assert told.strip() == " ".join(f"{name}={digest(content)}" for name, content in sorted(made.items()))


def test_the_return_says_what_it_is(made: dict[str, bytes]) -> None:
    document = json.loads(made[RETURN])
    assert document["label"] == {"zh": "内部格式，无法定报表格式", "en": "internal format — no statutory schema"}
    header = document["header"]
    assert header["institution"] == "惠民消费金融有限公司"
    assert (header["period"], header["from"], header["to"]) == ("2026-Q3", "2026-07-01", "2026-09-30")
    assert header["data_cut"] == {"as_of": "2026-09-30", "sha256": digest(made[CUT]), "rows": len(a_quarter().rows)}
    assert (header["issue"], header["prepared_by"]) == (1, "王合规")
    assert header["definition_version"] == DEFINITION.version
    assert document["differences"] is None


def test_every_number_says_which_measure_it_is_of_and_which_rows_it_rests_on(made: dict[str, bytes]) -> None:
    document, cut = json.loads(made[RETURN]), decode(made[CUT])
    cells = [cell for measure in document["measures"] for cell in measure["cells"]]
    assert len({cell["id"] for cell in cells}) == len(cells) > 90
    for cell in cells:
        assert cell["id"].startswith(cell["measure"])
        if cell["withheld"]:
            assert (cell["value"], cell["rows"], cell["rows_sha256"]) == (None, None, None)
        else:
            rows = rows_of(cut, DEFINITION, cell["id"])
            assert (cell["rows"], cell["rows_sha256"]) == (len(rows), rows_digest(rows))


def test_a_withheld_number_stands_in_none_of_the_three_forms(made: dict[str, bytes]) -> None:
    """The severe loans owe 300.00 and 3,000.00 of principal; with 7 moderate ones they are withheld."""
    values = values_of(json.loads(made[RETURN]))
    assert values["overdue_principal.severe"] is None and values["principal_by_tier.severe"] is None
    assert b'"300.00"' not in made[RETURN] and b'"3000.00"' not in made[RETURN]
    page = workbook(made)["数据 Numbers"]
    shown = {row[0]: row[5] for row in page.iter_rows(min_row=2, values_only=True)}
    assert shown["overdue_principal.severe"] == "*" and shown["loans_by_tier.severe"] == "*"
    assert "300.00" not in pdf_text(made).replace("1,300.00", "").split() and "3,000.00" not in pdf_text(made).split()


def workbook(made: dict[str, bytes]) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(made[XLSX]))


def pdf_text(made: dict[str, bytes]) -> str:
    pages = pypdfium2.PdfDocument(made[PDF])
    return "\n".join(page.get_textpage().get_text_range() for page in pages)


def test_the_spreadsheet_holds_the_numbers_of_the_json(made: dict[str, bytes]) -> None:
    values = values_of(json.loads(made[RETURN]))
    rows = list(workbook(made)["数据 Numbers"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == list(values)
    for row in rows:
        told = values[str(row[0])]
        if told is None:
            assert row[5] == "*"
        else:
            assert float(told) == row[5], row[0]
    assert {info.date_time[:3] for info in zipfile.ZipFile(io.BytesIO(made[XLSX])).infolist()} == {(1980, 1, 1)}


def test_the_paper_carries_label_header_and_numbers(made: dict[str, bytes]) -> None:
    text = pdf_text(made)
    for told in (
        "内部格式，无法定报表格式",
        "催收与诉讼情况报表",
        "2026-Q3",
        "王合规",
        DEFINITION.version,
        digest(made[CUT]),
    ):
        assert told in "".join(text.split()), told
    assert "60,000.00" in text  # principal of all sixty loans


def test_the_manifest_names_every_other_file(made: dict[str, bytes]) -> None:
    manifest = json.loads(made[MANIFEST])
    assert set(manifest["files"]) == set(FILES) - {MANIFEST}
    assert all(one["sha256"] == digest(made[name]) for name, one in manifest["files"].items())
    assert manifest["files"][CUT]["circulation"] == "checking_only"
    assert {"definition", "template", "legal-service", "weasyprint", "xlsxwriter", "typefaces"} == set(
        manifest["made_with"]
    )


def test_text_of_the_tape_cannot_become_a_formula_or_markup() -> None:
    cut = a_cut(a_loan(1), institution="=1+1", lenders=(("<b>&甲</b>", "=2+2"),))
    spoiled = produce(encode(cut), files.press(NAME), FIRST)
    cover = dict(workbook(spoiled)["封面 Cover"].iter_rows(min_row=2, values_only=True))
    assert cover["机构 Institution"] == "=1+1"
    assert workbook(spoiled)["封面 Cover"]["B4"].data_type == "s"
    assert "<b>&甲</b>" in pdf_text(spoiled)


def an_issue_after(before: dict[str, int | str | None]) -> Issue:
    return Issue(
        2,
        "王合规",
        Previous(1, "1" * 64, "2" * 64, DEFINITION.version, before, {"added": 0, "removed": 0, "changed": 1}),
    )


def test_the_next_issue_lists_what_changed(made: dict[str, bytes]) -> None:
    before = values_of(json.loads(made[RETURN]))
    whole = a_quarter()
    corrected = a_cut(*(a_loan(1, principal="900.00") if row.row == "contract:HM0001" else row for row in whole.rows))
    document = as_json(compose(corrected, "3" * 64, DEFINITION, an_issue_after(before)))
    assert document["header"]["issue"] == 2
    assert document["differences"]["since_issue"] == 1
    assert document["differences"]["numbers"] == [
        {"id": "principal_by_tier.none", "before": "40000.00", "after": "39900.00"},
        {"id": "principal_by_tier.total", "before": "60000.00", "after": "59900.00"},
        {"id": "principal_by_class.正常", "before": "40000.00", "after": "39900.00"},
        {"id": "principal_by_class.total", "before": "60000.00", "after": "59900.00"},
    ]


def test_what_one_issue_withheld_the_next_does_not_show(made: dict[str, bytes]) -> None:
    """Two more severe loans make that cell five; to show it, or its neighbour, would tell that there had been three."""
    before = values_of(json.loads(made[RETURN]))
    more = a_cut(*a_quarter().rows, a_loan(61, "severe"), a_loan(62, "severe"))
    after = values_of(as_json(compose(more, "3" * 64, DEFINITION, an_issue_after(before))))
    alone = values_of(as_json(compose(more, "3" * 64, DEFINITION, FIRST)))
    assert (alone["loans_by_tier.severe"], alone["loans_by_tier.moderate"]) == (5, 7)
    assert (after["loans_by_tier.severe"], after["loans_by_tier.moderate"]) == (None, None)
    assert after["loans_by_tier.total"] == 62
