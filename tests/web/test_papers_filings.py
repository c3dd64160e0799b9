"""The filings pages: revisions with their standing, a document beside its data, approval by a named lawyer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from legal_service.evidence.operations import add_evidence
from legal_service.filings.revisions import queries
from legal_service.installation import Installation
from tests.builders import TODAY, a_pdf
from tests.web.a_case_with_papers import AT, CASE, LAWYER, OTHER, OWN, SECRETS, approved, made, opened, told, writing
from tests.web.conftest import Desk, plain

PAGE = f"{AT}/filings"
Desks = Callable[..., Desk]


@pytest.fixture
def installation(tmp_path: Path, fresh_instance: Path) -> Iterator[Installation]:
    """The prepared case, a copy for this test."""
    yield from opened(tmp_path, fresh_instance)


def states(installation: Installation) -> list[tuple[int, str]]:
    with installation.reading() as session:
        return [(one.id, one.state) for one in queries.revisions_of(session, CASE, own=OWN)]


def moved(installation: Installation) -> None:
    """A paper comes in that the claim's list of evidence would name."""
    with writing(installation, LAWYER, date(2026, 3, 3)) as tx:
        add_evidence(
            tx, store=installation.store, case_no=CASE, content=a_pdf("late"), filename="late.pdf", kind="id_card",
            known_kinds=frozenset({"id_card"}), form="copy", obtained_on=TODAY, source="信贷档案",
        )  # fmt: skip


def test_an_empty_page_teaches_the_next_step(lawyer: Desk) -> None:
    page = lawyer.read(PAGE)
    assert "本案还没有文书" in page and "民事起诉状" in page and "欠款明细" in page


def test_making_leads_to_the_revision_and_the_same_again_is_the_same(lawyer: Desk, installation: Installation) -> None:
    first = lawyer.post(PAGE, document="statement_of_claim", as_of=TODAY.isoformat())
    assert first.status_code == 303, plain(first.get_data(as_text=True))
    again = lawyer.post(PAGE, document="statement_of_claim", as_of=TODAY.isoformat())
    assert again.location == first.location
    assert "这就是已有的那一版" in lawyer.read(again.location)
    assert len(states(installation)) == 1
    page = lawyer.read(PAGE)
    assert "待审批" in page and "PDF" in page and "DOCX" in page


def test_what_stands_against_it_is_told_row_by_row_and_entries_stay(lawyer: Desk, installation: Installation) -> None:
    answer = lawyer.post(PAGE, document="statement_of_claim", as_of="2024-01-11")
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "处问题，未作任何改动" in plain(html) and "<code>" in html
    assert not [secret for secret in SECRETS if secret in html]
    assert 'value="2024-01-11"' in html and '<option value="statement_of_claim" selected>' in html
    assert states(installation) == []


@pytest.mark.parametrize(("field", "value"), [("document", "judgment"), ("as_of", "2999-01-01"), ("as_of", "soon")])
def test_a_wrong_field_is_named(lawyer: Desk, field: str, value: str) -> None:
    answer = lawyer.post(PAGE, **({"document": "contact_log", "as_of": TODAY.isoformat()} | {field: value}))
    assert answer.status_code == 422
    assert f'id="f-{field}"' in answer.get_data(as_text=True) and "is-invalid" in answer.get_data(as_text=True)


def test_the_document_stands_beside_its_data(lawyer: Desk, installation: Installation) -> None:
    number = made(installation)
    html = lawyer.get(f"{PAGE}/{number}").get_data(as_text=True)
    page = plain(html)
    assert (
        "诉讼请求第 1 项" in page
        and "尚欠本金" in page
        and "repayments.csv" in page
        and "第 1 批 loans.csv 第 2 行" in page
    )
    assert f'src="{PAGE}/{number}/pages/1.png"' in html and 'alt="第 1 页' in html
    assert not [secret for secret in SECRETS if secret in html]
    english = lawyer.read(f"{PAGE}/{number}?lang=en")
    assert "principal outstanding" in english and "claims, item 1" in english and "batch 1, loans.csv line 2" in english


@pytest.mark.parametrize("document", ["statement_of_account", "contact_log"])
def test_the_other_documents_show_theirs(lawyer: Desk, installation: Installation, document: str) -> None:
    number = made(installation, document)
    assert "所用数据及其来源" in lawyer.read(f"{PAGE}/{number}")
    assert lawyer.get(f"{PAGE}/{number}/pages/1.png").data.startswith(b"\x89PNG")


def test_looking_at_pages_is_told_once_a_day_and_kept_by_no_browser(
    lawyer: Desk, desk: Desks, installation: Installation
) -> None:
    number = made(installation)
    first = lawyer.get(f"{PAGE}/{number}/pages/1.png")
    assert first.data.startswith(b"\x89PNG") and first.mimetype == "image/png"
    assert "no-store" in first.headers["Cache-Control"]
    assert lawyer.get(f"{PAGE}/{number}/pages/2.png").status_code == 200
    (entry,) = told(installation, "filing.read")
    assert (entry.actor, entry.subject, entry.detail["revision"]) == (lawyer.email, f"case:{CASE}", number)
    desk("auditor").get(f"{PAGE}/{number}/pages/1.png")
    assert len(told(installation, "filing.read")) == 2
    for wrong in (f"{PAGE}/{number}/pages/999.png", f"{PAGE}/{number}/pages/0.png", f"{PAGE}/999/pages/1.png"):
        assert lawyer.get(wrong).status_code == 404
    assert lawyer.get(f"/cases/{OTHER}/filings/{number}/pages/1.png").status_code == 404


def test_files_are_saved_and_the_trail_tells(lawyer: Desk, installation: Installation) -> None:
    number = made(installation)
    taken = lawyer.get(f"{PAGE}/{number}/file.docx")
    assert taken.data.startswith(b"PK")
    assert taken.headers["Content-Disposition"] == f"attachment; filename={CASE}-statement_of_claim-{TODAY}.docx"
    assert [entry.detail["form"] for entry in told(installation, "filing.read")] == ["docx"]
    assert lawyer.get(f"{PAGE}/{number}/file.exe").status_code == 422
    assert len(told(installation, "filing.read")) == 1


def test_a_lawyer_approves_what_he_has_checked(lawyer: Desk, installation: Installation) -> None:
    number = made(installation)
    page = lawyer.read(f"{PAGE}/{number}")
    assert "我已核对" in page and "不能撤回" in page and CASE in page
    unread = lawyer.post(f"{PAGE}/{number}/approve")
    assert unread.status_code == 422 and "须勾选后才能审批" in plain(unread.get_data(as_text=True))
    assert states(installation) == [(number, "draft")]
    done = lawyer.post(f"{PAGE}/{number}/approve", checked="yes")
    assert done.status_code == 303 and states(installation) == [(number, "approved")]
    page = lawyer.read(f"{PAGE}/{number}")
    assert lawyer.email in page and "我已核对" not in page


def test_the_second_lawyer_sees_that_it_is_approved_and_by_whom(desk: Desks, installation: Installation) -> None:
    number = made(installation)
    one, other = desk("lawyer", "one"), desk("lawyer", "other")
    for each in (one, other):
        assert each.post(f"{PAGE}/{number}/approve", checked="yes").status_code == 303
    page = other.read(f"{PAGE}/{number}")
    assert "此版此前已经审批" in page and one.email in page
    assert [entry.actor for entry in told(installation, "filing.approve")] == [one.email]


def test_only_the_newest_revision_is_approved(lawyer: Desk, installation: Installation) -> None:
    old = made(installation)
    moved(installation)
    new = made(installation)
    answer = lawyer.post(f"{PAGE}/{old}/approve", checked="yes")
    assert answer.status_code == 409
    page = plain(answer.get_data(as_text=True))
    assert "此版之后已有新版" in page and "打开最新一版" in page
    assert states(installation) == [(new, "draft"), (old, "superseded")]


def test_a_stale_revision_says_which_row_moved_and_is_not_approved(lawyer: Desk, installation: Installation) -> None:
    number = made(installation)
    moved(installation)
    page = lawyer.read(f"{PAGE}/{number}")
    assert "依据已变动" in page and "变动了什么" in page and "证据清单" in page and "证据材料" in page
    assert "我已核对" not in page
    answer = lawyer.post(f"{PAGE}/{number}/approve", checked="yes")
    assert answer.status_code == 422 and "重新制作后审阅新版" in plain(answer.get_data(as_text=True))
    assert told(installation, "filing.approve") == []


def test_who_may_do_what(desk: Desks, installation: Installation) -> None:
    number = approved(installation)
    auditor, compliance = desk("auditor"), desk("compliance")
    assert "制作文书" not in auditor.read(PAGE)
    assert auditor.post(PAGE, document="contact_log", as_of=TODAY.isoformat()).status_code == 403
    assert compliance.post(f"{PAGE}/{number}/approve", checked="yes").status_code == 403
    assert compliance.post(PAGE, document="contact_log", as_of=TODAY.isoformat()).status_code == 303
    for path in (PAGE, f"{PAGE}/{number}", f"{PAGE}/{number}/pages/1.png", f"{PAGE}/{number}/file.pdf"):
        assert desk("counsel").get(path).status_code == 403
