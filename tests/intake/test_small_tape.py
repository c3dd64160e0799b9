"""The small tape itself: every row of it is imported, without a doubt."""

from __future__ import annotations

from pathlib import Path

from legal_service.accounts.models import Contract, Guarantee, Posting
from legal_service.complaints.models import Complaint
from legal_service.contacts.models import ContactAttempt
from legal_service.installation import Installation
from legal_service.parties.models import Lender, Person
from legal_service.vault.models import VaultItem
from tests.builders import a_tape, imported, rows_of


def test_every_row_of_the_small_tape_is_imported(installation: Installation, tmp_path: Path) -> None:
    outcome = imported(installation, a_tape(tmp_path / "tape"))
    assert outcome.findings == []
    assert (outcome.read, outcome.created) == (21, 21)
    assert (outcome.updated, outcome.unchanged, outcome.refused) == (0, 0, 0)
    held = {
        model: len(rows_of(installation, model))
        for model in (Lender, Person, Contract, Posting, ContactAttempt, Guarantee, Complaint, VaultItem)
    }
    assert list(held.values()) == [1, 2, 3, 8, 2, 1, 1, 3]
