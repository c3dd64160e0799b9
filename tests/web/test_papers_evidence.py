"""The evidence page: what a claim needs, what is there, what is missing; adding papers, and taking originals."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from legal_service.evidence import queries
from legal_service.installation import Installation
from legal_service.vault.operations import deposit
from tests.builders import TODAY, a_pdf
from tests.web.a_case_with_papers import AT, CASE, OTHER, SECRETS, opened, told, writing
from tests.web.conftest import Desk, plain

PAGE = f"{AT}/evidence"
Desks = Callable[..., Desk]


@pytest.fixture
def installation(tmp_path: Path, fresh_instance: Path) -> Iterator[Installation]:
    """The prepared case, a copy for this test."""
    yield from opened(tmp_path, fresh_instance)


def send(desk: Desk, content: bytes, name: str, **fields: object) -> TestResponse:
    given: dict[str, object] = {"kind": "id_card", "form": "copy", "source": "信贷档案", "obtained_on": "2024-01-10"}
    return desk.post(PAGE, **(given | fields), file=(io.BytesIO(content), name))


def items(installation: Installation, case_no: str = CASE) -> list[tuple[int, str, str]]:
    with installation.reading() as session:
        return [(one.id, one.kind, one.filename) for one in queries.items_of_case(session, case_no)]


def test_each_exhibit_says_what_it_proves_what_is_there_and_how_to_mend_what_is_not(lawyer: Desk) -> None:
    page = lawyer.read(PAGE)
    assert (
        "缺口与补法" in page
        and "从信贷档案调取借款人身份证明并上传" in page
        and "民事诉讼法(2023修正) 第一百二十二条" in page
    )
    assert "双方成立借款合同关系" in page and "HM0001-contract.pdf" in page and "电子数据" in page
    assert "生成证据包时自动制作" in page and "✓ 完整" in page
    assert "电子支付令" not in page
    other = lawyer.read(f"{PAGE}?package=payment_order")
    assert "支付令申请证据包" in other and "文书 payment_order_application" in other
    english = lawyer.read(f"{PAGE}?lang=en")
    assert "What is missing, and how to mend it" in english and "fetch the borrower's identity document" in english


def test_hashes_are_whole_on_hover_and_names_are_masked(lawyer: Desk, installation: Installation) -> None:
    html = lawyer.get(PAGE).get_data(as_text=True)
    with installation.reading() as session:
        held = queries.originals_of_case(session, CASE)
    assert all(f'<code title="{one.sha256}">{one.sha256[:12]}</code>' in html for one in held)
    assert "张*-妥投证明.pdf" in html
    assert not [secret for secret in SECRETS if secret in html]


def test_an_added_paper_fills_its_gap_and_is_the_same_item_again(lawyer: Desk, installation: Installation) -> None:
    sent = send(lawyer, a_pdf("card"), "card.pdf")
    assert sent.status_code == 303
    added = [one for one in items(installation) if one[1] == "id_card"]
    assert len(added) == 1 and sent.location.endswith(f"#item-{added[0][0]}")
    page = lawyer.read(PAGE)
    assert "已存入证据库" in page and "card.pdf" in page and "从信贷档案调取" not in page
    again = send(lawyer, a_pdf("card"), "renamed.pdf")
    assert again.status_code == 303 and len([one for one in items(installation) if one[1] == "id_card"]) == 1
    assert "未重复存入" in lawyer.read(PAGE)


def test_a_paper_that_came_with_the_tape_is_not_taken_in_twice(lawyer: Desk, installation: Installation) -> None:
    before = items(installation)
    assert send(lawyer, a_pdf("receipt"), "again.pdf", kind="delivery_receipt").status_code == 303
    assert items(installation) == before
    assert "未重复存入" in lawyer.read(PAGE)


def test_a_double_click_adds_once_and_another_file_after_back_is_another_act(
    lawyer: Desk, installation: Installation
) -> None:
    for content in (b"one", b"one", b"two"):
        assert send(lawyer, a_pdf(content.decode()), "card.pdf", once="filled-once").status_code == 303
    assert len([one for one in items(installation) if one[1] == "id_card"]) == 2
    assert len(told(installation, "vault.deposit")) == len(
        {entry.subject for entry in told(installation, "vault.deposit")}
    )


@pytest.mark.parametrize(
    ("content", "name", "fields", "says"),
    [
        (b"\x89PNG\r\n\x1a\n rubbish", "card.pdf", {}, "后缀为 .pdf，内容却是 image/png"),
        (b"", "card.pdf", {}, "文件为空"),
        (a_pdf("x"), "..", {}, "文件名不能为空或为上级目录"),
        (a_pdf("x"), "card.pdf", {"kind": "nonsense"}, "「证据种类」请从所列选项中选择"),
        (a_pdf("x"), "card.pdf", {"kind": "statement_of_account"}, "「证据种类」请从所列选项中选择"),
        (a_pdf("x"), "card.pdf", {"obtained_on": "2999-01-01"}, "不得晚于今日"),
        (a_pdf("x"), "card.pdf", {"form": "generated"}, "「形式」请从所列选项中选择"),
    ],
)  # fmt: skip
def test_what_is_refused_is_named_and_what_was_entered_stays(
    lawyer: Desk, installation: Installation, content: bytes, name: str, fields: dict[str, str], says: str
) -> None:
    before = items(installation)
    answer = send(lawyer, content, name, **fields)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert says in plain(html)
    assert 'value="信贷档案"' in html
    if "kind" not in fields:
        assert re.search(r'<option value="id_card" selected>', html)
    assert items(installation) == before


def test_an_original_is_saved_never_opened_and_the_trail_tells(lawyer: Desk, installation: Installation) -> None:
    number, _, name = next(one for one in items(installation) if one[1] == "contract")
    taken = lawyer.get(f"{PAGE}/{number}/file")
    assert taken.status_code == 200 and taken.data.startswith(b"%PDF")
    assert taken.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert taken.headers["X-Content-Type-Options"] == "nosniff" and taken.mimetype == "application/pdf"
    (entry,) = told(installation, "evidence.read")
    assert (entry.actor, entry.subject, entry.detail["item"]) == (lawyer.email, f"case:{CASE}", number)


def test_a_page_of_script_leaves_as_bytes(lawyer: Desk, installation: Installation) -> None:
    assert send(lawyer, b"<svg onload='alert(1)'/>", "x.svg", kind="other").status_code == 303
    number = items(installation)[-1][0]
    taken = lawyer.get(f"{PAGE}/{number}/file")
    assert taken.mimetype == "application/octet-stream"
    assert taken.headers["Content-Disposition"].startswith("attachment")


def test_only_the_originals_of_this_case_are_handed_out(lawyer: Desk, installation: Installation) -> None:
    foreign = next(one[0] for one in items(installation, OTHER) if one[1] == "guarantee_contract")
    with writing(installation) as tx:
        ours = deposit(
            tx, store=installation.store, content=b"PK zip", filename="p.zip", media_type="application/zip", kind="package",
            subject=f"case:{CASE}", form="generated", obtained_on=TODAY, source="package:p",
        ).id  # fmt: skip
    for number in (foreign, ours, 999_999, 2_147_483_647):
        assert lawyer.get(f"{PAGE}/{number}/file").status_code == 404
    assert lawyer.get(f"{PAGE}/99999999999999/file").status_code == 404
    assert lawyer.get("/cases/LC-2026-999999/evidence").status_code == 404
    assert told(installation, "evidence.read") == []


def test_who_may_read_and_who_may_add(desk: Desks, installation: Installation) -> None:
    auditor = desk("auditor")
    assert "存入证据库" not in auditor.read(PAGE)
    assert send(auditor, a_pdf("x"), "x.pdf").status_code == 403
    assert "存入证据库" in desk("collections").read(PAGE)
    number = items(installation)[0][0]
    for role in ("counsel", "regulator"):
        outsider = desk(role)
        assert outsider.get(PAGE).status_code == 403 and outsider.get(f"{PAGE}/{number}/file").status_code == 403
