"""The statement of claim as a document: any name as it is, no field left out, same bytes, same words in Word and PDF, redactable."""

from __future__ import annotations

import dataclasses
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pytest

from legal_service import config, definitions
from legal_service.documents import word, word_layout
from legal_service.documents.manifest import read_manifest
from legal_service.documents.plain import words_of_docx
from legal_service.documents.word_parts import paragraphs_of
from legal_service.errors import Refusal
from legal_service.filings.facts.claim_facts import ClaimFacts
from legal_service.filings.facts.claim_people import Defendant
from legal_service.filings.facts.statement_of_claim import context
from legal_service.redaction.kinds import Kind
from tests.filings import claim_builders as a

HOME = Path(config.TEMPLATES) / "statement_of_claim"
BODY = (HOME / "body.docx").read_bytes()


def printed(facts: ClaimFacts) -> str:
    return re.sub(r"\s", "", words_of_docx(word.render(BODY, context(facts))))


NAMES = ["甲&乙<丙>", "阿依古丽·买买提", "𠮷田", "a" * 40 + "长名" * 40, "{{ 7*7 }}", "\"引号'"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_printed_as_it_is(name: str) -> None:
    facts = a.a_minimal_claim()
    facts = replace(facts, defendants=(Defendant(a.a_borrower(name), "borrower"),))
    text = printed(facts)
    assert "姓名：" + re.sub(r"\s", "", name) + "性别：" in text
    assert "借款人：" + re.sub(r"\s", "", name) in text


def test_a_field_that_the_facts_do_not_give_stops_the_document() -> None:
    values = context(a.a_full_claim())
    del values["method_of_calculation"]
    with pytest.raises(Refusal) as refused:
        word.render(BODY, values)
    assert refused.value.code == "template_field_missing"
    assert "method_of_calculation" in refused.value.reason.zh


def test_template_and_context_name_the_same_fields() -> None:
    tags = re.findall(r"\{\{\s*(\w+)|\{%\w* for \w+ in (\w+)", "".join(text for _place, text in paragraphs_of(BODY)))
    asked = {name or listed for name, listed in tags} - {"agent", "defendant", "line"}
    assert asked == set(context(a.a_full_claim()))


def test_same_facts_same_bytes() -> None:
    assert word.render(BODY, context(a.a_full_claim())) == word.render(BODY, context(a.a_full_claim()))


def test_the_pdf_has_the_words_of_the_word_document() -> None:
    facts = a.a_full_claim()
    facts = replace(facts, defendants=(Defendant(a.a_borrower("阿依古丽·𠮷&甲<乙>"), "borrower"), facts.defendants[1]))
    docx = word.render(BODY, context(facts))
    pages = [
        page.extract_text()
        for page in pypdf.PdfReader(io.BytesIO(word_layout.word_pdf(docx, title="民事起诉状", on=a.AS_OF))).pages
    ]
    on_pages = Counter(re.sub(r"\s", "", "".join(pages))) - Counter(
        "".join(str(number) for number in range(1, len(pages) + 1))
    )
    in_word = Counter(printed(facts).removesuffix("1"))
    assert on_pages == in_word


def replaced(value: Any) -> Any:
    """What a redactor does: every field marked as personal is replaced, wherever it is in the facts."""
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return tuple(replaced(inner) for inner in value) if isinstance(value, tuple) else value
    changes = {}
    for place in dataclasses.fields(value):
        inner = getattr(value, place.name)
        kind = place.metadata.get("personal")
        changes[place.name] = (f"〔{kind}〕" if inner else inner) if kind else replaced(inner)
    return replace(value, **changes)


def personal_values(value: Any) -> Iterator[tuple[Kind, str]]:
    if isinstance(value, tuple):
        for inner in value:
            yield from personal_values(inner)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for place in dataclasses.fields(value):
            kind, inner = place.metadata.get("personal"), getattr(value, place.name)
            if kind and inner:
                yield kind, inner
            else:
                yield from personal_values(inner)


def test_redacting_the_facts_leaves_no_personal_value_anywhere_in_the_document() -> None:
    facts = a.a_full_claim()
    secrets = [value for _kind, value in personal_values(facts) if value != "无"]
    assert len(secrets) == 13  # six of each person, and the guarantor's name once more in the guarantee
    clear, masked = printed(facts), printed(replaced(facts))
    assert all(value in clear or value[:4] in clear for value in secrets)
    assert [value for value in secrets if value in masked] == []
    assert "被告〔PERSON〕" in masked


def test_manifest_is_that_of_an_official_word_form_needing_approval() -> None:
    manifest = read_manifest("statement_of_claim", definitions.load(HOME / "manifest.yaml"))
    assert (manifest.engine, manifest.output, manifest.status, manifest.needs_approval) == (
        "word",
        ("docx", "pdf"),
        "official",
        True,
    )
