"""Which papers a credit file holds: all of them in the exemplary case, gaps and scans in the others as in life."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from legal_service.accounts.rules import Rules
from legal_service.intake.sample.credit_files import CreditFile
from legal_service.intake.sample.draw import happens
from legal_service.intake.sample.papers.contract import contract
from legal_service.intake.sample.papers.guarantee import guarantee_contract
from legal_service.intake.sample.papers.identity_papers import (
    authorisation,
    face_verification,
    form_terms_notice,
    identity_card,
    signature_certificate,
)
from legal_service.intake.sample.papers.letter_papers import delivery_receipt, letter
from legal_service.intake.sample.papers.money_papers import cost_table, receipt
from legal_service.intake.sample.papers.sheet import Paper


def papers(chance: Random, file: CreditFile, rules: Rules) -> Iterator[Paper]:
    """The papers of a severe loan, in the order of its life. `rules` are those of the statements that the letters quote."""
    whole = file.exemplary

    def has(percent: float) -> bool:
        return whole or happens(chance, percent)

    def as_scan(percent: float) -> bool:
        return not whole and happens(chance, percent)

    if has(70):
        yield identity_card(file)
    if has(30):
        yield face_verification(file)
    if file.loan.clauses.cost_table:
        yield cost_table(file)
    yield contract(file, scanned=as_scan(25))
    if has(20):
        yield signature_certificate(file)
    if has(15):
        yield form_terms_notice(file)
    if has(30):
        yield authorisation(file)
    if file.guarantee is not None:
        yield guarantee_contract(file, file.guarantee, scanned=as_scan(50))
    yield receipt(file, scanned=as_scan(20))
    for sent in file.letters:
        if sent.kind == "overdue_notice":
            continue
        yield letter(file, sent, rules)
        if has(85):
            yield delivery_receipt(file, sent, scanned=as_scan(60))
