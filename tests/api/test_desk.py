"""What a partner's system does all day: cases, papers, packages, tapes, returns, hooks. Each as the command line does it."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from legal_service import clock
from legal_service.access.models import AuditEntry
from legal_service.accounts import queries as accounts
from legal_service.accounts.statement_json import as_json
from legal_service.cases import queries as cases
from legal_service.exports.models import Download
from legal_service.installation import Installation
from legal_service.tasks import TASKS
from legal_service.worker import work
from tests.api.conftest import CASE, SECRETS, Caller, email_of
from tests.api.test_access import addresses
from tests.builders import a_pdf, a_tape, change

DAY = clock.parse_moment("2024-11-03").date()


def done(house: Installation, caller: Caller, answer: Any) -> dict[str, Any]:
    """The job that an answer tells of, after a worker has run it."""
    assert answer.status_code == 202, answer.text
    assert answer.headers["Location"] == f"/api/v1/jobs/{answer.json['job']}"
    work(house, TASKS, once=True)
    found: dict[str, Any] = caller.read(f"/jobs/{answer.json['job']}")
    return found


def test_a_case_is_opened_moved_and_recorded_upon(lawyer: Caller) -> None:
    opened = lawyer.post("/cases", {"loan_nos": ["HM0003"], "on": "2024-11-04"})
    assert opened.status_code == 201, opened.text
    path = opened.headers["Location"].removeprefix("/api/v1")
    assert lawyer.post("/cases", {"loan_nos": ["HM0003"]}).headers["Location"].endswith(path)
    moved = lawyer.post(
        f"{path}/moves", {"stage": "contact", "on": "2024-11-05"}, headers={"If-Match": opened.headers["ETag"]}
    )
    assert moved.status_code == 200, moved.text
    paper = {
        "document": "demand_letter", "mode": "direct", "address": "甲路1号", "sent_on": "2024-11-06", "outcome": "delivered",
    }  # fmt: skip
    served = lawyer.post(f"{path}/services", paper)
    assert (served.status_code, served.json["effective_on"]) == (201, "2024-11-06")  # type: ignore[index]
    tried = lawyer.post(
        f"{path}/settlements", {"on": "2024-11-07", "channel": "call", "offer": "分六期", "outcome": "refused"}
    )
    assert (tried.status_code, len(tried.json["recorded"])) == (201, 1)  # type: ignore[index]
    case = lawyer.read(path)
    assert (case["stage"], case["version"]) == ("contact", 2)
    assert [(one["from"], one["to"], one["by"]) for one in case["history"]] == [
        ("assessment", "contact", email_of("lawyer"))
    ]
    kinds = {one["kind"] for one in lawyer.read(f"{path}/timeline?limit=100")["items"]}
    assert {"stage", "service", "settlement", "deadline", "contact", "complaint", "posting"} <= kinds
    assert {one["kind"] for one in lawyer.read(f"{path}/timeline?kind=service")["items"]} == {"service"}


def test_a_case_is_told_whole(house: Installation, lawyer: Caller) -> None:
    with house.reading() as session:
        expected: Any = cases.case_json(session, CASE, DAY, "zh")
    assert lawyer.read(f"/cases/{CASE}?as_of=2024-11-03") == expected


def test_what_a_step_tells_besides_is_not_told_on(house: Installation, lawyer: Caller) -> None:
    from tests.api.conftest import actor_of

    with house.transaction(actor_of(house, "lawyer")) as tx:
        from legal_service.cases import operations

        operations.advance(tx, case_no=CASE, target="contact", on=clock.today(), data={"note": "张伟 19900000001"})
    case = lawyer.read(f"/cases/{CASE}")
    assert case["history"][0]["data"] == {}
    closed = lawyer.post(
        f"/cases/{CASE}/moves", {"stage": "closed", "data": {"reason": "paid"}}, headers={"If-Match": "*"}
    )
    assert closed.json["history"][1]["data"] == {"reason": "paid"}  # type: ignore[index]
    assert lawyer.read("/cases")["items"] == []
    assert [one["case_no"] for one in lawyer.read("/cases?stage=closed")["items"]] == [CASE]


def test_a_case_number_of_others_is_no_loan_of_this_one(lawyer: Caller) -> None:
    body = {"on": "2024-11-07", "channel": "call", "offer": "x", "outcome": "refused", "loan_no": "HM0003"}
    answer = lawyer.post(f"/cases/{CASE}/settlements", body)
    assert (answer.status_code, answer.json["code"]) == (422, "loan_not_in_case")  # type: ignore[index]


@pytest.mark.parametrize("loan_no", ["HM0001", "HM0002", "HM0003"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_statement_is_that_of_the_contract_to_the_letter(
    house: Installation, lawyer: Caller, loan_no: str, language: Any
) -> None:
    with house.reading() as session:
        expected = as_json(accounts.statement(session, loan_no, DAY), language)
    answer = lawyer.get(f"/loans/{loan_no}/statement?as_of=2024-11-03", headers={"Accept-Language": language})
    assert json.loads(answer.text) == expected
    assert list(json.loads(answer.text)) == list(expected)


def test_every_field_of_a_statement_is_declared(lawyer: Caller) -> None:
    from legal_service.api.schemas.loans import StatementShape

    told = lawyer.read("/loans/HM0001/statement?as_of=2024-11-03")
    assert StatementShape().dump(told) == told


def test_a_loan_and_what_to_do_with_it(lawyer: Caller) -> None:
    loan = lawyer.read("/loans/HM0001")
    assert loan["case_no"] == CASE
    assert loan["borrower"] == {
        "name": "张*",
        "id_number": "1****************" + loan["borrower"]["id_number"][-1],
        "phone": "199****0001",
    }
    advice = lawyer.read("/loans/HM0003/recommendation?as_of=2024-11-03")
    assert set(advice) == {"action", "because", "blocked_by"}
    assert lawyer.get("/loans/HM0009").status_code == 404
    assert lawyer.get("/loans/HM0001/statement").status_code == 422


def test_evidence_is_added_listed_and_missed(lawyer: Caller) -> None:
    before = {one["exhibit"] for one in lawyer.read(f"/cases/{CASE}/gaps?package=statement_of_claim")["gaps"]}
    assert "id_card" in before
    form = {
        "kind": "id_card",
        "form": "copy",
        "obtained_on": "2024-10-01",
        "file": (BytesIO(a_pdf("id")), "身份证-张伟.pdf"),
    }
    added = lawyer("POST", f"/cases/{CASE}/evidence", data=form)
    assert added.status_code == 201, added.text
    assert added.json["filename"] == "身份证-张*.pdf"  # type: ignore[index]
    after = {one["exhibit"] for one in lawyer.read(f"/cases/{CASE}/gaps?package=statement_of_claim")["gaps"]}
    assert before - after == {"id_card"}
    assert added.json in lawyer.read(f"/cases/{CASE}/evidence?limit=100")["items"]


@pytest.mark.parametrize(
    ("form", "status", "code"),
    [
        ({"kind": "poem", "file": (b"%PDF-1.4", "a.pdf")}, 422, "unknown_kind"),
        ({"kind": "contract", "file": (b"", "a.pdf")}, 422, "bad_file_size"),
        ({"kind": "contract", "file": (b"%PDF-1.4", "../a.pdf")}, 422, "bad_filename"),
        ({"kind": "contract"}, 422, "invalid_request"),
        ({"kind": "contract", "form": "generated", "file": (b"%PDF-1.4", "a.pdf")}, 422, "invalid_request"),
        ({"kind": "contract", "file": (b"%PDF-1.4", "")}, 422, "invalid_request"),
    ],
)
def test_what_is_no_evidence_is_refused(lawyer: Caller, form: dict[str, Any], status: int, code: str) -> None:
    if "file" in form:
        form = form | {"file": (BytesIO(form["file"][0]), form["file"][1])}
    answer = lawyer("POST", f"/cases/{CASE}/evidence", data=form, content_type="multipart/form-data")
    assert (answer.status_code, answer.json["code"]) == (status, code), answer.text  # type: ignore[index]


def test_a_filing_is_made_approved_and_taken(lawyer: Caller) -> None:
    made = lawyer.post(f"/cases/{CASE}/filings", {"document": "contact_log", "as_of": "2024-11-03"})
    assert made.status_code == 201, made.text
    again = lawyer.post(f"/cases/{CASE}/filings", {"document": "contact_log", "as_of": "2024-11-03"})
    assert made.json is not None
    assert again.json == made.json
    path = f"/cases/{CASE}/filings/{made.json['revision']}"
    approved = lawyer.post(f"{path}/approval")
    assert [one["by"] for one in approved.json["approvals"]] == [email_of("lawyer")]  # type: ignore[index]
    assert lawyer.post(f"{path}/approval").json == approved.json
    taken = lawyer.get(f"{path}/file")
    assert (taken.status_code, taken.mimetype, taken.data[:5]) == (200, "application/pdf", b"%PDF-")
    assert lawyer.get(f"{path}/file?form=docx").json["code"] == "no_such_format"  # type: ignore[index]


def test_an_old_revision_is_not_approved(lawyer: Caller) -> None:
    newer = lawyer.post(f"/cases/{CASE}/filings", {"document": "statement_of_account", "as_of": "2024-11-02"})
    assert newer.status_code == 201, newer.text
    answer = lawyer.post(f"/cases/{CASE}/filings/1/approval")
    assert (answer.status_code, answer.json["code"]) == (409, "superseded_revision")  # type: ignore[index]
    assert lawyer.get(f"/cases/{CASE}/filings/99/file").status_code == 404


def test_facts_not_enough_to_file_are_all_told(call_as: Callable[[str], Caller], lawyer: Caller) -> None:
    lawyer.post("/cases", {"loan_nos": ["HM0003"], "on": "2024-11-04"})
    answer = lawyer.post("/cases/LC-2024-000002/filings", {"document": "statement_of_claim", "as_of": "2024-11-03"})
    if answer.status_code == 422:
        assert {one["severity"] for one in answer.json["findings"]} <= {"error", "doubt"}  # type: ignore[index]
    else:
        assert answer.json["doubts"] is not None  # type: ignore[index]


def test_a_package_goes_from_job_to_counsel_and_back(
    house: Installation, call_as: Callable[[str], Caller], lawyer: Caller
) -> None:
    body = {
        "package": "statement_of_claim",
        "audience": "external_counsel",
        "to": email_of("counsel"),
        "on": "2024-11-05",
    }
    job = done(house, lawyer, lawyer.post(f"/cases/{CASE}/packages", body))
    assert job["status"] == "done", job
    package = lawyer.read(f"/cases/{CASE}/packages?limit=100")["items"][-1]
    assert (package["package_id"], package["sha256"]) == (job["outcome"]["package_id"], job["outcome"]["sha256"])
    granted = lawyer.post(
        f"/packages/{package['package_id']}/grants", {"to": email_of("counsel"), "until": "2099-01-01"}
    )
    assert granted.status_code == 201, granted.text
    counsel = call_as("counsel")
    mine = counsel.read("/grants?limit=100")["items"][-1]
    assert (mine["id"], mine["state"], mine["downloaded_at"]) == (granted.json["grant"], "live", None)  # type: ignore[index]
    path = f"/grants/{mine['id']}/file"
    assert counsel("HEAD", path).status_code == 405
    assert counsel.read("/grants?limit=100")["items"][-1]["downloaded_at"] is None
    taken = counsel.get(path)
    assert (taken.status_code, taken.mimetype) == (200, "application/zip")
    assert zipfile.ZipFile(io.BytesIO(taken.data)).testzip() is None
    assert counsel.read("/grants?limit=100")["items"][-1]["downloaded_at"] is not None
    assert lawyer.delete(f"/grants/{mine['id']}").status_code == 204
    gone = counsel.get(path)
    assert (gone.status_code, gone.json["code"]) == (410, "grant_revoked")  # type: ignore[index]
    with house.reading() as session:
        assert len(list(session.scalars(select(Download)))) == 1


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"package": "poem", "audience": "court"}, "unknown_package_kind"),
        ({"package": "statement_of_claim", "audience": "everybody"}, "invalid_request"),
        ({"package": "statement_of_claim", "audience": "court", "to": "nobody"}, "bad_email"),
    ],
)
def test_what_is_no_package_is_refused_before_any_job(lawyer: Caller, body: Any, code: str) -> None:
    answer = lawyer.post(f"/cases/{CASE}/packages", body)
    assert (answer.status_code, answer.json["code"]) == (422, code)  # type: ignore[index]
    assert lawyer.post("/cases/none/packages", body | {"to": ""}).status_code in (404, 422)


def upload(folder: Path) -> dict[str, Any]:
    """The form of an import: every file of a tape's folder under its path in it."""
    files = [one for one in sorted(folder.rglob("*")) if one.is_file()]
    return {"files": [(BytesIO(one.read_bytes()), str(one.relative_to(folder))) for one in files]}


def test_a_tape_is_uploaded_checked_imported_and_forgotten(
    house: Installation, call_as: Callable[[str], Caller], tmp_path: Path
) -> None:
    caller, tape = call_as("compliance"), a_tape(tmp_path / "new")
    change(tape, "repayments.csv:2:AMOUNT", "1000.16")
    checked = done(house, caller, caller("POST", "/imports", data=upload(tape) | {"dry_run": "true"}))
    assert (checked["outcome"]["batch"], checked["status"]) == (None, "done")
    assert not [one for one in checked["outcome"]["findings"] if one["severity"] == "error"], checked["outcome"]
    imported = done(house, caller, caller("POST", "/imports", data=upload(tape)))
    assert imported["outcome"]["batch"] == 2
    assert imported["outcome"]["created"] + imported["outcome"]["updated"] > 0
    assert list((house.settings.instance / "uploads").iterdir()) == []


def test_a_tape_with_a_fault_writes_nothing_and_says_where(
    house: Installation, call_as: Callable[[str], Caller], tmp_path: Path
) -> None:
    caller, tape = call_as("collections"), a_tape(tmp_path / "new")
    where = change(tape, "borrowers.csv:2:ID_NUMBER", "110105199003071234")
    job = done(house, caller, caller("POST", "/imports", data=upload(tape)))
    assert job["outcome"]["batch"] is None
    assert where in [one["where"] for one in job["outcome"]["findings"]]
    assert "110105199003071234" not in str(job)


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"files": [(b"x", "../loans.csv")]}, "bad_filename"),
        ({"files": [(b"x", "/loans.csv")]}, "bad_filename"),
        ({"files": [(b"x", ".ssh/id")]}, "bad_filename"),
        ({"files": [(b"x", "a/b/c/d.csv")]}, "bad_filename"),
        ({"files": [(b"x", "loans.csv"), (b"y", "LOANS.csv")]}, "bad_filename"),
        ({"files": [(b"x", "loans.csv")], "mapping": "../../etc/passwd"}, "invalid_request"),
        ({"files": [(b"x", "loans.csv")], "dry_run": "yes"}, "invalid_request"),
        ({}, "invalid_request"),
    ],
)
def test_what_is_no_upload_is_refused(
    house: Installation, call_as: Callable[[str], Caller], form: Any, code: str
) -> None:
    form = form | {"files": [(BytesIO(content), name) for content, name in form.get("files", [])]}
    answer = call_as("lawyer")("POST", "/imports", data=form, content_type="multipart/form-data")
    assert (answer.status_code, answer.json["code"]) == (422, code), answer.text  # type: ignore[index]
    assert not (house.settings.instance / "uploads").exists() or not list(
        (house.settings.instance / "uploads").iterdir()
    )


def test_a_job_is_stopped(lawyer: Caller) -> None:
    stopped = lawyer.post("/jobs/1/stop")
    assert (stopped.status_code, stopped.json["status"]) == (202, "stopped")  # type: ignore[index]
    assert lawyer.post("/jobs/1/stop").json["stop_asked_by"] == email_of("lawyer")  # type: ignore[index]
    assert [one["id"] for one in lawyer.read("/jobs?status=stopped")["items"]] == [1]
    assert lawyer.read("/jobs?mine=true")["items"] == []


def test_a_return_is_made_and_traced_to_its_rows(house: Installation, call_as: Callable[[str], Caller]) -> None:
    compliance, regulator = call_as("compliance"), call_as("regulator")
    body = {"name": "collection_and_litigation", "period": "2024-Q1"}
    job = done(house, compliance, compliance.post("/returns", body))
    assert (job["status"], job["outcome"]["issue"]) == ("done", 1), job
    issues = regulator.read("/returns")["items"]
    assert [(one["period"], one["recorded"]) for one in issues] == [("2024-Q1", True), ("2024-Q2", True)]
    whole = regulator.read(f"/returns/{issues[0]['id']}")
    numbers = [number for measure in whole["measures"] for number in measure["numbers"]]
    shown = [one for one in numbers if not one["withheld"] and one["rows"] == 0]
    assert shown
    assert regulator.read(f"/returns/{issues[0]['id']}/rows/{shown[0]['key']}") == {"items": [], "next": None}
    withheld = next(one for one in numbers if one["withheld"])
    refused = regulator.get(f"/returns/{issues[0]['id']}/rows/{withheld['key']}")
    assert refused.json["code"] == "rows_withheld"  # type: ignore[index]
    for name in ("return.json", "return.xlsx", "return.pdf", "manifest.json"):
        assert regulator.get(f"/returns/1/file?name={name}").status_code == 200
    assert regulator.get("/returns/1/file?name=cut.jsonl").status_code == 422
    early = compliance.post("/returns", body | {"period": f"{clock.today().year + 1}-Q1"})
    assert early.json["code"] == "period_not_ended"  # type: ignore[index]


def test_hooks_are_made_stopped_and_resumed(call_as: Callable[[str], Caller]) -> None:
    admin = call_as("admin")
    made = admin.post("/webhooks", {"url": "https://other.example/hook", "events": ["case.opened", "deadline.opened"]})
    assert made.status_code == 201, made.text
    assert made.json is not None
    assert made.json["secret"]
    assert made.json["secret"] not in str(admin.read("/webhooks"))
    twin = admin.post("/webhooks", {"url": "https://other.example/hook", "events": ["case.opened"]})
    assert twin.status_code == 409
    path = f"/webhooks/{made.json['id']}"
    assert admin.delete(path).status_code == 204
    assert admin.delete(path).status_code == 204
    assert admin.read("/webhooks")["items"][-1]["active"] is False
    assert admin.post(f"{path}/resume").json["active"] is True  # type: ignore[index]
    assert admin.delete("/webhooks/99").status_code == 404


def test_users_are_added_changed_and_closed(call_as: Callable[[str], Caller]) -> None:
    admin = call_as("admin")
    body = {"email": "New@Lender.example", "role": "lawyer", "name": "新律师"}
    first, again = admin.post("/users", body), admin.post("/users", body)
    assert (first.status_code, first.json["changed"], again.json["changed"]) == (201, True, False)  # type: ignore[index]
    assert admin.delete("/users/new@lender.example").status_code == 204
    closed = next(one for one in admin.read("/users?limit=100")["items"] if one["email"] == "new@lender.example")
    assert closed["active"] is False
    own = admin.delete(f"/users/{email_of('admin')}")
    assert (own.status_code, own.json["code"]) == (403, "own_account")  # type: ignore[index]
    assert admin.delete("/users/none@lender.example").status_code == 404


@pytest.mark.parametrize(
    ("question", "arguments", "told"),
    [
        ("fee", {"kind": "court", "amount": "100000"}, ("fee", "2300.00")),
        ("period", {"from": "2026-11-23", "days": "15"}, ("raw", "2026-12-08")),
        ("amount", {"amount": "12000"}, ("chinese", "壹万贰仟元整")),
        ("schedule", {"principal": "12000", "annual_rate": "0.18", "months": "12", "method": "equal_instalment",
                      "disbursed": "2024-01-10", "first_due": "2024-02-10"}, ("payment", "1100.16")),
        ("explain", {"parameter": "periods/enforcement", "on": "2026-11-23"}, ("unit", "year")),
    ],
)  # fmt: skip
def test_the_law_answers_by_address_and_by_body(
    call_as: Callable[[str], Caller], question: str, arguments: dict[str, str], told: tuple[str, str]
) -> None:
    counsel = call_as("counsel")
    by_address = counsel.read(f"/law/{question}", query_string=arguments)
    by_body = counsel.post(f"/law/{question}", arguments)
    assert by_body.json == by_address
    assert told[1] in str(by_address[told[0]])


def test_the_law_takes_lists_and_numbers_as_they_are_written(lawyer: Caller) -> None:
    raw = b'{"principal": 12000, "annual_rate": 0.18, "months": 12, "method": "equal_instalment", "disbursed": "2024-01-10", "first_due": "2024-02-10"}'
    answer = lawyer("POST", "/law/schedule", data=raw, content_type="application/json")
    assert answer.json["payment"] == "1100.16"  # type: ignore[index]
    debts = [{"id": "a", "due_on": "2024-01-01", "costs": "0", "interest": "1.00", "principal": "9.00"}]
    allocated = lawyer.post("/law/allocate", {"amount": "5.00", "debts": debts, "on": "2024-02-01"})
    assert allocated.status_code == 200, allocated.text
    assert lawyer.post("/law/anonymise", {"names": ["张三", "张四"]}).json == {"names": ["张某1", "张某2"]}


def test_what_is_personal_is_not_asked_by_address(lawyer: Caller) -> None:
    for question in ("identifier", "anonymise", "limitation", "allocate", "delay-interest"):
        answer = lawyer.get(f"/law/{question}", query_string={"kind": "id_card"})
        assert answer.status_code == 405, question
    assert lawyer.post("/law/fee", {"kind": "court", "amount": "1", "colour": "red"}).json["code"] == "wrong_argument"  # type: ignore[index]


def test_no_answer_holds_a_value_of_a_person(app: Any, call_as: Callable[[str], Caller]) -> None:
    from tests.api.test_access import QUESTIONS

    told = []
    for role in ("lawyer", "admin", "compliance", "auditor", "regulator", "counsel"):
        for endpoint, method, path in addresses(app):
            if method != "GET" or path.endswith("/file"):
                continue
            answer = call_as(role).get(path + QUESTIONS.get(endpoint, ""))
            told += [(role, path, secret) for secret in SECRETS if secret in answer.text]
    assert told == []


def test_what_is_done_by_the_api_is_in_the_trail_under_its_name(house: Installation, lawyer: Caller) -> None:
    lawyer.post("/cases", {"loan_nos": ["HM0003"]}, headers={"Idempotency-Key": "k"})
    with house.reading() as session:
        entry = session.scalars(
            select(AuditEntry).where(AuditEntry.action == "case.open").order_by(AuditEntry.seq.desc())
        ).first()
    assert entry is not None
    assert entry.actor == email_of("lawyer")
