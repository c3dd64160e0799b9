"""A case in preparation with everything a filing asks for, and the verbs of a test that takes it through the courts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from legal_service.cases import operations, queries
from legal_service.cases.serving import parse
from legal_service.errors import Refusal
from legal_service.installation import Installation
from legal_service.settlements import operations as settlements
from legal_service.vault.operations import deposit
from tests.cases.a_case import AS_OF, a_portfolio, call, contract_id, writing

LAWYER = "lawyer@b.cn"
LETTER = {
    "document": "demand_letter", "mode": "mail", "address": "某市某路2号", "sent_on": "2026-04-01", "outcome": "delivered",
    "effective_on": "2026-04-04",
}  # fmt: skip


class Suit:
    """One case, driven by a lawyer."""

    def __init__(self, installation: Installation, loan: str = "L1") -> None:
        self.installation = installation
        self.case_no = str(writing(installation, lambda tx: operations.open_case(tx, loan_nos=[loan], on=AS_OF)))
        self._prepare(loan)

    def _prepare(self, loan: str) -> None:
        self.move("contact", AS_OF)

        def records(tx: Any) -> None:
            call(tx, loan, date(2026, 4, 1), number=f"C-{loan}")
            settlements.record_attempt(
                tx, contract_id=contract_id(tx, loan), attempted_on=date(2026, 5, 1), channel="call", offer="分六期",
                outcome="refused", agreed_until=None,
            )  # fmt: skip
            deposit(
                tx, store=self.installation.store, content=b"%PDF-1.7 " + loan.encode(), filename="a.pdf",
                media_type="application/pdf", kind="contract", subject=f"loan:{loan}", form="electronic",
                obtained_on=None, source="信贷系统",
            )  # fmt: skip
            operations.record_service(tx, case_no=self.case_no, paper=parse(LETTER))

        writing(self.installation, records)
        self.move("preparation", AS_OF)
        self.milestone("statement", "statement_of_account")

    def milestone(self, kind: str, subject: str, reference: str = "r1", by: str | None = None) -> None:
        def write(tx: Any) -> None:
            operations.record_milestone(
                tx, case_no=self.case_no, kind=kind, subject=subject, reached_on=AS_OF, reference=reference
            )

        writing(self.installation, write, by)

    def approve(self, document: str, reference: str = "r1") -> None:
        """A revision is made, and a named lawyer approves it."""
        self.milestone("revision", document, reference)
        self.milestone("approval", document, reference, LAWYER)

    def move(self, stage: str, on: date, data: Mapping[str, Any] | None = None, by: str | None = LAWYER) -> None:
        def write(tx: Any) -> None:
            operations.advance(tx, case_no=self.case_no, target=stage, on=on, data=dict(data or {}))

        writing(self.installation, write, by)

    def event(self, kind: str, on: date, by: str | None = LAWYER, **data: str) -> int:
        return int(
            writing(
                self.installation,
                lambda tx: operations.record_event(tx, case_no=self.case_no, kind=kind, on=on, data=data),
                by,
            )
        )

    def refused(self, code: str, act: Any, *told: Any, **more: Any) -> Refusal:
        """The act is refused with this code."""
        with pytest.raises(Refusal) as raised:
            act(*told, **more)
        assert raised.value.code == code, raised.value.reason.zh
        assert raised.value.basis
        return raised.value

    def due(self, rule: str, subject: str | None = None) -> list[tuple[date, date | None]]:
        """The deadlines of a rule as (legal last day, done on)."""
        with self.installation.reading() as session:
            found = queries.docket(session, case_no=self.case_no)
        return [
            (one.period.last_day, one.done_on) for one in found if one.rule == rule and subject in (None, one.subject)
        ]

    def shown(self, as_of: date) -> dict[str, Any]:
        with self.installation.reading() as session:
            return queries.case_json(session, self.case_no, as_of, "zh")


def a_suit(installation: Installation, loan: str = "L1") -> Suit:
    """A case of the sample borrower, ready to be filed but for the approval."""
    return Suit(a_portfolio(installation), loan)
