"""Copies of text, CSV and JSON keep their structure and lose their persons."""

from __future__ import annotations

import csv
import io
import json

import pytest

from legal_service.redaction import files
from legal_service.redaction.copies import make_copy
from legal_service.redaction.kinds import Audience
from legal_service.redaction.text import decoded, redact_csv, redact_json, redact_jsonl, redact_text
from legal_service.redaction.withheld import Withheld

from .a_case import CLEAN, KNOWN, MOBILE, NAME, a_redactor


def test_a_text_keeps_all_that_is_not_personal():
    text = f"{CLEAN}\n{NAME}（{MOBILE}）"
    assert redact_text(text, a_redactor(), KNOWN) == f"{CLEAN}\n张**（138****5678）"


def test_the_places_of_a_text_are_its_lines():
    redactor = a_redactor()
    redact_text(f"一\n二{NAME}\n三{MOBILE}", redactor, KNOWN)
    assert [(entry.place, entry.kind.value) for entry in redactor.tally.entries()] == [
        ("line 2", "PERSON"),
        ("line 3", "MOBILE"),
    ]


def test_a_csv_keeps_rows_and_columns_and_disarms_formulas():
    source = f'姓名,电话,姓,名,金额,备注\n{NAME},{MOBILE},张,三丰,-12.50,"=HYPERLINK(""x"")"\n李四,13900001111,,,1,"两行\n{NAME}"\n'
    rows = list(csv.reader(io.StringIO(redact_csv(source, a_redactor(), KNOWN))))
    assert rows[0] == ["姓名", "电话", "姓", "名", "金额", "备注"]
    assert rows[1] == ["张**", "138****5678", "*", "**", "-12.50", '\'=HYPERLINK("x")']
    assert rows[2] == ["李*", "139****1111", "", "", "1", "两行\n张**"]


def test_json_keeps_its_shape_and_its_decimals():
    source = json.dumps({"姓名": "李四", "phone": int(MOBILE), "list": [{NAME: None, "ok": True}]}, ensure_ascii=False)
    written = redact_json(source.replace("true", "1.500"), a_redactor(), KNOWN)
    assert json.loads(written) == {"姓名": "李*", "phone": "138****5678", "list": [{"张**": None, "ok": 1.5}]}
    assert "1.500" in written


def test_json_lines_stay_one_document_a_line():
    written = redact_jsonl(f'{{"a": "{NAME}"}}\n\n{{"b": 1}}\n', a_redactor(), KNOWN)
    assert [json.loads(line) for line in written.splitlines()] == [{"a": "张**"}, {"b": 1}]


def test_gb18030_and_utf16_are_read_and_other_bytes_withheld():
    assert (
        decoded(NAME.encode("gb18030")) == decoded(NAME.encode("utf-16")) == decoded(NAME.encode("utf-8-sig")) == NAME
    )
    with pytest.raises(Withheld) as refused:
        decoded(b"\xff\x00\x81")
    assert refused.value.code == "encoding_unknown"


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.zip", "a.eml", "a.png", "a.JPG", "a.doc", "a.exe"])
def test_forms_that_cannot_be_proven_clean_yet_are_withheld(name):
    with pytest.raises(Withheld) as refused:
        make_copy(name, b"anything", files.policy_for(Audience.EXTERNAL_COUNSEL), KNOWN)
    assert refused.value.code in {"form_not_enabled", "form_unknown"}
    assert refused.value.reason.zh and refused.value.basis


def test_the_court_gets_the_bytes_as_they_are():
    assert make_copy("a.docx", b"bytes", files.policy_for(Audience.COURT), KNOWN).data == b"bytes"


def test_the_same_text_gives_the_same_copy():
    copies = {
        make_copy("a.txt", f"{NAME}{MOBILE}".encode(), files.policy_for(Audience.ASSIGNEE), KNOWN, key=b"k").data
        for _ in range(2)
    }
    assert len(copies) == 1
