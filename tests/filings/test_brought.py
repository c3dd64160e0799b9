"""A filing drawn up elsewhere is approved by a named lawyer from the case's vault; what the house makes itself is not."""

from __future__ import annotations

from datetime import date

import pytest

from legal_service.cases import queries
from legal_service.cases.timeline import Event
from legal_service.errors import Refusal
from legal_service.filings import operations
from legal_service.installation import Installation
from legal_service.vault.operations import deposit
from tests.cases.a_case import writing
from tests.cases.a_suit import LAWYER, Suit, a_suit

DOCUMENT = "payment_order_application"


@pytest.fixture
def suit(on_both: Installation) -> Suit:
    return a_suit(on_both)


def laid_in(suit: Suit, content: bytes) -> str:
    return str(
        writing(
            suit.installation,
            lambda tx: (
                deposit(
                    tx,
                    store=suit.installation.store,
                    content=content,
                    filename="支付令申请书.pdf",
                    media_type="application/pdf",
                    kind="other",
                    subject=f"case:{suit.case_no}",
                    form="electronic",
                    obtained_on=None,
                    source="外聘律师",
                ).sha256
            ),
        )
    )


def approve(suit: Suit, sha256: str, document: str = DOCUMENT, by: str | None = LAWYER) -> None:
    writing(
        suit.installation,
        lambda tx: operations.approve_brought(tx, case_no=suit.case_no, document=document, sha256=sha256),
        by,
    )


def refused(code: str, *told: object, **more: object) -> None:
    with pytest.raises(Refusal) as raised:
        approve(*told, **more)  # type: ignore[arg-type]
    assert raised.value.code == code


def test_the_payment_order_is_applied_for_with_a_paper_of_counsels(suit: Suit) -> None:
    first = laid_in(suit, b"%PDF-1.7 first")
    refused("named_lawyer_required", suit, first, by=None)
    refused("unknown_proof", suit, "0" * 64)
    refused("made_here", suit, first, "statement_of_claim")
    refused("unknown_document", suit, first, "love_letter")
    approve(suit, first)
    approve(suit, first)
    told = [one.words.zh for one in timeline(suit)]
    assert len([one for one in told if one.startswith("审批《支付令申请书》（证据库第")]) == 1
    suit.move("payment_order", date(2026, 7, 1), {"court": "某区人民法院"})


def test_a_newer_paper_needs_its_own_approval(suit: Suit) -> None:
    first, second = laid_in(suit, b"%PDF-1.7 first"), laid_in(suit, b"%PDF-1.7 second")
    approve(suit, first)
    approve(suit, second)
    with suit.installation.reading() as session:
        position = queries.position_of(session, suit.case_no, date(2026, 7, 1))
    approval = position.approved(DOCUMENT)
    assert approval is not None
    assert approval.by == LAWYER
    assert len({one.reference for one in position.milestones if one.subject == DOCUMENT}) == 2


def timeline(suit: Suit) -> list[Event]:
    with suit.installation.reading() as session:
        return queries.timeline(session, suit.case_no)
