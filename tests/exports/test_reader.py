"""What one reader of a package may have: facts drawn for him, originals whole or redacted, and the gate over it all."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from legal_service.errors import Refusal
from legal_service.evidence.facts import Exhibit
from legal_service.exports.reader import Reader
from legal_service.redaction import files
from legal_service.redaction.kinds import Audience, Kind
from legal_service.redaction.spans import KnownValue

BORROWER = KnownValue(Kind.PERSON, "江南")
NUMBER = KnownValue(Kind.ID_NUMBER, "11010519491231002X")
SISTER = KnownValue(Kind.MOBILE, "13912345678")
LENDER = ("0571-10008600", "浙江省杭州市余杭区惠泽路1号惠民金融大厦18层", "顾明远")
CONTRACT = "借款人：江南。紧急联系人廖丽，电话13912345678。".encode()


def a_reader(audience: Audience) -> Reader:
    return Reader(
        audience=audience,
        recipient="reader@firm.example",
        policy=files.policy_for(audience),
        known=(BORROWER, NUMBER, SISTER),
        strangers=(SISTER,),
        key=b"",
        allowed=LENDER,
    )


def an_exhibit(content: bytes, source: str = "", extension: str = "txt") -> Exhibit:
    return Exhibit(kind="contract", name="借款合同", extension=extension, content=content, form="copy", source=source)


def refused(reader: Reader, papers: dict[str, bytes]) -> str:
    with pytest.raises(Refusal) as caught:
        reader.check(papers)
    assert caught.value.code == "leak"
    return caught.value.reason.zh


def test_the_court_gets_the_contract_with_the_emergency_contact_it_names():
    reader = a_reader(Audience.COURT)
    assert reader.exhibit(an_exhibit(CONTRACT)).content == CONTRACT
    reader.check({"data/exhibits/03-借款合同.txt": CONTRACT, "data/binder.pdf": CONTRACT})


def test_what_the_house_writes_for_the_court_names_no_third_person():
    reader = a_reader(Audience.COURT)
    reader.exhibit(an_exhibit(CONTRACT))
    reason = refused(reader, {"data/exhibits/19-催收记录.txt": "拨打13912345678，姐妹接听".encode()})
    assert "催收记录" in reason and "13912345678" not in reason


def test_the_binder_of_the_court_holds_no_third_person_that_no_original_names():
    reader = a_reader(Audience.COURT)
    reader.exhibit(an_exhibit("借款人：江南。".encode()))
    assert "binder" in refused(reader, {"data/binder.pdf": CONTRACT})


def test_counsel_gets_neither_party_nor_third_person():
    reader = a_reader(Audience.EXTERNAL_COUNSEL)
    assert "借款合同" in refused(reader, {"data/exhibits/03-借款合同.txt": CONTRACT})
    copy = reader.exhibit(an_exhibit(CONTRACT)).content
    assert copy is not None and copy.decode() == "借款人：江*。紧急联系人廖*，电话139****5678。"
    reader.check({"data/exhibits/03-借款合同.txt": copy})


def test_the_words_of_a_source_are_redacted_like_any_text():
    reader = a_reader(Audience.EXTERNAL_COUNSEL)
    drawn = reader.exhibit(an_exhibit("正文".encode(), source="江南（11010519491231002X）本人提供"))
    assert drawn.source == "江*（1****************X）本人提供"


@pytest.mark.parametrize("extension", ["docx", "xlsx", "zip", "jpg", "exe"])
def test_what_cannot_be_proven_clean_is_withheld_with_a_reason_and_its_source_is_redacted(extension):
    drawn = a_reader(Audience.EXTERNAL_COUNSEL).exhibit(an_exhibit(b"PK\x03\x04", "江南本人提供", extension))
    assert drawn.content is None and drawn.withheld and drawn.source == "江*本人提供"


@dataclass(frozen=True)
class _Note:
    text: str = field(metadata={"prose": True})


def test_the_lenders_own_particulars_stay_in_what_is_written_for_counsel():
    note = _Note("江南本人称将致电0571-10008600，或寄至浙江省杭州市余杭区惠泽路1号惠民金融大厦18层。法定代表人：顾明远")
    drawn = a_reader(Audience.EXTERNAL_COUNSEL).facts(note, "催收记录")
    assert drawn.text == note.text.replace("江南", "江*")
