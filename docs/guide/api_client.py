"""A partner's system at work: which deadlines are near, one case with its debt, and an evidence package from order to file.

    LEGAL_URL=http://127.0.0.1:8080 LEGAL_TOKEN=lgl_… python docs/guide/api_client.py LC-2026-000001

The token is made on the page "My account", or by POST /api/v1/tokens. Only the standard library is needed.
"""

# ruff: noqa: T201 - it is meant to be read on a terminal

from __future__ import annotations

import json
import os
import sys
import time
import urllib.error
import urllib.request
import uuid
from typing import Any

URL = os.environ.get("LEGAL_URL", "http://127.0.0.1:8080")
TOKEN = os.environ["LEGAL_TOKEN"]


class Problem(Exception):
    """The service said no: `code` is for programs, `detail` for people, `basis` is the article."""

    def __init__(self, told: dict[str, Any]) -> None:
        super().__init__(f"{told['status']} {told['code']}: {told['detail']} [{told['basis']}]")
        self.code = told["code"]


def ask(method: str, path: str, body: Any = None, **headers: str) -> tuple[Any, Any]:
    """One call: (document, headers). A POST carries a key, so that trying again after a lost line does nothing twice."""
    headers |= {"Authorization": f"Bearer {TOKEN}", "Accept-Language": "en"}
    if body is not None:
        headers["Content-Type"] = "application/json"
    if method == "POST":
        headers.setdefault("Idempotency-Key", str(uuid.uuid4()))
    content = None if body is None else json.dumps(body).encode()
    call = urllib.request.Request(f"{URL}{path}", content, headers, method=method)
    try:
        with urllib.request.urlopen(call, timeout=30) as answer:
            raw = answer.read()
            return json.loads(raw) if answer.headers.get_content_type() == "application/json" else raw, answer.headers
    except urllib.error.HTTPError as refused:
        raise Problem(json.load(refused)) from refused


def everything(path: str) -> Any:
    """The items of a list, page after page."""
    mark = "&" if "?" in path else "?"
    page, _ = ask("GET", path)
    yield from page["items"]
    while page["next"]:
        page, _ = ask("GET", f"{path}{mark}cursor={page['next']}")
        yield from page["items"]


def finished(path: str, patience: float = 120) -> Any:
    """A job once it has ended; its outcome says what came of it."""
    until = time.monotonic() + patience
    while True:
        job, _ = ask("GET", path)
        if job["status"] not in ("waiting", "running"):
            return job
        if time.monotonic() > until:
            raise SystemExit(f"{path} is still {job['status']}: is a worker running (legal worker)?")
        print(f"  {job['status']} {job['done_units']}/{job['total_units']} {job['progress_text']}")
        time.sleep(1)


def main(case_no: str) -> None:
    """Look, and order a package for external counsel."""
    print("deadlines:")
    for due in everything("/api/v1/deadlines?limit=20"):
        print(f"  {due['last_day']} {due['case_no']} {due['rule']} {due['subject']} ({due['basis']})")
    case, headers = ask("GET", f"/api/v1/cases/{case_no}")
    print(f"{case_no}: {case['stage']} since {case['since']}, claim {case['claim_total']}, version {headers['ETag']}")
    for loan in case["loans"]:
        account, _ = ask("GET", f"/api/v1/loans/{loan['loan_no']}/statement?as_of={case['as_of']}")
        print(f"  {loan['loan_no']}: total {account['total']}, claim {account['claim_total']}")
    try:
        order = {"package": "statement_of_claim", "audience": "external_counsel", "to": "counsel@firm.example"}
        _, headers = ask("POST", f"/api/v1/cases/{case_no}/packages", order)
    except Problem as refused:
        raise SystemExit(str(refused)) from refused
    job = finished(headers["Location"])
    if job["status"] != "done":
        raise SystemExit(f"no package: {json.dumps(job['outcome'], ensure_ascii=False)}")
    package = next(
        one for one in everything(f"/api/v1/cases/{case_no}/packages") if one["sha256"] == job["outcome"]["sha256"]
    )
    content, _ = ask("GET", f"/api/v1/cases/{case_no}/packages/{package['id']}/file")
    print(f"package: {package['package_id']}.zip, {len(content)} bytes, sha256 {package['sha256']}")


if __name__ == "__main__":
    main(sys.argv[1])
